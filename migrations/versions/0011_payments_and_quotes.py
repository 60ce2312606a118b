"""A payment knows the checkout that it was asked for, and when its provider was last asked about it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns, and the quotes of the payments that wait."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("payment", sa.Column("quote_id", sa.Uuid(), nullable=True))
    op.add_column("payment", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(op.f("fk_payment_quote_id_quote"), "payment", "quote", ["quote_id"], ["id"])
    op.create_index(op.f("ix_payment_state_state_at"), "payment", ["state", "state_at"])
    op.execute(
        "UPDATE payment SET quote_id = quote.id FROM quote WHERE quote.order_id = payment.order_id "
        "AND quote.state = 'accepted' AND payment.state IN ('wished', 'open') AND payment.instalment <> 'balance'"
    )
