"""When the provider was last asked about a payee of whom it had told us nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """One column; nobody was asked about before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("payee", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
