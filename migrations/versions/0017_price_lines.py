"""What an order's price consists of is frozen in lines; a brand says since when it is a taxable firm."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """Nothing yet."""
    op.execute("SET LOCAL lock_timeout = '2s'")
