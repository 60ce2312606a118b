"""Faults that the invariants of entries and accounts find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "a ledger transaction does not sum to zero": "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0",
    "the ledger does not sum to zero in a currency": ("UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0"),
    "an escrow holds less than nothing (credits are negative)": (
        "UPDATE ledger_entry SET amount = -amount WHERE account_id IN (SELECT id FROM ledger_account "
        "WHERE kind = 'escrow')"
    ),
    "a payable owes less than nothing": "UPDATE ledger_account SET kind = 'payable' WHERE kind = 'provider'",
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {}
