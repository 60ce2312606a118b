"""${message}."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """Expand; nothing that running code still reads is taken away."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    ${upgrades if upgrades else "pass"}
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
