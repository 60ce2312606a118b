"""Applications of tailors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STATEFUL = ("tailor_application",)
APPEND_ONLY = ()


def upgrade() -> None:
    """One table; nobody has applied before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "tailor_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=True),
        _words("garments"),
        _words("machines"),
        sa.Column("weekly_pieces", sa.Integer(), nullable=True),
        sa.Column("weekdays", postgresql.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        _words("skipped"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("weekly_pieces BETWEEN 1 AND 500", name=op.f("ck_tailor_application_weekly_pieces")),
        sa.CheckConstraint("weekdays <@ ARRAY[1,2,3,4,5,6,7]::bigint[]", name=op.f("ck_tailor_application_weekdays")),
        sa.CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name=op.f("ck_tailor_application_reason")),
        sa.CheckConstraint(
            "state IN ('draft', 'refused', 'applied', 'admitted')", name=op.f("ck_tailor_application_state")
        ),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_tailor_application_id_organisation")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_tailor_application_account_id_account")),
        sa.ForeignKeyConstraint(
            ["regency_code"], ["regency.code"], name=op.f("fk_tailor_application_regency_code_regency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tailor_application")),
        sa.UniqueConstraint("account_id", name=op.f("uq_tailor_application_account_id")),
    )
    op.create_index("ix_tailor_application_state_state_at", "tailor_application", ["state", "state_at"])
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")


def _words(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
