"""Faults that the invariants of payments find, and those that the database itself refuses."""

ONE = "(SELECT min(id::text)::uuid FROM payment WHERE state = 'captured')"
REFUND = (
    "INSERT INTO refund (id, payment_id, amount_idr, reason, state, from_escrow_idr) "
    "SELECT gen_random_uuid(), id, captured_idr + {more}, 'x', '{state}', captured_idr + {more} FROM payment "
    f"WHERE id = {ONE}"
)
DISPUTE = (
    "INSERT INTO dispute (id, payment_id, provider_id, amount_idr, fee_idr, held_idr, state) "
    "SELECT gen_random_uuid(), id, 'dsp_x', 1, 0, 0, 'open' FROM payment WHERE id = "
)
NOTICE = (
    "INSERT INTO provider_notice (id, notice, object, body, signature, received_at) "
    "VALUES (gen_random_uuid(), 'ntc_x', 'chg_x', '{}', '', business_now() - interval '61 minutes')"
)
FAULTS: dict[str, str] = {
    "more went back or is disputed than was captured": REFUND.format(more=1, state="approved"),
    "the counters of a payment are not the sum of its refunds and chargebacks": DISPUTE + ONE,
    "a refund of a payment that was never captured": (
        "WITH lost AS (UPDATE payment SET state = 'expired', captured_idr = 0 RETURNING id) INSERT INTO refund (id, "
        "payment_id, amount_idr, reason, state) SELECT gen_random_uuid(), id, 1, 'x', 'rejected' FROM lost"
    ),
    "an instalment is met and its captured parts do not add up to it": (
        "UPDATE instalment SET amount_idr = amount_idr + 1"
    ),
    "a payment is waited for whose instalment is not due": (
        "INSERT INTO payment (id, order_id, instalment_id, instalment, part, amount_idr, state) "
        "SELECT gen_random_uuid(), order_id, id, kind, 2, 1, 'open' FROM instalment WHERE state = 'met'"
    ),
    "an order counts other money as paid than its met instalments and what went back of its price": (
        "UPDATE orders SET paid_idr = paid_idr - 1 WHERE paid_idr > 0"
    ),
    "captured money that the ledger does not know, or the other way round": (
        "DELETE FROM ledger_transaction WHERE source_type = 'payment' AND kind = 'capture'"
    ),
    "a refund is settled and not booked, or booked and not settled": REFUND.format(more=0, state="settled"),
    "a chargeback is open or has ended and the ledger says otherwise": DISPUTE + ONE,
    "the escrow of a cancelled order holds more than what its consumer is still owed": (
        "UPDATE orders SET state = 'cancelled'; UPDATE payment SET refunded_idr = captured_idr"
    ),
    "a notice of the provider that nothing has come of for an hour": NOTICE,
    "a payment was wished an hour ago and nobody can pay it": (
        "UPDATE payment SET state = 'wished', captured_idr = 0, state_at = business_now() - interval '61 minutes'"
    ),
    "money that is held has not been taken for an hour": (
        "UPDATE payment SET state = 'authorised', captured_idr = 0, state_at = business_now() - interval '61 minutes'"
    ),
    "a refund is unclear for a day, or waits for somebody's decision for a day": (
        "INSERT INTO refund (id, payment_id, amount_idr, reason, state, state_at) SELECT gen_random_uuid(), id, 1, "
        f"'x', 'requested', business_now() - interval '25 hours' FROM payment WHERE id = {ONE}"
    ),
    "money that did not arrive at a consumer has not been sent again for a day": (
        "UPDATE orders SET state = 'cancelled'; "
        "INSERT INTO refund (id, payment_id, amount_idr, reason, state, state_at, from_escrow_idr) "
        "SELECT gen_random_uuid(), id, 1, 'x', 'failed', business_now() - interval '25 hours', 1 FROM payment "
        f"WHERE id = {ONE}"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a payment, refund, instalment or chargeback in a state that no machine knows": "UPDATE payment SET state = 'lost'",
    "two live payments of one part": (
        "INSERT INTO payment (id, order_id, instalment_id, instalment, part, amount_idr, state) "
        "SELECT gen_random_uuid(), order_id, instalment_id, instalment, part, 1, 'open' FROM payment "
        "WHERE state = 'captured'"
    ),
}
