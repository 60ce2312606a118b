"""What has happened to one order is found without a look at the whole audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """One index: every page of an order tells its history."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_index(
        "ix_event_order_id_seq",
        "event",
        [sa.text("(facts ->> 'order_id')"), "seq"],
        postgresql_where=sa.text("facts ->> 'order_id' IS NOT NULL"),
    )
