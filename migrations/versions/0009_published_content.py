"""What a design or a size chart says never changes under the same version, so that processes may remember it."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = ("size_chart",)
ROLE = "clothingline_app"
GUARD = """
    CREATE FUNCTION guard_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF NEW.version = OLD.version
           AND to_jsonb(NEW) - '{state,state_by,state_at}'::text[] <> to_jsonb(OLD) - '{state,state_by,state_at}'::text[]
        THEN
            RAISE EXCEPTION '% changes only with its version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    """A trigger on designs; charts are written once."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute(GUARD)
    op.execute("CREATE TRIGGER guard_version BEFORE UPDATE ON design FOR EACH ROW EXECUTE FUNCTION guard_version()")
    op.execute(
        "CREATE TRIGGER guard_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON size_chart "
        "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
    )
    op.execute(f"REVOKE UPDATE, DELETE ON size_chart FROM {ROLE}")
