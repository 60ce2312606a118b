"""Faults that the invariants of the ledger find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "a ledger transaction does not sum to zero": "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0",
    "the ledger does not sum to zero in a currency": "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0",
    "a guarded account stands on the wrong side (credits are negative)": (
        "UPDATE ledger_entry SET amount = -amount WHERE account_id IN (SELECT id FROM ledger_account "
        "WHERE kind = 'escrow')"
    ),
    "a payable owes less than nothing": (
        "UPDATE ledger_account SET kind = 'payable' WHERE kind IN ('provider', 'clearing')"
    ),
    "an entry is in another currency than its account": "UPDATE ledger_entry SET currency = 'USD'",
    "the balance of a guarded account is not the sum of its entries": "UPDATE ledger_balance SET balance = balance - 1",
    "a ledger transaction has no place in the chain": "DELETE FROM ledger_link WHERE position = 1",
    "the chain of the ledger is broken in its last ten thousand places": (
        "UPDATE ledger_transaction SET at = at - interval '1 day'"
    ),
    "a reversal is not the contrary of what it undoes": (
        "UPDATE ledger_transaction SET reverses_id = id WHERE kind = 'capture'"
    ),
    "a correction was booked by one person, or stands on one side only": (
        "INSERT INTO correction (id, lines, reason, proposed_by, approved_by, state) "
        "VALUES (gen_random_uuid(), '[]', 'x', gen_random_uuid(), gen_random_uuid(), 'booked')"
    ),
    "a correction touches an account whose balance rows of the trade state": (
        "UPDATE ledger_transaction SET source_type = 'correction'"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "accounts of one kind have two sides": "UPDATE ledger_account SET side = 'any' WHERE kind = 'escrow'",
    "a balance is kept on the wrong side": "UPDATE ledger_balance SET balance = 1 WHERE side = 'credit'",
}
