"""The ledger keeps balances that may not be overdrawn, a chain of hashes, and corrections by two people."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """Nothing yet."""
    op.execute("SET LOCAL lock_timeout = '2s'")
