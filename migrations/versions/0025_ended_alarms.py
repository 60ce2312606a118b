"""A person may end an alarm, and says why."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()
WHO_SAYS_WHY = "cleared_by IS NULL OR cleared_at IS NOT NULL AND reason IS NOT NULL"


def upgrade() -> None:
    """One column; nobody has ended an alarm before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("alarm", sa.Column("reason", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("ck_alarm_cleared"), "alarm", WHO_SAYS_WHY)
