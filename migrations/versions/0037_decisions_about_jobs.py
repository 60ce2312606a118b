"""What people decide about jobs that have failed at every try."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0033"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ("job_decision",)


def upgrade() -> None:
    """One table."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "job_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("act IN ('retry', 'drop')", name=op.f("ck_job_decision_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_decision")),
    )
    op.create_index("ix_job_decision_job_id", "job_decision", ["job_id"])
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
