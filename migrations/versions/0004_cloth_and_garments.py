"""Cloth, measurements, designs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cloth, measurements, designs."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("sex IN ('female', 'male')", name=op.f("ck_person_sex")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_account_id"), "person", ["account_id"], unique=False)
    op.create_table(
        "lot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cloth_class", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("shade", sa.Text(), nullable=False),
        sa.Column("fibre", sa.Text(), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=False),
        sa.Column("price_idr", sa.BigInteger(), nullable=False),
        sa.Column("min_cut_cm", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("received_cm", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held_cm", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reserved_cm", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used_cm", sa.Integer(), server_default="0", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("held_cm + reserved_cm + used_cm <= received_cm", name=op.f("ck_lot_identity")),
        sa.CheckConstraint("held_cm >= 0 AND reserved_cm >= 0 AND used_cm >= 0", name=op.f("ck_lot_amounts")),
        sa.CheckConstraint(
            "width_cm > 0 AND price_idr > 0 AND min_cut_cm >= 0 AND lead_days >= 0", name=op.f("ck_lot_terms")
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_lot_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
    )
    op.create_index(op.f("ix_lot_supplier_id"), "lot", ["supplier_id"], unique=False)
    op.create_table(
        "measurement_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("measurer", sa.Text(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("doubts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("method IN ('self', 'tailor', 'garment', 'size')", name=op.f("ck_measurement_set_method")),
        sa.CheckConstraint("version > 0", name=op.f("ck_measurement_set_version")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_measurement_set_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement_set")),
        sa.UniqueConstraint("person_id", "version", name=op.f("uq_measurement_set_person_id_version")),
    )
    op.create_table(
        "size_chart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("sizes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("basis IN ('body', 'garment')", name=op.f("ck_size_chart_basis")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_size_chart_brand_id_brand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_size_chart")),
        sa.UniqueConstraint("slug", name=op.f("uq_size_chart_slug")),
    )
    op.create_index(op.f("ix_size_chart_brand_id"), "size_chart", ["brand_id"], unique=False)
    op.create_table(
        "design",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("garment_type", sa.Text(), nullable=False),
        sa.Column("cloth_class", sa.Text(), nullable=False),
        sa.Column("cloth_width_cm", sa.Integer(), nullable=False),
        sa.Column("cloth_cm", sa.Integer(), nullable=False),
        sa.Column("standard_seconds", sa.Integer(), nullable=False),
        sa.Column("colours", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("size_chart_id", sa.Uuid(), nullable=True),
        sa.Column("made_to_measure", sa.Boolean(), nullable=False),
        sa.Column("open_to_brands", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'withdrawn', 'published')", name=op.f("ck_design_state")),
        sa.CheckConstraint(
            "cloth_width_cm > 0 AND cloth_cm > 0 AND standard_seconds > 0", name=op.f("ck_design_amounts")
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_design_brand_id_brand")),
        sa.ForeignKeyConstraint(["size_chart_id"], ["size_chart.id"], name=op.f("fk_design_size_chart_id_size_chart")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design")),
        sa.UniqueConstraint("id", "version", name=op.f("uq_design_id_version")),
        sa.UniqueConstraint("slug", name=op.f("uq_design_slug")),
    )
    op.create_index(op.f("ix_design_brand_id"), "design", ["brand_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("cm", sa.Integer(), nullable=False),
        sa.Column("price_idr", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'requested', 'confirmed', 'refused', 'cut', 'released')",
            name=op.f("ck_reservation_state"),
        ),
        sa.CheckConstraint("cm > 0 AND price_idr >= 0", name=op.f("ck_reservation_amounts")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_reservation_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index(op.f("ix_reservation_claim"), "reservation", ["claim"], unique=False)
    op.create_index(op.f("ix_reservation_lot_id"), "reservation", ["lot_id"], unique=False)
    op.create_table(
        "stock_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cm", sa.Integer(), nullable=False),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('received', 'corrected', 'held', 'released', 'reserved', 'cut')", name=op.f("ck_stock_entry_kind")
        ),
        sa.CheckConstraint("cm <> 0", name=op.f("ck_stock_entry_cm")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_stock_entry_by_account")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_stock_entry_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_stock_entry_reservation_id_reservation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
    )
    op.create_index(op.f("ix_stock_entry_lot_id"), "stock_entry", ["lot_id"], unique=False)
