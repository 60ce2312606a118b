"""Charges: opened by the shop, paid on the page, then taken, closed or left."""

import json
import sqlite3

from clothingline.integrations.payments.fake import modes
from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk, name
from clothingline.integrations.payments.fake.movements import move
from clothingline.integrations.payments.fake.notices import tell
from clothingline.integrations.payments.faults import ObjectUnknown, Refused
from clothingline.integrations.payments.port import Charge, Wish

METHODS: tuple[str, ...] = ("qris", "transfer", "card")
QRIS_MOST_IDR = 10_000_000
TRANSFER_FEE_IDR = 4_000
PAYABLE = ("open", "acting")
"""A charge of which the payer may still choose how to pay."""
_CHARGES = """
SELECT charge.*, (SELECT coalesce(sum(amount_idr), 0) FROM refund
                   WHERE charge = charge.id AND status <> 'failed') AS refunded_idr
  FROM charge
"""
_BY_ID = _CHARGES + "WHERE id = ?"
_BY_REFERENCE = (
    _CHARGES + "WHERE reference = ? ORDER BY CASE status WHEN 'paid' THEN 0 WHEN 'expired' THEN 2 ELSE 1 END, rowid"
)


def open_charge(clerk: Clerk, wish: Wish) -> Charge:
    """A new charge. Refused when none of the wished methods is known."""
    known = [method for method in wish.methods or METHODS if method in METHODS]
    if not known or wish.amount_idr <= 0:
        raise Refused("method_unknown" if not known else "amount_too_small")
    charge_id, words = name("chg"), (wish.description, wish.order_code, json.dumps(known), wish.capture, wish.back_url)
    clerk.write(
        "INSERT INTO charge"
        " (id, reference, amount_idr, description, order_code, methods, capture, back_url, account, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(charge_id, wish.reference, wish.amount_idr, *words, ACCOUNT, clerk.now),
    )
    return get(clerk, charge_id)


def get(clerk: Clerk, charge_id: str) -> Charge:
    """How a charge stands. Raises `ObjectUnknown`."""
    return charge_of(clerk, row_of(clerk, charge_id))


def row_of(clerk: Clerk, charge_id: str) -> sqlite3.Row:
    """The row of a charge, with what was paid back. Raises `ObjectUnknown`."""
    row = clerk.find(_BY_ID, charge_id)
    if row is None:
        raise ObjectUnknown(charge_id)
    return row


def find(clerk: Clerk, reference: str) -> Charge | None:
    """The charge of a reference; a paid one before one that may be paid."""
    row = clerk.find(_BY_REFERENCE, reference)
    return charge_of(clerk, row) if row else None


def charge_of(clerk: Clerk, row: sqlite3.Row) -> Charge:
    """What the shop is shown of a row."""
    page = f"{clerk.pages}/charges/{row['id']}"
    return Charge(
        id=row["id"],
        reference=row["reference"],
        amount_idr=row["amount_idr"],
        captured_idr=row["captured_idr"],
        refunded_idr=row["refunded_idr"],
        currency=row["currency"],
        status=row["status"],
        pay_url=page,
        redirect_url=f"{page}/bank" if row["status"] == "acting" else None,
        method=row["method"],
        account=row["account"],
        livemode=bool(row["livemode"]),
        fee_idr=row["fee_idr"],
    )


def methods_of(row: sqlite3.Row) -> list[str]:
    """The methods by which this amount can be paid, the usual one first."""
    return [one for one in json.loads(row["methods"]) if one != "qris" or row["amount_idr"] <= QRIS_MOST_IDR]


def pay(clerk: Clerk, charge_id: str, method: str | None = None) -> Charge:
    """The payer presses the button; what comes of it is played, and otherwise the money comes.

    A charge that cannot be paid (any more) stays as it is. Refused for a method that this charge does not have.
    """
    row = row_of(clerk, charge_id)
    if row["status"] in PAYABLE:
        chosen = _chosen(row, method)
        {"decline": _decline, "needs_action": _ask_the_bank, "pending": _wait}.get(
            modes.take(clerk, "pay") or "", succeed
        )(clerk, row, chosen)
    return get(clerk, charge_id)


def _chosen(row: sqlite3.Row, method: str | None) -> str:
    possible = methods_of(row)
    if not possible or method not in (None, *possible):
        raise Refused("method_not_possible")
    return method or possible[0]


