"""Earnings become available by themselves; holds, advances of the guarantee fund and debts have rows."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """Nothing yet."""
    op.execute("SET LOCAL lock_timeout = '2s'")
