"""An offer to a maker says which skills and how much time it asks for, and the newest are found without the older."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Older ones count for nothing any more.
FILL = """
    UPDATE offer SET skills = line.skills, sewing_seconds = (
        SELECT sum(week.seconds::integer) FROM jsonb_each_text(share.weeks) AS week (monday, seconds)
    )
    FROM plan_share AS share, order_line AS line
    WHERE share.id = offer.share_id AND line.order_id = offer.order_id
      AND offer.created_at > business_now() - interval '8 weeks'
"""


def upgrade() -> None:
    """The columns, filled for the weeks that count, and an index of the offers to makers by age."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("offer", sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column("offer", sa.Column("sewing_seconds", sa.Integer(), nullable=True))
    op.execute(FILL)
    by_age = {"postgresql_where": sa.text("kind = 'tailor'")}
    op.create_index("ix_offer_created_at_tailor", "offer", ["created_at"], **by_age)
