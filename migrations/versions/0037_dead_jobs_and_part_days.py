"""What people decide about jobs that have failed at every try, half days of workshops, and photos of defects."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ("job_decision",)


def upgrade() -> None:
    """One table, three columns; every day off that stands is a whole one, and no photo shows a defect."""
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
    op.add_column("photo", sa.Column("inspection_id", sa.Uuid(), nullable=True))
    op.add_column("photo", sa.Column("defect", sa.Text(), nullable=True))
    op.create_foreign_key(op.f("fk_photo_inspection_id_inspection"), "photo", "inspection", ["inspection_id"], ["id"])
    op.create_check_constraint(op.f("ck_photo_defect"), "photo", "(inspection_id IS NULL) = (defect IS NULL)")
    op.create_index(op.f("ix_photo_inspection_id"), "photo", ["inspection_id"])
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
