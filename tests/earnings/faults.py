"""Faults that the invariants of earnings find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "an earning in a state that no machine knows": (
        "INSERT INTO earning (id, state) VALUES (gen_random_uuid(), 'lost')"
    ),
}
