"""The invariants have teeth: each finds the fault planted for it, and none finds anything in a sound database."""

from collections.abc import Callable

import psycopg

from clothingline.kit.db.embedded import Server
from tests import invariants
from tests.routing.street import Street

AS_OWNER = "SET LOCAL session_replication_role = replica"  # neither triggers nor foreign keys
FAULTS = {
    "a ledger transaction does not sum to zero": "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0",
    "the ledger does not sum to zero in a currency": "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0",
    "an escrow holds less than nothing (credits are negative)": (
        "UPDATE ledger_entry SET amount = -amount WHERE account_id IN (SELECT id FROM ledger_account "
        "WHERE kind = 'escrow')"
    ),
    "a payable owes less than nothing": "UPDATE ledger_account SET kind = 'payable' WHERE kind = 'clearing'",
    "more is refunded than was captured": (
        "INSERT INTO refund (id, payment_id, amount_idr, reason, state) "
        "SELECT gen_random_uuid(), id, amount_idr + 1, 'x', 'approved' FROM payment"
    ),
    "a refund of a payment that was never captured": (
        "WITH lost AS (UPDATE payment SET state = 'expired' RETURNING id) INSERT INTO refund (id, "
        "payment_id, amount_idr, "
        "reason, state) SELECT gen_random_uuid(), id, 1, 'x', 'approved' FROM lost"
    ),
    "the counters of a workshop's week are not the sum of its bookings": (
        "UPDATE tailor_week SET held = 1 WHERE booked > 0"
    ),
    "a booking of a week that was never opened": "DELETE FROM tailor_week WHERE booked > 0",
    "the counters of a brand's week are not the sum of its bookings": (
        "UPDATE brand_week SET booked = booked - 1 WHERE booked > 0"
    ),
    "the columns of a lot are not the sum of its reservations": "UPDATE lot SET used_cm = 1",
    "an accepted offer that does not say when, or an unaccepted one that does": "UPDATE offer SET accepted_at = NULL",
    "the same work is on offer, or accepted, twice": (
        "DROP INDEX uq_offer_claim_kind_live; UPDATE offer SET kind = 'brand', share_id = NULL, reservation_id = NULL, "
        "claim = order_id"
    ),
    "an offer has two live jobs": (
        "DROP INDEX uq_job_offer_id_live; INSERT INTO job (id, order_id, offer_id, tailor_id, pieces, sizes, pay_idr, "
        "due_on, state) SELECT gen_random_uuid(), order_id, offer_id, tailor_id, pieces, sizes, pay_idr,"
        " due_on, 'ready' "
        "FROM job"
    ),
    "a job goes on without an accepted offer (one that was just accepted may have been undone while its job waits)": (
        "UPDATE job SET state = 'ready'; UPDATE offer SET state = 'declined', accepted_at = NULL"
    ),
    "an order is confirmed with an offer that is not accepted": (
        "UPDATE offer SET state = 'seen', accepted_at = NULL WHERE kind = 'tailor'"
    ),
    "an order has two plans that are carried out, or two behind which something is held": (
        "DROP INDEX uq_plan_order_id_adopted; UPDATE plan SET state = 'adopted'; INSERT INTO plan (id, "
        "order_id, round, "
        "label, state, brand_id, lot_id, cloth_cm, price_idr, cost_idr, bound_idr, parts, usual_on, "
        "promise_on, timeline, "
        "cut_week, solution_id, number) SELECT gen_random_uuid(), order_id, 9, label, state, brand_id, "
        "lot_id, cloth_cm, "
        "price_idr, cost_idr, bound_idr, parts, usual_on, promise_on, timeline, cut_week, solution_id, number FROM plan"
    ),
    "the parts of a plan do not add up": "UPDATE plan SET price_idr = price_idr + 1",
    "a certificate was proved wrong": "UPDATE solution SET certificate = jsonb_set(certificate, '{verified}', 'false')",
}
# A CHECK or a unique index makes these impossible to plant: the statement is the second wall.
WALLED = {
    "more is paid than the order costs",
    "a workshop's week carries more than it declares",
    "a brand's week carries more than it declares",
    "more cloth is set aside and used than was received",
    "an offer was accepted after its deadline and the grace of an offline answer",
    "an order has two live quotes",
    "a state that no machine knows",
}


async def test_each_invariant_finds_the_fault_that_is_planted_for_it(
    street: Street, server: Server, database_name: str
) -> None:
    await street.confirmed()
    assert FAULTS.keys() | WALLED == invariants.queries().keys()
    with psycopg.connect(server.dsn(database_name)) as connection:
        for name, fault in FAULTS.items():
            connection.execute(AS_OWNER)
            for words in fault.split("; "):
                connection.execute(words.encode())
            assert name in invariants.found(connection), name
            connection.rollback()
        assert invariants.found(connection) == {}


async def test_what_is_walled_is_refused_by_the_database_itself(street: Street, owner: Callable[[str], None]) -> None:
    await street.confirmed()
    refused = (psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation)
    second_quote = (
        "INSERT INTO quote (id, order_id, order_version, version, state, expires_at) SELECT gen_random_uuid(), "
        "order_id, 1, version + number, 'offered', expires_at FROM quote, generate_series(1, 2) AS number"
    )
    for words in (
        second_quote,
        "UPDATE orders SET paid_idr = price_idr + 1",
        "UPDATE tailor_week SET held = declared + 1",
        "UPDATE brand_week SET held = declared + 1",
        "UPDATE lot SET held_cm = received_cm + 1",
        "UPDATE offer SET accepted_at = expires_at + interval '3 hours'",
        "UPDATE orders SET state = 'lost'",
    ):
        try:
            owner(words)
        except refused:
            continue
        raise AssertionError(words)
