"""Faults that the invariants of plans and offers find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "an accepted offer that does not say when, or an unaccepted one that does": ("UPDATE offer SET accepted_at = NULL"),
    "the same work is on offer, or accepted, twice": (
        "DROP INDEX uq_offer_claim_kind_live; UPDATE offer SET kind = 'brand', share_id = NULL, "
        "reservation_id = NULL, claim = order_id"
    ),
    "an order is confirmed with an offer that is not accepted": (
        "UPDATE offer SET state = 'seen', accepted_at = NULL WHERE kind = 'tailor'"
    ),
    "an order has two plans that are carried out, or two behind which something is held": (
        "DROP INDEX uq_plan_order_id_adopted; UPDATE plan SET state = 'adopted'; INSERT INTO plan (id, "
        "order_id, round, label, state, brand_id, lot_id, cloth_cm, price_idr, cost_idr, bound_idr, "
        "parts, usual_on, promise_on, timeline, cut_week, solution_id, number) SELECT gen_random_uuid(), "
        "order_id, 9, label, state, brand_id, lot_id, cloth_cm, price_idr, cost_idr, bound_idr, parts, "
        "usual_on, promise_on, timeline, cut_week, solution_id, number FROM plan"
    ),
    "the parts of a plan do not add up": "UPDATE plan SET price_idr = price_idr + 1",
    "a certificate was proved wrong": (
        "UPDATE solution SET certificate = jsonb_set(certificate, '{verified}', 'false')"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "an offer was accepted after its deadline and the grace of an offline answer": (
        "UPDATE offer SET accepted_at = expires_at + interval '3 hours'"
    ),
    "a plan or an offer in a state that no machine knows": "UPDATE plan SET state = 'lost'",
}
