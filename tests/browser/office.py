"""What waits for the office, which the story has dealt with: an alarm, a new tailor, a difference, a declaration."""

from psycopg import Connection

_ROWS = (
    """
    INSERT INTO alarm (id, name, subject, detail)
    SELECT gen_random_uuid(), 'rail.late', 'brd_' || n, '{"late_minutes": 42}' FROM generate_series(1, 2) n
    """,
    """
    INSERT INTO tailor_application (id, account_id, state)
    SELECT organisation_id, account_id, 'applied' FROM role_held WHERE role = 'tailor' ORDER BY id LIMIT 2
    """,
    """
    INSERT INTO difference (id, code, object_type, object, ours_idr, theirs_idr, first_run, last_run, state)
    SELECT gen_random_uuid(), code, 'charge', 'chg_' || code, 100000, 90000, run.id, run.id, 'open'
    FROM (SELECT id FROM reconciliation ORDER BY id LIMIT 1) run, unnest(ARRAY['unknown_object', 'amount']) code
    """,
    """
    INSERT INTO tax_profile (id, kind, taxpayer, taxpayer_last4, address)
    SELECT id, 'person', '', '1234', '' FROM organisation WHERE kind IN ('brand', 'supplier', 'tailor')
    """,
    """
    INSERT INTO tax_declaration (id, organisation_id, kind, valid_from, valid_until, evidence, given_by, state)
    SELECT gen_random_uuid(), organisation_id, 'under_500m', '2026-01-01', '2026-12-31', 'surat', account_id, 'given'
    FROM role_held r WHERE r.role = 'supplier' ORDER BY r.id LIMIT 2
    """,
    """
    INSERT INTO tax_declaration
        (id, organisation_id, kind, valid_from, valid_until, evidence, given_by, confirmed_by, reason, state)
    SELECT gen_random_uuid(), r.organisation_id, one.*
    FROM (SELECT DISTINCT ON (organisation_id) * FROM role_held WHERE role IN ('brand_owner', 'supplier', 'tailor')) r,
    LATERAL (VALUES
        ('skb', date '2025-01-01', date '2025-12-31', 'SKB lama', r.account_id, gen_random_uuid(), NULL, 'ended'),
        ('skb', '2026-01-01', '2026-12-31', 'SKB', r.account_id, NULL, 'Belum ditandatangani', 'refused'),
        ('under_500m', '2026-02-01', '2099-12-31', 'Surat', r.account_id, gen_random_uuid(), NULL, 'confirmed')) one
    """,
)


def keep_waiting(owner: Connection) -> None:
    """Put them into a database of the story, without the steps by which they came."""
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        for statement in _ROWS:
            assert owner.execute(statement).rowcount, statement
