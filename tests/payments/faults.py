"""Faults that the invariants of payments and refunds find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "more is refunded than was captured": (
        "INSERT INTO refund (id, payment_id, amount_idr, from_escrow_idr, reason, state) "
        "SELECT gen_random_uuid(), id, amount_idr + 1, amount_idr + 1, 'x', 'approved' FROM payment"
    ),
    "a refund of a payment that was never captured": (
        "WITH lost AS (UPDATE payment SET state = 'expired', captured_idr = 0 RETURNING id) INSERT INTO refund (id, "
        "payment_id, amount_idr, from_escrow_idr, reason, state) SELECT gen_random_uuid(), id, 1, 1, 'x', 'approved' "
        "FROM lost"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a payment or a refund in a state that no machine knows": "UPDATE payment SET state = 'lost'",
}
