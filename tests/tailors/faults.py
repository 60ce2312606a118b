"""Faults that the invariants of weeks of a workshop find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "the counters of a workshop's week are not the sum of its bookings": (
        "UPDATE tailor_week SET held = 1 WHERE booked > 0"
    ),
    "a booking of a week that was never opened": "DELETE FROM tailor_week WHERE booked > 0",
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a workshop's week carries more than it declares": "UPDATE tailor_week SET held = declared + 1",
    "a booking of a workshop in a state that no machine knows": "UPDATE tailor_booking SET state = 'lost'",
}
