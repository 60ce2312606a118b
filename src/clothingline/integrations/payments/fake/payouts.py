"""Money to those who are paid: from our account to theirs, from there to the bank, and back."""

import sqlite3

from clothingline.integrations.payments.fake import modes, payees
from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk, name
from clothingline.integrations.payments.fake.movements import balance, move
from clothingline.integrations.payments.fake.notices import tell
from clothingline.integrations.payments.faults import ObjectUnknown, Refused
from clothingline.integrations.payments.port import BankPayout, MovementKind, Transfer


def transfer(clerk: Clerk, reference: str, destination: str, amount_idr: int) -> Transfer:
    """Move money from our account to a payee's, if both may and there is enough."""
    if not payees.get(clerk, destination).can_receive:
        raise Refused("payee_cannot_receive")
    _require(clerk, ACCOUNT, amount_idr)
    transfer_id = name("trf")
    clerk.write(
        "INSERT INTO transfer (id, reference, destination, amount_idr, at) VALUES (?, ?, ?, ?, ?)",
        *(transfer_id, reference, destination, amount_idr, clerk.now),
    )
    _between(clerk, "transfer", transfer_id, -amount_idr, reference=reference, payee=destination)
    tell(clerk, "transfer", "created", transfer_id)
    return get_transfer(clerk, transfer_id)


def _require(clerk: Clerk, account: str, amount_idr: int) -> None:
    if amount_idr <= 0:
        raise Refused("amount_too_small")
    if balance(clerk, account) < amount_idr:
        raise Refused("balance_insufficient")


def _between(clerk: Clerk, kind: MovementKind, thing: str, amount_idr: int, *, reference: str, payee: str) -> None:
    """What we gain a payee loses."""
    move(clerk, kind, thing, amount_idr, reference=reference)
    move(clerk, kind, thing, -amount_idr, reference=reference, account=payee)


def get_transfer(clerk: Clerk, transfer_id: str) -> Transfer:
    """How a transfer stands. Raises `ObjectUnknown`."""
    row = clerk.find("SELECT * FROM transfer WHERE id = ?", transfer_id)
    if row is None:
        raise ObjectUnknown(transfer_id)
    return _transfer(clerk, row)


def find_transfer(clerk: Clerk, reference: str) -> Transfer | None:
    """The oldest transfer of a reference."""
    row = clerk.find("SELECT * FROM transfer WHERE reference = ? ORDER BY rowid", reference)
    return _transfer(clerk, row) if row else None


def _transfer(clerk: Clerk, row: sqlite3.Row) -> Transfer:
    back = clerk.rows("SELECT id, amount_idr FROM reversal WHERE transfer = ? ORDER BY rowid", row["id"])
    said = {column: row[column] for column in ("id", "reference", "destination", "amount_idr", "currency")}
    taken = sum(one["amount_idr"] for one in back)
    return Transfer(**said, reversed_idr=taken, reversals=tuple(one["id"] for one in back))


def take_back(clerk: Clerk, transfer_id: str, reference: str, amount_idr: int) -> Transfer:
    """Move money of a transfer back to our account, as far as it is still in the payee's."""
    found = get_transfer(clerk, transfer_id)
    if amount_idr > found.amount_idr - found.reversed_idr:
        raise Refused("transfer_not_reversible")
    _require(clerk, found.destination, amount_idr)
    reversal_id = name("trr")
    clerk.write(
        "INSERT INTO reversal (id, reference, transfer, amount_idr, at) VALUES (?, ?, ?, ?, ?)",
        *(reversal_id, reference, transfer_id, amount_idr, clerk.now),
    )
    _between(clerk, "take_back", reversal_id, amount_idr, reference=reference, payee=found.destination)
    tell(clerk, "transfer", "reversed", transfer_id)
    return get_transfer(clerk, transfer_id)


def pay_out(clerk: Clerk, reference: str, destination: str, amount_idr: int) -> BankPayout:
    """Begin to move money from a payee's account to the bank."""
    if not payees.get(clerk, destination).can_pay_out:
        raise Refused("payouts_not_allowed")
    _require(clerk, destination, amount_idr)
    payout_id, mode = name("pyt"), modes.take(clerk, "bank")
    failure = "account_closed" if mode == "bank_refuses" else None
    clerk.write(
        "INSERT INTO payout (id, reference, destination, amount_idr, failure, comes_back, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(payout_id, reference, destination, amount_idr, failure, int(mode == "returned_after_paid"), clerk.now),
    )
    move(clerk, "payout", payout_id, -amount_idr, reference=reference, account=destination)
    tell(clerk, "payout", "created", payout_id, account=destination)
    return get_payout(clerk, destination, payout_id)


def get_payout(clerk: Clerk, destination: str, payout_id: str) -> BankPayout:
    """How a payout of a payee stands. Raises `ObjectUnknown`."""
    row = clerk.find("SELECT * FROM payout WHERE id = ? AND destination = ?", payout_id, destination)
    if row is None:
        raise ObjectUnknown(payout_id)
    return _payout(row)


def find_payout(clerk: Clerk, destination: str, reference: str, since: int) -> BankPayout | None:
    """The oldest payout of a payee with this reference, among those since `since` (seconds since 1970)."""
    payees.get(clerk, destination)
    query = "SELECT * FROM payout WHERE destination = ? AND reference = ? AND at >= ? ORDER BY rowid"
    row = clerk.find(query, destination, reference, since)
    return _payout(row) if row else None


def _payout(row: sqlite3.Row) -> BankPayout:
    said = {column: row[column] for column in ("id", "reference", "destination", "amount_idr", "currency", "status")}
    return BankPayout(**said, failure=row["failure"] if row["status"] in ("failed", "returned") else None)


def confirm(clerk: Clerk, payout_id: str) -> BankPayout:
    """The bank says that the money of a pending payout is there."""
    return _end(clerk, payout_id, "paid")


def fail(clerk: Clerk, payout_id: str, failure: str) -> BankPayout:
    """The bank refuses a pending payout: the money is in the payee's account again."""
    return _end(clerk, payout_id, "failed", failure)


def send_back(clerk: Clerk, payout_id: str, failure: str) -> BankPayout:
    """The bank sends a paid payout back: the money is in the payee's account again."""
    return _end(clerk, payout_id, "returned", failure)


def _end(clerk: Clerk, payout_id: str, status: str, failure: str | None = None) -> BankPayout:
    row = clerk.find("SELECT * FROM payout WHERE id = ?", payout_id)
    if row is None:
        raise ObjectUnknown(payout_id)
    before = "paid" if status == "returned" else "pending"
    if row["status"] == before:
        clerk.write("UPDATE payout SET status = ?, failure = ? WHERE id = ?", status, failure, payout_id)
        if status != "paid":
            reference, account = row["reference"], row["destination"]
            move(clerk, "payout_failed", payout_id, row["amount_idr"], reference=reference, account=account)
        tell(clerk, "payout", status, payout_id, account=row["destination"])
    return get_payout(clerk, row["destination"], payout_id)


def bank_day(clerk: Clerk) -> int:
    """A day of the bank: what was paid and is to come back does, then what is pending ends. Returns how many moved."""
    returning = clerk.rows("SELECT id FROM payout WHERE status = 'paid' AND comes_back")
    for row in returning:
        send_back(clerk, row["id"], "account_closed")
    pending = clerk.rows("SELECT id, failure FROM payout WHERE status = 'pending' ORDER BY rowid")
    for row in pending:
        _ = fail(clerk, row["id"], row["failure"]) if row["failure"] else confirm(clerk, row["id"])
    return len(returning) + len(pending)
