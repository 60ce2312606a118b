"""Faults that the invariants of reconciliation find, and those that the database itself refuses."""

_DIFFERENCE = (
    "INSERT INTO difference (id, code, object_type, object, first_run, last_run, resolution, resolved_by, second_by, "
    "state, created_at) VALUES (gen_random_uuid(), 'unknown_object', 'other', 'x', md5('r')::uuid, md5('r')::uuid, "
)
FAULTS: dict[str, str] = {
    "what two people put into suspense is not booked there": (
        _DIFFERENCE + "'suspend', md5('a')::uuid, md5('b')::uuid, 'resolved', business_now())"
    ),
    "a difference with the provider is open for more than a day": (
        _DIFFERENCE + "NULL, NULL, NULL, 'open', business_now() - interval '2 days')"
    ),
    "a reconciliation has not ended for hours": (
        "INSERT INTO reconciliation (id, since, until, state, created_at) VALUES "
        "(gen_random_uuid(), now() - interval '1 day', now(), 'running', business_now() - interval '7 hours')"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a reconciliation or a difference in a state that no machine knows": (
        "INSERT INTO reconciliation (id, since, until, state) "
        "VALUES (gen_random_uuid(), now() - interval '1 day', now(), 'lost')"
    ),
    "one person has resolved a difference alone": (
        _DIFFERENCE + "'explained', md5('a')::uuid, md5('a')::uuid, 'resolved', business_now())"
    ),
}
