"""Certificates, sentra, tailors, suppliers, brands."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Certificates, sentra, tailors, suppliers, brands."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "brand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=False),
        sa.Column("lat_micro", sa.Integer(), nullable=False),
        sa.Column("lon_micro", sa.Integer(), nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("fee_idr", sa.BigInteger(), nullable=False),
        sa.Column("cut_days", sa.Integer(), nullable=False),
        sa.Column("finish_days", sa.Integer(), nullable=False),
        sa.Column("weekly_pieces", sa.Integer(), nullable=False),
        sa.Column("standing_acceptance", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("nib", sa.Text(), nullable=True),
        sa.Column("kbli_code", sa.Text(), nullable=True),
        sa.Column("kbli_edition", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("nib ~ '^\\d{13}$'", name=op.f("ck_brand_nib")),
        sa.CheckConstraint(
            "fee_idr >= 0 AND cut_days >= 0 AND finish_days >= 0 AND weekly_pieces >= 0", name=op.f("ck_brand_amounts")
        ),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_brand_id_organisation")),
        sa.ForeignKeyConstraint(["regency_code"], ["regency.code"], name=op.f("fk_brand_regency_code_regency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
        sa.UniqueConstraint("slug", name=op.f("uq_brand_slug")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tailor_id", sa.Uuid(), nullable=False),
        sa.Column("scheme_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("lsp", sa.Text(), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("number ~ '^\\d{5} \\d{4}( \\d)? \\d{7} \\d{4}$'", name=op.f("ck_certificate_number_form")),
        sa.CheckConstraint(
            "state IN ('uploaded', 'needs_photo', 'active', 'refused', 'revoked', 'superseded')",
            name=op.f("ck_certificate_state"),
        ),
        sa.CheckConstraint("valid_until > issued_on", name=op.f("ck_certificate_validity")),
        sa.ForeignKeyConstraint(["tailor_id"], ["organisation.id"], name=op.f("fk_certificate_tailor_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_tailor_id"), "certificate", ["tailor_id"], unique=False)
    op.create_index(
        "uq_certificate_number_live",
        "certificate",
        ["number"],
        unique=True,
        postgresql_where=sa.text("state <> 'refused'"),
    )
    op.create_index(
        "uq_certificate_tailor_id_scheme_id_active",
        "certificate",
        ["tailor_id", "scheme_id"],
        unique=True,
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "sentra",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=False),
        sa.Column("products", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("facilities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("ikm_count", sa.Integer(), nullable=True),
        sa.Column("artisan_count", sa.Integer(), nullable=True),
        sa.Column("machine_count_min", sa.Integer(), nullable=True),
        sa.Column("in_ftz", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_sentra_id_organisation")),
        sa.ForeignKeyConstraint(["regency_code"], ["regency.code"], name=op.f("fk_sentra_regency_code_regency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentra")),
        sa.UniqueConstraint("slug", name=op.f("uq_sentra_slug")),
    )
    op.create_table(
        "supplier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=False),
        sa.Column("lat_micro", sa.Integer(), nullable=False),
        sa.Column("lon_micro", sa.Integer(), nullable=False),
        sa.Column("nib", sa.Text(), nullable=True),
        sa.Column("standing_acceptance", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("nib ~ '^\\d{13}$'", name=op.f("ck_supplier_nib")),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_supplier_id_organisation")),
        sa.ForeignKeyConstraint(["regency_code"], ["regency.code"], name=op.f("fk_supplier_regency_code_regency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sa.UniqueConstraint("slug", name=op.f("uq_supplier_slug")),
    )
    op.create_table(
        "tailor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=False),
        sa.Column("lat_micro", sa.Integer(), nullable=False),
        sa.Column("lon_micro", sa.Integer(), nullable=False),
        sa.Column("families", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("machines", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("rate_idr", sa.BigInteger(), nullable=False),
        sa.Column("efficiency_permille", sa.Integer(), nullable=False),
        sa.Column("weekday_seconds", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("reach_m", sa.Integer(), nullable=False),
        sa.Column("defect_ppm", sa.Integer(), nullable=False),
        sa.Column("rush", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("kind IN ('home', 'workshop')", name=op.f("ck_tailor_kind")),
        sa.CheckConstraint("cardinality(weekday_seconds) = 7", name=op.f("ck_tailor_weekdays")),
        sa.CheckConstraint("defect_ppm BETWEEN 0 AND 1000000", name=op.f("ck_tailor_defects")),
        sa.CheckConstraint(
            "rate_idr > 0 AND efficiency_permille BETWEEN 1 AND 2000 AND reach_m > 0", name=op.f("ck_tailor_amounts")
        ),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_tailor_id_organisation")),
        sa.ForeignKeyConstraint(["regency_code"], ["regency.code"], name=op.f("fk_tailor_regency_code_regency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tailor")),
    )
    op.create_table(
        "brand_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("state IN ('held', 'booked', 'released')", name=op.f("ck_brand_booking_state")),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_brand_booking_pieces")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_brand_booking_brand_id_brand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand_booking")),
    )
    op.create_index(op.f("ix_brand_booking_claim"), "brand_booking", ["claim"], unique=False)
    op.create_index(
        "uq_brand_booking_claim_brand_id_monday_live",
        "brand_booking",
        ["claim", "brand_id", "monday"],
        unique=True,
        postgresql_where=sa.text("state IN ('held', 'booked')"),
    )
    op.create_table(
        "brand_week",
        sa.Column("brand_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), server_default="0", nullable=False),
        sa.Column("booked", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("extract(isodow FROM monday) = 1", name=op.f("ck_brand_week_monday")),
        sa.CheckConstraint("held >= 0 AND booked >= 0 AND held + booked <= declared", name=op.f("ck_brand_week_load")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_brand_week_brand_id_brand")),
        sa.PrimaryKeyConstraint("brand_id", "monday", name=op.f("pk_brand_week")),
    )
    op.create_table(
        "sentra_member",
        sa.Column("sentra_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sentra_member_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["sentra_id"], ["sentra.id"], name=op.f("fk_sentra_member_sentra_id_sentra")),
        sa.PrimaryKeyConstraint("sentra_id", "organisation_id", name=op.f("pk_sentra_member")),
    )
    op.create_index(op.f("ix_sentra_member_organisation_id"), "sentra_member", ["organisation_id"], unique=False)
    op.create_table(
        "tailor_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=False),
        sa.Column("tailor_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("state IN ('held', 'booked', 'released')", name=op.f("ck_tailor_booking_state")),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_tailor_booking_seconds")),
        sa.ForeignKeyConstraint(["tailor_id"], ["tailor.id"], name=op.f("fk_tailor_booking_tailor_id_tailor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tailor_booking")),
    )
    op.create_index(op.f("ix_tailor_booking_claim"), "tailor_booking", ["claim"], unique=False)
    op.create_index(
        "uq_tailor_booking_claim_tailor_id_monday_live",
        "tailor_booking",
        ["claim", "tailor_id", "monday"],
        unique=True,
        postgresql_where=sa.text("state IN ('held', 'booked')"),
    )
    op.create_table(
        "tailor_day_off",
        sa.Column("tailor_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["tailor_id"], ["tailor.id"], name=op.f("fk_tailor_day_off_tailor_id_tailor")),
        sa.PrimaryKeyConstraint("tailor_id", "day", name=op.f("pk_tailor_day_off")),
    )
    op.create_table(
        "tailor_week",
        sa.Column("tailor_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), server_default="0", nullable=False),
        sa.Column("booked", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("extract(isodow FROM monday) = 1", name=op.f("ck_tailor_week_monday")),
        sa.CheckConstraint("held >= 0 AND booked >= 0 AND held + booked <= declared", name=op.f("ck_tailor_week_load")),
        sa.ForeignKeyConstraint(["tailor_id"], ["tailor.id"], name=op.f("fk_tailor_week_tailor_id_tailor")),
        sa.PrimaryKeyConstraint("tailor_id", "monday", name=op.f("pk_tailor_week")),
    )
