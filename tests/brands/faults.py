"""Faults that the invariants of weeks of a brand find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "the counters of a brand's week are not the sum of its bookings": (
        "UPDATE brand_week SET booked = booked - 1 WHERE booked > 0"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a brand's week carries more than it declares": "UPDATE brand_week SET held = declared + 1",
    "a booking of a brand in a state that no machine knows": "UPDATE brand_booking SET state = 'lost'",
}
