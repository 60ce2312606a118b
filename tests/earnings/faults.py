"""Faults that the invariants of earnings find, and those that the database itself refuses."""

A_JOB = "source_type = 'job'"
A_HOLD = (
    "INSERT INTO earning_hold (id, earning_id, amount_idr, reason, until) "
    "SELECT gen_random_uuid(), id, 1, 'x', business_now() FROM earning"
)
AN_ACCOUNT = (
    "UPDATE ledger_balance SET balance = balance + 1 "
    "WHERE account_id IN (SELECT id FROM ledger_account WHERE kind = '{}')"
)
FAULTS: dict[str, str] = {
    "an earning is not what the price lines of its order say": f"UPDATE earning SET amount_idr = 1 WHERE {A_JOB}",
    "what the ledger says of a party's earnings is not their sum": f"UPDATE earning SET state = 'earned' WHERE {A_JOB}",
    "what an order is committed to is not the sum of its earnings": AN_ACCOUNT.format("committed"),
    "what a party owes the guarantee fund is not the sum of its debts": (
        "INSERT INTO debt (id, organisation_id, order_id, cause_type, cause_id, amount_idr) "
        "SELECT gen_random_uuid(), organisation_id, order_id, 'refund', id, 7 FROM earning"
    ),
    "a share is held that is not earned, is a maker's pay, or for longer than sixty days": f"{A_HOLD} LIMIT 1",
    "an escrow is not what its payments left": "UPDATE payment SET captured_idr = captured_idr - 1",
    "the escrow of an order that was closed holds more than what did not arrive at its consumer": (
        "INSERT INTO ledger_transaction (id, source_type, source_id, kind) "
        "SELECT gen_random_uuid(), 'order', id, 'close' FROM orders"
    ),
    "a brand has its share of an order that was not closed": (
        "UPDATE earning SET state = 'available' WHERE source_type = 'order'"
    ),
    "a maker has waited an hour for pay that was due": (
        f"UPDATE earning SET state = 'earned', available_at = business_now() - interval '2 hours' WHERE {A_JOB}"
    ),
    "an order was accepted an hour ago and its shares have not left escrow": (
        "UPDATE orders SET state = 'accepted', state_at = business_now() - interval '2 hours'"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "an earning in a state that no machine knows": (
        "INSERT INTO earning (id, state) VALUES (gen_random_uuid(), 'lost')"
    ),
}
