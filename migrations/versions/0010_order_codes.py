"""The code of an order grows past 9,999 instead of losing its last digit, which would have refused every order."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CODE = """
    CREATE FUNCTION next_order_code() RETURNS text
    LANGUAGE sql VOLATILE SET search_path = public
    AS $$
        SELECT 'CL-' || to_char(business_now() AT TIME ZONE 'Asia/Jakarta', 'YYMM')
            || '-' || lpad(number::text, greatest(4, length(number::text)), '0')
          FROM nextval('order_code') AS number
    $$
"""


def upgrade() -> None:
    """A function, because a default may not ask."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute(CODE)
    op.execute("ALTER TABLE orders ALTER COLUMN code SET DEFAULT next_order_code()")
