"""Applications of tailors, and certificates in photos."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STATEFUL = ("tailor_application", "shown_certificate")
APPEND_ONLY = ()


def upgrade() -> None:
    """Three tables; nobody has applied before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    _add_applications()
    _add_shown_certificates()
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")


def _add_applications() -> None:
    op.create_table(
        "tailor_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=True),
        _words("garments"),
        _words("machines"),
        sa.Column("weekly_pieces", sa.Integer(), nullable=True),
        sa.Column("weekdays", postgresql.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        _words("skipped"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("weekly_pieces BETWEEN 1 AND 500", name=op.f("ck_tailor_application_weekly_pieces")),
        sa.CheckConstraint("weekdays <@ ARRAY[1,2,3,4,5,6,7]::bigint[]", name=op.f("ck_tailor_application_weekdays")),
        sa.CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name=op.f("ck_tailor_application_reason")),
        sa.CheckConstraint(
            "state IN ('draft', 'refused', 'applied', 'admitted')", name=op.f("ck_tailor_application_state")
        ),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_tailor_application_id_organisation")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_tailor_application_account_id_account")),
        sa.ForeignKeyConstraint(
            ["regency_code"], ["regency.code"], name=op.f("fk_tailor_application_regency_code_regency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tailor_application")),
        sa.UniqueConstraint("account_id", name=op.f("uq_tailor_application_account_id")),
    )
    op.create_index("ix_tailor_application_state_state_at", "tailor_application", ["state", "state_at"])


def _add_shown_certificates() -> None:
    op.create_table(
        "shown_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tailor_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("(state = 'read') = (certificate_id IS NOT NULL)", name=op.f("ck_shown_certificate_read")),
        sa.CheckConstraint(
            "state NOT IN ('needs_photo', 'refused') OR reason IS NOT NULL", name=op.f("ck_shown_certificate_reason")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'read', 'needs_photo', 'refused')", name=op.f("ck_shown_certificate_state")
        ),
        sa.ForeignKeyConstraint(
            ["tailor_id"], ["organisation.id"], name=op.f("fk_shown_certificate_tailor_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_shown_certificate_certificate_id_certificate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_certificate")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_shown_certificate_certificate_id")),
    )
    op.create_index(op.f("ix_shown_certificate_tailor_id"), "shown_certificate", ["tailor_id"])
    op.create_index("ix_shown_certificate_state_state_at", "shown_certificate", ["state", "state_at"])
    op.create_table(
        "certificate_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shown_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("side IN ('front', 'units')", name=op.f("ck_certificate_photo_side")),
        sa.ForeignKeyConstraint(
            ["shown_id"], ["shown_certificate.id"], name=op.f("fk_certificate_photo_shown_id_shown_certificate")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_certificate_photo_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_photo")),
        sa.UniqueConstraint("path", name=op.f("uq_certificate_photo_path")),
    )
    op.create_index(op.f("ix_certificate_photo_shown_id"), "certificate_photo", ["shown_id"])


def _words(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
