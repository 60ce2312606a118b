"""Tax numbers, declarations of exemption and the numbers of papers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATEFUL = ("tax_declaration",)
APPEND_ONLY = ()

# A range of ids needs no extension, as plain ids in such a constraint would.
NO_DAY_TWICE = """
    ALTER TABLE tax_declaration ADD CONSTRAINT ex_tax_declaration_confirmed EXCLUDE USING gist (
        uuid_range(organisation_id, organisation_id, '[]') WITH &&, daterange(valid_from, valid_until, '[]') WITH &&
    ) WHERE (state = 'confirmed')
"""


def upgrade() -> None:
    """Three tables; the database itself refuses two confirmed declarations for one day."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "paper_number",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_paper_number_last")),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_paper_number")),
    )
    op.create_table(
        "tax_profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("taxpayer", sa.LargeBinary(), nullable=False),
        sa.Column("taxpayer_last4", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'firm')", name=op.f("ck_tax_profile_kind")),
        sa.CheckConstraint(r"taxpayer_last4 ~ '^\d{4}$'", name=op.f("ck_tax_profile_taxpayer_last4")),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_tax_profile_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_profile")),
    )
    op.create_table(
        "tax_declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("kind IN ('under_500m', 'skb', 'courier')", name=op.f("ck_tax_declaration_kind")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_tax_declaration_days")),
        sa.CheckConstraint("confirmed_by <> given_by", name=op.f("ck_tax_declaration_two_people")),
        sa.CheckConstraint(
            "(state IN ('confirmed', 'ended')) = (confirmed_by IS NOT NULL)", name=op.f("ck_tax_declaration_confirmed")
        ),
        sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f("ck_tax_declaration_refused")),
        sa.CheckConstraint(
            "state IN ('given', 'confirmed', 'refused', 'ended')", name=op.f("ck_tax_declaration_state")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["tax_profile.id"], name=op.f("fk_tax_declaration_organisation_id_tax_profile")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_tax_declaration_given_by_account")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_tax_declaration_confirmed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_declaration")),
    )
    op.create_index("ix_tax_declaration_organisation_id_id", "tax_declaration", ["organisation_id", "id"])
    op.execute("CREATE TYPE uuid_range AS RANGE (subtype = uuid)")
    op.execute(NO_DAY_TWICE)
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
