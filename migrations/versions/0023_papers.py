"""Documents with a number, the facts they state and the digest of what was printed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STATEFUL = ("document",)
APPEND_ONLY = ()
KINDS = "'invoice', 'credit_note', 'receipt', 'payout_statement', 'income_letter'"
# What a paper says is fixed with its number; only whether and where it was printed comes later.
FROZEN = """
    CREATE FUNCTION guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (OLD.kind, OLD.subject, OLD.number, OLD.facts, OLD.token, OLD.created_at)
           IS DISTINCT FROM (NEW.kind, NEW.subject, NEW.number, NEW.facts, NEW.token, NEW.created_at)
           OR (OLD.state = 'made' AND OLD.sha256 IS DISTINCT FROM NEW.sha256) THEN
            RAISE EXCEPTION 'document % says what it says', OLD.number USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
"""


def upgrade() -> None:
    """The table; what a paper says cannot be changed, and no paper vanishes."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_document_kind")),
        sa.CheckConstraint("organisation_id IS NOT NULL OR account_id IS NOT NULL", name=op.f("ck_document_whose")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_document_days")),
        sa.CheckConstraint(
            "(state = 'made') = (sha256 IS NOT NULL AND path IS NOT NULL AND size IS NOT NULL"
            " AND template_version IS NOT NULL)",
            name=op.f("ck_document_made"),
        ),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("ck_document_sha256")),
        sa.CheckConstraint("state IN ('wished', 'made', 'failed')", name=op.f("ck_document_state")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_document_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_document_account_id_account")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_document_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_document_kind_subject")),
        sa.UniqueConstraint("number", name=op.f("uq_document_number")),
        sa.UniqueConstraint("token", name=op.f("uq_document_token")),
    )
    op.create_index(op.f("ix_document_order_id"), "document", ["order_id"])
    op.create_index("ix_document_organisation_id_id", "document", ["organisation_id", "id"])
    op.create_index("ix_document_account_id_id", "document", ["account_id", "id"])
    op.execute(FROZEN)
    op.execute("CREATE TRIGGER guard_document BEFORE UPDATE ON document FOR EACH ROW EXECUTE FUNCTION guard_document()")
    op.execute("REVOKE DELETE ON document FROM clothingline_app")
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
