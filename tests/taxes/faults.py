"""Faults that the invariants of taxes find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "what is withheld from earnings is not what the tax account says": "UPDATE earning SET withheld_idr = 1",
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a declaration of exemption in a state that no machine knows": (
        "INSERT INTO tax_declaration (id, state) VALUES (gen_random_uuid(), 'lost')"
    ),
}
