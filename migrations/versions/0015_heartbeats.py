"""New tables come under the guards by one word: `guard_states('t')`, `keep_for_ever('t')`."""

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """The two functions."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute((Path(__file__).parent.parent / "sql" / "guarding.sql").read_text())
