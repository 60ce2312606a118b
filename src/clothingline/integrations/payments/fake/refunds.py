"""Money that goes back to the payer: because the shop says so, or because the payer's bank does."""

import sqlite3
from datetime import UTC, datetime

from clothingline.integrations.payments.fake import charges, modes
from clothingline.integrations.payments.fake.clerk import Clerk, name
from clothingline.integrations.payments.fake.movements import move
from clothingline.integrations.payments.fake.notices import tell
from clothingline.integrations.payments.faults import ObjectUnknown, Refused
from clothingline.integrations.payments.port import Dispute, MoneyBack

DISPUTE_FEE_IDR = 150_000
RESPOND_SECONDS = 7 * 24 * 3600
_DISPUTED = "SELECT coalesce(sum(amount_idr), 0) FROM dispute WHERE charge = ? AND status <> 'won'"


def refund(clerk: Clerk, charge_id: str, reference: str, amount_idr: int) -> MoneyBack:
    """Pay back a part of what was captured. Our balance may become negative by it, as at a real provider."""
    row = charges.row_of(clerk, charge_id)
    if row["status"] != "paid" or not 0 < amount_idr <= left(clerk, row):
        raise Refused("charge_not_refundable")
    refund_id, slow = name("rfn"), modes.take(clerk, "refunding") == "slow_refund"
    clerk.write(
        "INSERT INTO refund (id, reference, charge, amount_idr, status, at) VALUES (?, ?, ?, ?, ?, ?)",
        *(refund_id, reference, charge_id, amount_idr, "pending" if slow else "settled", clerk.now),
    )
    move(clerk, "refund", refund_id, -amount_idr, reference=reference)
    tell(clerk, "refund", "created", refund_id)
    return get(clerk, refund_id)


def left(clerk: Clerk, row: sqlite3.Row) -> int:
    """Rupiah of a charge that have not gone back, by a refund or a chargeback."""
    return int(row["captured_idr"] - row["refunded_idr"] - clerk.count(_DISPUTED, row["id"]))


def get(clerk: Clerk, refund_id: str) -> MoneyBack:
    """How a refund stands. Raises `ObjectUnknown`."""
    row = clerk.find("SELECT * FROM refund WHERE id = ?", refund_id)
    if row is None:
        raise ObjectUnknown(refund_id)
    return _money_back(row)


def find(clerk: Clerk, charge_id: str, reference: str) -> MoneyBack | None:
    """The oldest refund of a charge with this reference."""
    query = "SELECT * FROM refund WHERE charge = ? AND reference = ? ORDER BY rowid"
    row = clerk.find(query, charges.row_of(clerk, charge_id)["id"], reference)
    return _money_back(row) if row else None


def _money_back(row: sqlite3.Row) -> MoneyBack:
    said = ("id", "reference", "charge", "amount_idr", "currency", "status")
    return MoneyBack(**{column: row[column] for column in said})


def end(clerk: Clerk, refund_id: str, *, arrived: bool) -> MoneyBack:
    """A refund reaches the payer, or comes back to us (also after it was said to have arrived)."""
    before = get(clerk, refund_id)
    status = "settled" if arrived else "failed"
    if before.status not in (status, "failed"):
        clerk.write("UPDATE refund SET status = ? WHERE id = ?", status, refund_id)
        if not arrived:
            move(clerk, "refund_failed", refund_id, before.amount_idr, reference=before.reference)
        tell(clerk, "refund", status, refund_id)
    return get(clerk, refund_id)


def open_dispute(clerk: Clerk, charge_id: str, amount_idr: int | None = None) -> Dispute:
    """The payer's bank takes money back, all that is left unless an amount is said, and a fee with it."""
    row = charges.row_of(clerk, charge_id)
    amount = left(clerk, row) if amount_idr is None else amount_idr
    if not 0 < amount <= left(clerk, row):
        raise Refused("nothing_left_to_dispute")
    dispute_id = name("dsp")
    clerk.write(
        "INSERT INTO dispute (id, charge, amount_idr, fee_idr, respond_by, at) VALUES (?, ?, ?, ?, ?, ?)",
        *(dispute_id, charge_id, amount, DISPUTE_FEE_IDR, clerk.now + RESPOND_SECONDS, clerk.now),
    )
    move(clerk, "dispute", dispute_id, -amount, fee_idr=DISPUTE_FEE_IDR, reference=row["reference"])
    tell(clerk, "dispute", "opened", dispute_id)
    return get_dispute(clerk, dispute_id)


def get_dispute(clerk: Clerk, dispute_id: str) -> Dispute:
    """How a chargeback stands. Raises `ObjectUnknown`."""
    row = clerk.find("SELECT * FROM dispute WHERE id = ?", dispute_id)
    if row is None:
        raise ObjectUnknown(dispute_id)
    said = ("id", "charge", "amount_idr", "fee_idr", "currency", "status")
    respond_by = datetime.fromtimestamp(row["respond_by"], UTC)
    return Dispute(**{column: row[column] for column in said}, respond_by=respond_by)


def close_dispute(clerk: Clerk, dispute_id: str, *, won: bool, fee_comes_back: bool = False) -> Dispute:
    """The bank decides. Won: the amount is ours again, and the fee if they say so."""
    dispute = get_dispute(clerk, dispute_id)
    if dispute.status == "open":
        fee = 0 if won and fee_comes_back else dispute.fee_idr
        status = "won" if won else "lost"
        clerk.write("UPDATE dispute SET status = ?, fee_idr = ? WHERE id = ?", status, fee, dispute_id)
        if won:
            reference = charges.row_of(clerk, dispute.charge)["reference"]
            back = fee - dispute.fee_idr
            move(clerk, "dispute_won", dispute_id, dispute.amount_idr, fee_idr=back, reference=reference)
        tell(clerk, "dispute", status, dispute_id)
    return get_dispute(clerk, dispute_id)
