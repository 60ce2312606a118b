"""Whom an officer has named in the place of a tailor who was passed over."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()


def upgrade() -> None:
    """One column; nobody was named before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("offer", sa.Column("instead_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_offer_instead_id_tailor"), "offer", "tailor", ["instead_id"], ["id"])
    op.create_check_constraint(op.f("ck_offer_instead"), "offer", "instead_id IS NULL OR kind = 'tailor'")
