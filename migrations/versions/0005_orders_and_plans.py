"""Orders, quotes, plans, offers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Orders, quotes, plans, offers."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "code",
            sa.Text(),
            server_default=sa.text(
                "'CL-' || to_char(business_now() AT TIME ZONE 'Asia/Jakarta', 'YYMM') || '-' || lpad(nextval('order_code')::text, 4, '0')"
            ),
            nullable=False,
        ),
        sa.Column("consumer_id", sa.Uuid(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=False),
        sa.Column("ceiling_idr", sa.BigInteger(), nullable=True),
        sa.Column("price_idr", sa.BigInteger(), nullable=True),
        sa.Column("deposit_idr", sa.BigInteger(), nullable=True),
        sa.Column("paid_idr", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("promise_on", sa.Date(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=False),
        sa.Column("reason", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("timer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'quoted', 'pending_payment', 'placed', 'confirmed', 'action_required', 'in_production', 'ready', 'shipped', 'delivered', 'accepted', 'cancelled')",
            name=op.f("ck_orders_state"),
        ),
        sa.CheckConstraint("ceiling_idr > 0", name=op.f("ck_orders_ceiling")),
        sa.CheckConstraint("paid_idr >= 0 AND (paid_idr = 0 OR paid_idr <= price_idr)", name=op.f("ck_orders_paid")),
        sa.CheckConstraint(
            "price_idr > 0 AND deposit_idr > 0 AND deposit_idr <= price_idr", name=op.f("ck_orders_price")
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_orders_brand_id_brand")),
        sa.ForeignKeyConstraint(["consumer_id"], ["account.id"], name=op.f("fk_orders_consumer_id_account")),
        sa.ForeignKeyConstraint(["regency_code"], ["regency.code"], name=op.f("fk_orders_regency_code_regency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("code", name=op.f("uq_orders_code")),
    )
    op.create_index(op.f("ix_orders_brand_id"), "orders", ["brand_id"], unique=False)
    op.create_index("ix_orders_consumer_id_id", "orders", ["consumer_id", "id"], unique=False)
    op.create_index(
        "ix_orders_timer", "orders", ["timer_at"], unique=False, postgresql_where=sa.text("timer_at IS NOT NULL")
    )
    op.create_table(
        "forbidden",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_forbidden_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forbidden")),
        sa.UniqueConstraint("order_id", "kind", "subject_id", name=op.f("uq_forbidden_order_id_kind_subject_id")),
    )
    op.create_table(
        "order_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_order_change_by_account")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_change_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_change")),
        sa.UniqueConstraint("order_id", "version", name=op.f("uq_order_change_order_id_version")),
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'won', 'expired', 'replaced', 'withdrawn')", name=op.f("ck_quote_state")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_quote_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("order_id", "version", name=op.f("uq_quote_order_id_version")),
    )
    op.create_index(op.f("ix_quote_expires_at"), "quote", ["expires_at"], unique=False)
    op.create_index(
        "uq_quote_order_id_live",
        "quote",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('offered', 'accepted')"),
    )
    op.create_table(
        "solution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("params_version", sa.Text(), nullable=False),
        sa.Column("problem", sa.LargeBinary(), nullable=False),
        sa.Column("legend", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("certificate", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_solution_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution")),
    )
    op.create_index(op.f("ix_solution_order_id"), "solution", ["order_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("design_id", sa.Uuid(), nullable=False),
        sa.Column("design_version", sa.Integer(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("measurement_set_id", sa.Uuid(), nullable=True),
        sa.Column("sizes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("standard_seconds", sa.Integer(), nullable=False),
        sa.Column("cloth_cm", sa.Integer(), nullable=False),
        sa.Column("extras_idr", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("measurement_set_id IS NULL OR pieces = 1", name=op.f("ck_order_line_one_body")),
        sa.CheckConstraint(
            "pieces > 0 AND standard_seconds > 0 AND cloth_cm > 0 AND extras_idr >= 0",
            name=op.f("ck_order_line_amounts"),
        ),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_order_line_design_id_design")),
        sa.ForeignKeyConstraint(
            ["measurement_set_id"],
            ["measurement_set.id"],
            name=op.f("fk_order_line_measurement_set_id_measurement_set"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_line_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", name=op.f("uq_order_line_order_id")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("cloth_cm", sa.Integer(), nullable=False),
        sa.Column("price_idr", sa.BigInteger(), nullable=False),
        sa.Column("cost_idr", sa.BigInteger(), nullable=False),
        sa.Column("bound_idr", sa.BigInteger(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("usual_on", sa.Date(), nullable=False),
        sa.Column("promise_on", sa.Date(), nullable=False),
        sa.Column("timeline", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cut_week", sa.Date(), nullable=False),
        sa.Column("solution_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("explanation", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'held', 'adopted', 'replaced', 'released')", name=op.f("ck_plan_state")
        ),
        sa.CheckConstraint("price_idr > 0 AND cloth_cm > 0 AND promise_on >= usual_on", name=op.f("ck_plan_amounts")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_plan_brand_id_brand")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_plan_lot_id_lot")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_plan_order_id_orders")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_plan_quote_id_quote")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_plan_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_order_id"), "plan", ["order_id"], unique=False)
    op.create_index(op.f("ix_plan_quote_id"), "plan", ["quote_id"], unique=False)
    op.create_index(
        "uq_plan_order_id_adopted", "plan", ["order_id"], unique=True, postgresql_where=sa.text("state = 'adopted'")
    )
    op.create_table(
        "plan_share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("tailor_id", sa.Uuid(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("sizes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pay_idr", sa.BigInteger(), nullable=False),
        sa.Column("weeks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("pieces > 0 AND pay_idr > 0", name=op.f("ck_plan_share_amounts")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_share_plan_id_plan")),
        sa.ForeignKeyConstraint(["tailor_id"], ["tailor.id"], name=op.f("fk_plan_share_tailor_id_tailor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_share")),
        sa.UniqueConstraint("plan_id", "tailor_id", name=op.f("uq_plan_share_plan_id_tailor_id")),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=True),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("sizes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pay_idr", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extensions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("(kind = 'supplier') = (reservation_id IS NOT NULL)", name=op.f("ck_offer_reservation")),
        sa.CheckConstraint("(kind = 'tailor') = (share_id IS NOT NULL)", name=op.f("ck_offer_share")),
        sa.CheckConstraint("accepted_at <= expires_at + interval '2 hours'", name=op.f("ck_offer_in_time")),
        sa.CheckConstraint("kind IN ('brand', 'supplier', 'tailor')", name=op.f("ck_offer_kind")),
        sa.CheckConstraint(
            "state IN ('sent', 'seen', 'accepted', 'declined', 'withdrawn', 'expired')", name=op.f("ck_offer_state")
        ),
        sa.CheckConstraint("pieces > 0 AND pay_idr >= 0 AND extensions >= 0", name=op.f("ck_offer_amounts")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_offer_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_offer_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_offer_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_offer_reservation_id_reservation")
        ),
        sa.ForeignKeyConstraint(["share_id"], ["plan_share.id"], name=op.f("fk_offer_share_id_plan_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(
        "ix_offer_expires_at_live",
        "offer",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('sent', 'seen')"),
    )
    op.create_index(op.f("ix_offer_order_id"), "offer", ["order_id"], unique=False)
    op.create_index("ix_offer_organisation_id_id", "offer", ["organisation_id", "id"], unique=False)
    op.create_index(op.f("ix_offer_plan_id"), "offer", ["plan_id"], unique=False)
    op.create_index(
        "uq_offer_claim_kind_live",
        "offer",
        ["claim", "kind"],
        unique=True,
        postgresql_where=sa.text("state IN ('sent', 'seen', 'accepted')"),
    )
