"""What an order's price consists of is frozen in lines; a brand says since when it is a taxable firm."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ("price_line",)
CODES = "'transport', 'cloth', 'labour', 'machine', 'brand_margin', 'platform_fee', 'ppn_fee', 'ppn'"


def upgrade() -> None:
    """The lines, their guard, and one column of brands."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("brand", sa.Column("pkp_since", sa.Date(), nullable=True))
    op.create_table(
        "price_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=True),
        sa.Column("source_type", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("amount_idr", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"code IN ({CODES})", name=op.f("ck_price_line_code")),
        sa.CheckConstraint("source_type IN ('share', 'lot', 'machine')", name=op.f("ck_price_line_source")),
        sa.CheckConstraint(
            "reason IN ('frozen', 'replacement', 'change', 'reduction')", name=op.f("ck_price_line_reason")
        ),
        sa.CheckConstraint("amount_idr <> 0", name=op.f("ck_price_line_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_price_line_order_id_orders")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_price_line_quote_id_quote")),
        sa.ForeignKeyConstraint(["payee_id"], ["organisation.id"], name=op.f("fk_price_line_payee_id_organisation")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_price_line_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_line")),
    )
    op.create_index("ix_price_line_order_id_quote_id", "price_line", ["order_id", "quote_id"])
    op.create_index(op.f("ix_price_line_quote_id"), "price_line", ["quote_id"])
    op.execute((Path(__file__).parent.parent / "sql" / "price_lines.sql").read_text())
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
