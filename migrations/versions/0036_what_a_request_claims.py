"""How often one subject has done a thing, so that nobody does it without end."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "paced",
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("thing", "subject", name=op.f("pk_paced")),
    )
    op.create_index(op.f("ix_paced_over_at"), "paced", ["over_at"])
