"""A key of idempotency is taken, and its answer looked for, by one statement."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Each statement of a volatile function has a snapshot of its own: the answer is looked for after the lock is held.
TAKE = """
    CREATE FUNCTION take_key(
        host text, wished text,
        OUT held boolean, OUT at timestamptz, OUT fingerprint bytea, OUT status integer, OUT headers jsonb, OUT body bytea
    )
    LANGUAGE plpgsql VOLATILE SET search_path = public
    AS $$
    DECLARE
        whose text := coalesce(nullif(current_setting('clothingline.account', true), ''), host);
    BEGIN
        held := pg_try_advisory_xact_lock(hashtextextended(whose || ' ' || wished, 0));
        at := business_now();
        SELECT kept.fingerprint, kept.status, kept.headers, kept.body INTO fingerprint, status, headers, body
          FROM idempotency_key AS kept WHERE kept.principal = whose AND kept.key = wished;
    END $$
"""


def upgrade() -> None:
    """The function, which acts as whoever calls it."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute(TAKE)
