"""Faults that the invariants of reviews find, and those that the database itself refuses."""

_REVIEW = (
    "INSERT INTO review (id, order_id, brand_id, design_id, neatness, on_time, opens_at, state)"
    " SELECT gen_random_uuid(), orders.id, orders.brand_id, design_id, 5, true, business_now() + interval '7 days',"
    " 'standing' FROM orders JOIN order_line ON order_id = orders.id LIMIT 1"
)
_REMARK = (
    "INSERT INTO remark (id, order_id, organisation_id, by, rating)"
    " SELECT gen_random_uuid(), orders.id, {}, consumer_id, 5 FROM orders LIMIT 1"
)
FAULTS: dict[str, str] = {
    "a review is of an order that has not come, or of another brand or design": _REVIEW,
    "somebody speaks of a consumer for whom they have made nothing": _REMARK.format("consumer_id"),
    "a review is shut although every maker has spoken": (f"{_REVIEW}; DELETE FROM job; {_REMARK.format('brand_id')}"),
}
WALLED: dict[str, str] = {
    "a review in a state that no machine knows": "INSERT INTO review (id, state) VALUES (gen_random_uuid(), 'hidden')",
}
