"""Drafts of orders: answers that are kept before anybody knows whose they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """One table."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("design_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("measures", sa.LargeBinary(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("jsonb_typeof(answers) = 'object'", name=op.f("ck_draft_answers")),
        sa.CheckConstraint("order_id IS NULL OR account_id IS NOT NULL", name=op.f("ck_draft_owner")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id_account")),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_draft_design_id_design")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_draft_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_draft_token_hash")),
    )
    for column in ("account_id", "order_id", "touched_at"):
        op.create_index(op.f(f"ix_draft_{column}"), "draft", [column])
