"""Guards: listed transitions only, a ledger that sums to zero, rows that are written once."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEFUL = (
    "certificate",
    "brand_booking",
    "tailor_booking",
    "reservation",
    "design",
    "orders",
    "quote",
    "plan",
    "offer",
    "run",
    "job",
    "inspection",
    "shipment",
    "payment",
    "earning",
    "refund",
)
APPEND_ONLY = (
    "event",
    "ledger_transaction",
    "ledger_entry",
    "stock_entry",
    "acceptance",
    "provider_notice",
    "notice_verdict",
)
READ_ONLY = ("clock_offset", "state_transition")
ROLE = "clothingline_app"


def upgrade() -> None:
    """Triggers and privileges."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    for table in STATEFUL:
        op.execute(
            f"CREATE TRIGGER guard_transition BEFORE INSERT OR UPDATE OF state ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION guard_transition()"
        )
    op.execute(
        "CREATE CONSTRAINT TRIGGER guard_zero_sum AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION guard_zero_sum()"
    )
    op.execute(
        "CREATE TRIGGER tell_of_event AFTER INSERT ON event "
        "FOR EACH ROW WHEN (cardinality(NEW.audience) > 0) EXECUTE FUNCTION tell_of_event()"
    )
    op.execute(f"GRANT SELECT ON alembic_version TO {ROLE}")  # readiness compares it with the newest migration
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER guard_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
        )
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {ROLE}")
    for table in READ_ONLY:
        op.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {ROLE}")
