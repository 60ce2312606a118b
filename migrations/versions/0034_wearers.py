"""Rosters, by whose link everybody who will wear a piece says their size; measures that wait to be confirmed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

STATEFUL = ("roster",)
APPEND_ONLY = ("measure_confirmation",)


def upgrade() -> None:
    """Three tables and a column; nobody has said a size by a link, or that a measure is not sure, before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    _add_rosters()
    _add_wearers()
    _add_confirmations()
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")


def _add_rosters() -> None:
    op.create_table(
        "roster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("design_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("places BETWEEN 2 AND 500", name=op.f("ck_roster_places")),
        sa.CheckConstraint("state <> 'erased' OR title IS NULL", name=op.f("ck_roster_erased")),
        sa.CheckConstraint("state IN ('open', 'closed', 'erased')", name=op.f("ck_roster_state")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_roster_draft_id_draft"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_roster_order_id_orders")),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_roster_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_roster_draft_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_roster_token_hash")),
    )
    op.create_index(op.f("ix_roster_order_id"), "roster", ["order_id"])


def _add_wearers() -> None:
    op.create_table(
        "wearer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("figure", sa.Text(), nullable=True),
        sa.Column("consent_version", sa.Text(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measures", sa.LargeBinary(), nullable=True),
        sa.Column("measured", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("ready", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("place > 0", name=op.f("ck_wearer_place")),
        sa.CheckConstraint("way IN ('size', 'body', 'unsure')", name=op.f("ck_wearer_way")),
        sa.CheckConstraint("figure IN ('woman', 'man', 'girl', 'boy')", name=op.f("ck_wearer_figure")),
        sa.CheckConstraint("(way IS NOT DISTINCT FROM 'size') = (size IS NOT NULL)", name=op.f("ck_wearer_size")),
        sa.CheckConstraint(
            "measures IS NULL OR (consented_at IS NOT NULL AND key IS NOT NULL)", name=op.f("ck_wearer_consent")
        ),
        sa.CheckConstraint("(consented_at IS NULL) = (consent_version IS NULL)", name=op.f("ck_wearer_proof")),
        sa.CheckConstraint("key IS NOT NULL OR (name = '' AND figure IS NULL)", name=op.f("ck_wearer_erased")),
        sa.CheckConstraint("removed_at IS NULL OR key IS NULL", name=op.f("ck_wearer_removed")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_wearer_roster_id_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wearer")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_wearer_token_hash")),
    )
    op.create_index(op.f("ix_wearer_claim"), "wearer", ["claim"])
    op.create_index("ix_wearer_roster_id_id", "wearer", ["roster_id", "id"])
    op.create_index(
        "uq_wearer_roster_id_place",
        "wearer",
        ["roster_id", "place"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def _add_confirmations() -> None:
    op.add_column(
        "measurement_set",
        sa.Column("unsure", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_table(
        "measure_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("measurement", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["measurement_set.id"], name=op.f("fk_measure_confirmation_set_id_measurement_set")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_measure_confirmation_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_confirmation")),
        sa.UniqueConstraint("set_id", "measurement", name=op.f("uq_measure_confirmation_set_id_measurement")),
    )
