"""Faults that the invariants of webhooks find, and those that the database itself refuses."""

# Endpoints of the first organisation, each with an event that `{heard}` hears of, and its delivery.
_DELIVERIES = (
    "INSERT INTO webhook_endpoint (id, organisation_id, url, events) "
    "SELECT gen_random_uuid(), min(id::text)::uuid, 'https://busana.id/', '{{*}}' FROM organisation; "
    "INSERT INTO event (id, name, facts, audience) SELECT gen_random_uuid(), 'OrderPaid', '{{}}', {heard} "
    "FROM webhook_endpoint, generate_series(1, 3); "
    "INSERT INTO webhook_delivery (id, endpoint_id, event_id, state, {column}) "
    "SELECT gen_random_uuid(), webhook_endpoint.id, event.id, 'waiting', {value} FROM webhook_endpoint, event "
    "WHERE event.audience = {heard}"
)
_THEIRS = "ARRAY[organisation_id]"

FAULTS: dict[str, str] = {
    "a webhook waits for an organisation that does not hear of its event": _DELIVERIES.format(
        heard="ARRAY['00000000-0000-7000-8000-000000000000'::uuid]", column="tries", value="0"
    ),
    "more than two webhooks of one endpoint are tried at once": _DELIVERIES.format(
        heard=_THEIRS, column="taken_until", value="clock_timestamp() + interval '1 minute'"
    ),
    "a webhook to an endpoint that answers has been due for an hour": _DELIVERIES.format(
        heard=_THEIRS, column="due_at", value="business_now() - interval '61 minutes'"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a webhook in a state that no machine knows": (
        "INSERT INTO webhook_delivery (id, state) VALUES (gen_random_uuid(), 'lost')"
    ),
}
