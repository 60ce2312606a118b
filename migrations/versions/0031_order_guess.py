"""Tries to find an order by code and number, which are counted for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "order_guess",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_guess")),
    )
    for column in ("code", "phone"):
        op.create_index(op.f(f"ix_order_guess_{column}"), "order_guess", [column])
