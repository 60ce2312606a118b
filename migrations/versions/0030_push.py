"""Browsers that take messages while they are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "push_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("octet_length(public) = 65 AND octet_length(secret) = 16", name=op.f("ck_push_target_keys")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_push_target_account_id_account")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["device_session.id"], name=op.f("fk_push_target_session_id_device_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_target")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_target_endpoint")),
    )
    op.create_index(op.f("ix_push_target_account_id"), "push_target", ["account_id"])
