"""The offers to makers of the last weeks are found without reading the older ones."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of the offers to makers by age."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_index("ix_offer_created_at_tailor", "offer", ["created_at"], postgresql_where=sa.text("kind = 'tailor'"))
