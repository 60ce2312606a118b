"""Faults that the invariants of lots find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "the columns of a lot are not the sum of its reservations": "UPDATE lot SET used_cm = 1",
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "more cloth is set aside and used than was received": "UPDATE lot SET held_cm = received_cm + 1",
    "a reservation in a state that no machine knows": "UPDATE reservation SET state = 'lost'",
}
