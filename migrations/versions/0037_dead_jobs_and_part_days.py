"""What people decide about jobs that have failed at every try, and days on which a workshop sews less."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0033"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ("job_decision",)


def upgrade() -> None:
    """One table, one column; every day off that stands is a whole one."""
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
    part = sa.Column("left_permille", sa.Integer(), server_default=sa.text("0"), nullable=False)
    op.add_column("tailor_day_off", part)
    op.create_check_constraint(op.f("ck_tailor_day_off_left"), "tailor_day_off", "left_permille BETWEEN 0 AND 900")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
