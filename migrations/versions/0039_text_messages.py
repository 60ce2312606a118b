"""What people are told of by text message."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

STATEFUL = ()
APPEND_ONLY = ()

KINDS = "'offer', 'closing', 'payment', 'action_required', 'confirmed', 'shipped', 'delivered', 'payout'"


def _moment(name: str, *, nullable: bool = True) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """One table."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "text_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        _moment("since", nullable=False),
        _moment("due_at", nullable=False),
        _moment("queued_at"),
        _moment("sent_at"),
        _moment("dropped_at"),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_text_message_kind")),
        sa.CheckConstraint(
            "num_nonnulls(sent_at, dropped_at) = 0 OR queued_at IS NOT NULL", name=op.f("ck_text_message_queued")
        ),
        sa.CheckConstraint("num_nonnulls(sent_at, dropped_at) < 2", name=op.f("ck_text_message_ended")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_text_message_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_message")),
        sa.UniqueConstraint(
            "account_id", "kind", "about", "since", name=op.f("uq_text_message_account_id_kind_about_since")
        ),
    )
    op.create_index("ix_text_message_about", "text_message", ["about"])
    op.create_index(
        "ix_text_message_due_at_unqueued", "text_message", ["due_at"], postgresql_where=sa.text("queued_at IS NULL")
    )
