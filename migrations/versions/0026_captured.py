"""When a phone without signal took down what it sent later."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column of the audit trail."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("event", sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True))
