"""Reviews of orders, what makers say of consumers, and the answers of brands."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

STATEFUL = ("review",)
APPEND_ONLY = ()


def upgrade() -> None:
    """Five tables; nobody has reviewed before."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    _add_reviews()
    _add_what_stands_beside()
    _add_remarks()
    op.execute("SELECT guard_states('review')")


def _add_reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=False),
        sa.Column("design_id", sa.Uuid(), nullable=False),
        sa.Column("neatness", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        _created_at(),
        sa.CheckConstraint("neatness BETWEEN 1 AND 5", name=op.f("ck_review_neatness")),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 1000", name=op.f("ck_review_words")),
        sa.CheckConstraint("state <> 'hidden' OR reason IS NOT NULL", name=op.f("ck_review_reason")),
        sa.CheckConstraint("forgotten_at IS NULL OR words IS NULL", name=op.f("ck_review_forgotten")),
        sa.CheckConstraint("state IN ('standing', 'hidden')", name=op.f("ck_review_state")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_review_order_id_orders")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_review_brand_id_brand")),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_review_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("order_id", name=op.f("uq_review_order_id")),
    )
    op.create_index(
        "ix_review_design_id_id", "review", ["design_id", "id"], postgresql_where=sa.text("state = 'standing'")
    )
    op.create_index("ix_review_brand_id_id", "review", ["brand_id", "id"])


def _add_what_stands_beside() -> None:
    op.create_table(
        "review_fit",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "zone IN ('chest', 'waist', 'shoulder', 'sleeve', 'length')", name=op.f("ck_review_fit_zone")
        ),
        sa.CheckConstraint("said IN ('tight', 'right', 'loose')", name=op.f("ck_review_fit_said")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_fit_review_id_review")),
        sa.PrimaryKeyConstraint("review_id", "zone", name=op.f("pk_review_fit")),
    )
    op.create_table(
        "review_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _created_at(),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_photo_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_photo")),
        sa.UniqueConstraint("path", name=op.f("uq_review_photo_path")),
    )
    op.create_index(op.f("ix_review_photo_review_id"), "review_photo", ["review_id"])
    op.create_table(
        "review_answer",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _created_at(),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 1000", name=op.f("ck_review_answer_words")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_answer_review_id_review")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_review_answer_by_account")),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_review_answer")),
    )


def _add_remarks() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        _created_at(),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_remark_rating")),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 1000", name=op.f("ck_remark_words")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_remark_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_remark_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_remark_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("order_id", "organisation_id", name=op.f("uq_remark_order_id_organisation_id")),
    )


def _created_at() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False)
