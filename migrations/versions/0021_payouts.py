"""Payees, and payouts of what is available to them."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """Nothing yet."""
    op.execute("SET LOCAL lock_timeout = '2s'")
