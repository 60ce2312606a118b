"""The provider's movements beside our rows, and every difference between them."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """Nothing yet."""
    op.execute("SET LOCAL lock_timeout = '2s'")
