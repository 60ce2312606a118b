"""Earnings become available by themselves; holds, advances of the guarantee fund and debts have rows."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()
STATES = "'expected', 'earned', 'available', 'in_batch', 'paid', 'voided'"
SOURCES = "'job', 'reservation', 'order', 'machine', 'held'"
NOW = sa.text("business_now()")
GUARD_HOLDS = """
    CREATE FUNCTION guard_earning_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN
        PERFORM FROM earning WHERE id = NEW.earning_id AND state = 'earned' AND source_type <> 'job' FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'earning % may not be held', NEW.earning_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'guard_earning_hold';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    """Columns for what is taken from an earning, and three tables."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    _earning()
    _holds()
    _advances_and_debts()
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")


def _earning() -> None:
    for name in ("withheld_idr", "recovered_idr", "turnover_idr"):
        op.add_column("earning", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    for name in ("step", "batch"):
        op.add_column("earning", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("earning", sa.Column("origin_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_earning_origin_id_earning"), "earning", "earning", ["origin_id"], ["id"])
    for name in ("available_at", "released_at"):
        op.add_column("earning", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE earning SET released_at = state_at WHERE state = 'available'")
    for name in ("ck_earning_state", "ck_earning_source"):
        op.drop_constraint(op.f(name), "earning")
    op.create_check_constraint(op.f("ck_earning_state"), "earning", f"state IN ({STATES})")
    op.create_check_constraint(op.f("ck_earning_source"), "earning", f"source_type IN ({SOURCES})")
    origin = "(source_type = 'held') = (origin_id IS NOT NULL)"
    op.create_check_constraint(op.f("ck_earning_origin"), "earning", origin)
    net = "withheld_idr >= 0 AND recovered_idr >= 0 AND withheld_idr + recovered_idr <= amount_idr"
    op.create_check_constraint(op.f("ck_earning_net"), "earning", net)
    earned, available = sa.text("state = 'earned'"), sa.text("state = 'available'")
    op.create_index("ix_earning_state_available_at", "earning", ["state", "available_at"], postgresql_where=earned)
    op.create_index("ix_earning_organisation_id_available", "earning", ["organisation_id"], postgresql_where=available)


def _holds() -> None:
    op.create_table(
        "earning_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("earning_id", sa.Uuid(), nullable=False),
        sa.Column("amount_idr", sa.BigInteger(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint("amount_idr > 0", name=op.f("ck_earning_hold_amount")),
        sa.CheckConstraint("until <= created_at + interval '60 days'", name=op.f("ck_earning_hold_sixty_days")),
        sa.ForeignKeyConstraint(["earning_id"], ["earning.id"], name=op.f("fk_earning_hold_earning_id_earning")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earning_hold")),
    )
    live = sa.text("released_at IS NULL")
    op.create_index(op.f("ix_earning_hold_dispute_id"), "earning_hold", ["dispute_id"])
    op.create_index(
        "uq_earning_hold_earning_id_live", "earning_hold", ["earning_id"], unique=True, postgresql_where=live
    )
    op.create_index("ix_earning_hold_until_live", "earning_hold", ["until"], postgresql_where=live)
    op.execute(GUARD_HOLDS)
    op.execute(
        "CREATE TRIGGER guard_earning_hold BEFORE INSERT ON earning_hold "
        "FOR EACH ROW EXECUTE FUNCTION guard_earning_hold()"
    )


def _advances_and_debts() -> None:
    op.create_table(
        "advance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("earning_id", sa.Uuid(), nullable=False),
        sa.Column("amount_idr", sa.BigInteger(), nullable=False),
        sa.Column("repaid_idr", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint("amount_idr > 0 AND repaid_idr BETWEEN 0 AND amount_idr", name=op.f("ck_advance_amounts")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_advance_order_id_orders")),
        sa.ForeignKeyConstraint(["earning_id"], ["earning.id"], name=op.f("fk_advance_earning_id_earning")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advance")),
        sa.UniqueConstraint("earning_id", name=op.f("uq_advance_earning_id")),
    )
    op.create_index(op.f("ix_advance_order_id"), "advance", ["order_id"])
    op.create_table(
        "debt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("cause_type", sa.Text(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("amount_idr", sa.BigInteger(), nullable=False),
        sa.Column("recovered_idr", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("forgiven_idr", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verdict_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint(
            "amount_idr > 0 AND recovered_idr >= 0 AND forgiven_idr >= 0 "
            "AND recovered_idr + forgiven_idr <= amount_idr",
            name=op.f("ck_debt_amounts"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_debt_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_debt_order_id_orders")),
        sa.ForeignKeyConstraint(["verdict_by"], ["account.id"], name=op.f("fk_debt_verdict_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debt")),
        sa.UniqueConstraint(
            "cause_type", "cause_id", "organisation_id", name=op.f("uq_debt_cause_type_cause_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_debt_organisation_id"), "debt", ["organisation_id"])
