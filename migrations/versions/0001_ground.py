"""Ground: the queue, business time, the guard of state machines, and the role of the running service."""

from pathlib import Path

import procrastinate
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLE = "clothingline_app"


def upgrade() -> None:
    """Everything that tables and triggers of the trade stand on."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    _queue()
    op.execute((Path(__file__).parent.parent / "sql" / "ground.sql").read_text())
    op.execute(f"GRANT SELECT ON clock_offset TO {ROLE}")
    op.execute(f"GRANT USAGE ON SCHEMA public, jobs TO {ROLE}")
    op.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA jobs TO {ROLE}")
    op.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA jobs TO {ROLE}")
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE}")
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {ROLE}")
    op.execute("CREATE SEQUENCE order_code")


def _queue() -> None:
    """The queue's own schema, several statements at once, at the driver's level."""
    schema = (Path(procrastinate.__file__).parent / "sql" / "schema.sql").read_text()
    op.execute("CREATE SCHEMA jobs")
    op.execute(
        f"DO $$ BEGIN CREATE ROLE {ROLE} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
    cursor = op.get_bind().connection.cursor()
    cursor.execute("SET LOCAL search_path = jobs")
    cursor.execute(schema)
    cursor.execute("SET LOCAL search_path = public")
