"""Rows of the market say in which transaction they were last written, so that a kept index finds what has changed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FOLLOWED = ("brand", "brand_week", "certificate", "lot", "offer", "supplier", "tailor", "tailor_week")
STAMP = """
    CREATE FUNCTION stamp_writer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.changed_in := pg_current_xact_id()::text::bigint;
        RETURN NEW;
    END $$;
"""
# A row that is gone says nothing of its going.
GUARD = """
    CREATE FUNCTION guard_followed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of % are followed and never deleted; withdraw them instead', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END $$;
"""


def upgrade() -> None:
    """Columns that are empty for all that was written before, their indexes, and who fills them."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute(STAMP)
    op.execute(GUARD)
    for table in FOLLOWED:
        op.add_column(table, sa.Column("changed_in", sa.BigInteger(), nullable=True))
        op.create_index(f"ix_{table}_changed_in", table, ["changed_in"])
        op.execute(
            f"CREATE TRIGGER stamp_writer BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION stamp_writer()"
        )
        op.execute(
            f"CREATE TRIGGER guard_followed BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION guard_followed()"
        )