def _decline(clerk: Clerk, row: sqlite3.Row, method: str) -> None:
    _note(clerk, row, method, "declined")
    _set(clerk, row, "open")
    tell(clerk, "charge", "declined", row["id"])


def _ask_the_bank(clerk: Clerk, row: sqlite3.Row, method: str) -> None:
    _note(clerk, row, method, "acting")
    _set(clerk, row, "acting")
    clerk.write("UPDATE charge SET method = ? WHERE id = ?", method, row["id"])
    tell(clerk, "charge", "acting", row["id"])


def _wait(clerk: Clerk, row: sqlite3.Row, method: str) -> None:
    _note(clerk, row, method, "processing")
    _set(clerk, row, "processing")
    clerk.write("UPDATE charge SET method = ? WHERE id = ?", method, row["id"])
    tell(clerk, "charge", "processing", row["id"])


def succeed(clerk: Clerk, row: sqlite3.Row, method: str) -> None:
    """The money is there: held, where the shop takes it itself and the method can do that, or taken."""
    clerk.write("UPDATE charge SET method = ? WHERE id = ?", method, row["id"])
    if row["capture"] == "manual" and method == "card":
        _note(clerk, row, method, "authorised")
        _set(clerk, row, "authorised")
        tell(clerk, "charge", "authorised", row["id"])
    else:
        _note(clerk, row, method, "paid")
        _take(clerk, row, method, row["amount_idr"])


def _take(clerk: Clerk, row: sqlite3.Row, method: str, amount_idr: int) -> None:
    fee = fee_of(method, amount_idr)
    clerk.write(
        "UPDATE charge SET status = 'paid', captured_idr = ?, fee_idr = ? WHERE id = ?", amount_idr, fee, row["id"]
    )
    move(clerk, "charge", row["id"], amount_idr, fee_idr=fee, reference=row["reference"])
    tell(clerk, "charge", "paid", row["id"])


def fee_of(method: str, amount_idr: int) -> int:
    """What the provider keeps, in whole rupiah: QRIS 0.7 %, card 2.9 %, transfer a fixed fee; never more than all."""
    fee = {"qris": amount_idr * 7 // 1000, "card": amount_idr * 29 // 1000}.get(method, TRANSFER_FEE_IDR)
    return min(fee, amount_idr)


def answer_bank(clerk: Clerk, charge_id: str, *, agreed: bool) -> Charge:
    """What the payer says on the page of the bank (3-D Secure); afterwards a charge is paid, or open again."""
    return _end(clerk, charge_id, "acting", agreed)


def arrive(clerk: Clerk, charge_id: str, *, agreed: bool = True) -> Charge:
    """Money that was under way arrives, or it does not and the charge is open again."""
    return _end(clerk, charge_id, "processing", agreed)


def _end(clerk: Clerk, charge_id: str, status: str, agreed: bool) -> Charge:
    row = row_of(clerk, charge_id)
    if row["status"] == status:
        (succeed if agreed else _decline)(clerk, row, row["method"])
    return get(clerk, charge_id)


def capture(clerk: Clerk, charge_id: str, amount_idr: int) -> Charge:
    """Take what is held, all or a part."""
    row = row_of(clerk, charge_id)
    if row["status"] != "authorised" or not 0 < amount_idr <= row["amount_idr"]:
        raise Refused("not_capturable")
    _take(clerk, row, row["method"], amount_idr)
    return get(clerk, charge_id)


def close(clerk: Clerk, charge_id: str) -> Charge:
    """End what can no longer be paid; what is paid or under way stays as it is."""
    row = row_of(clerk, charge_id)
    if row["status"] in (*PAYABLE, "authorised"):
        _set(clerk, row, "expired")
        tell(clerk, "charge", "expired", charge_id)
    return get(clerk, charge_id)


def _set(clerk: Clerk, row: sqlite3.Row, status: str) -> None:
    clerk.write("UPDATE charge SET status = ? WHERE id = ?", status, row["id"])


def _note(clerk: Clerk, row: sqlite3.Row, method: str, outcome: str) -> None:
    clerk.write(
        "INSERT INTO attempt (charge, method, outcome, at) VALUES (?, ?, ?, ?)", row["id"], method, outcome, clerk.now
    )
