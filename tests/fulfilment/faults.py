"""Faults that the invariants of shipments find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a shipment in a state that no machine knows": (
        "INSERT INTO shipment (id, state) VALUES (gen_random_uuid(), 'lost')"
    ),
}
