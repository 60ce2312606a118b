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
    SELECT id, 'person', '', '1234', '' FROM organisation WHERE kind = 'supplier' ORDER BY id LIMIT 2
    """,
    """
    INSERT INTO tax_declaration (id, organisation_id, kind, valid_from, valid_until, evidence, given_by, state)
    SELECT gen_random_uuid(), p.id, 'under_500m', '2026-01-01', '2026-12-31', 'surat.jpg', r.account_id, 'given'
    FROM tax_profile p JOIN role_held r ON r.organisation_id = p.id WHERE p.taxpayer_last4 = '1234'
    """,
)


def keep_waiting(owner: Connection) -> None:
    """Put them into a database of the story, without the steps by which they came."""
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        for statement in _ROWS:
            assert owner.execute(statement).rowcount, statement
