"""A transaction that follows from nothing in the trade: one person proposes it, another books it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.money import RUPIAH
from clothingline.kit.states import move
from clothingline.ledger import queries
from clothingline.ledger.chart import CORRECTED_BY_HAND, FIXED, Account
from clothingline.ledger.errors import CorrectionNotWaiting, OwnCorrection, Unbalanced
from clothingline.ledger.events import CorrectionBooked, CorrectionProposed, CorrectionRejected
from clothingline.ledger.models import CORRECTION, Correction
from clothingline.ledger.service.booking import Posting, book_all


async def propose_correction(
    session: AsyncSession, *, lines: Sequence[tuple[str, int]], reason: str, by: UUID
) -> Correction:
    """Write down (code of an account, rupiah) lines that another is to book; debits are positive.

    Raises `Invalid` for lines that do not balance, and for an account that does not stand or follows rows of the trade.
    """
    accounts = await _named(session, [code for code, _ in lines])
    for number, (code, _) in enumerate(lines):
        _check_account(number, code, accounts)
    said = [{"account": code, "amount": amount} for code, amount in lines]
    row = Correction(lines=said, reason=reason, proposed_by=by, state="proposed", state_by=by)
    session.add(row)
    await session.flush()
    _check_balance(_posting(row, accounts, by))
    await emit(session, CorrectionProposed(row.id), by=by)
    return row


async def _named(session: AsyncSession, codes: Iterable[str]) -> dict[str, Account]:
    """Accounts of the chart that belong to nobody, and those that stand."""
    rows = await queries.list_accounts_named(session, codes)
    return FIXED | {row.code: Account(row.code, row.order_id, row.organisation_id) for row in rows}


def _check_account(number: int, code: str, accounts: dict[str, Account]) -> None:
    pointer = f"/lines/{number}/account"
    if code not in accounts:
        raise Invalid(pointer, "Akun ini belum ada di buku besar", "No such account stands in the ledger")
    if accounts[code].kind not in CORRECTED_BY_HAND:
        raise Invalid(
            pointer,
            "Saldo akun ini mengikuti pesanan, bagian dan pembayaran; perbaiki di sana",
            "The balance of this account follows orders, shares and payouts; put it right there",
        )


def _check_balance(posting: Posting) -> None:
    try:
        posting.check()
    except Unbalanced as error:
        raise Invalid("/lines", "Debit dan kredit harus sama", "Debits and credits must be equal") from error


def _posting(row: Correction, accounts: dict[str, Account], by: UUID) -> Posting:
    lines = tuple((accounts[one["account"]], int(one["amount"])) for one in row.lines)
    return Posting("correction", row.id, "book", lines, 0, RUPIAH, by)


async def approve_correction(session: AsyncSession, *, correction_id: UUID, by: UUID) -> Correction:
    """Book what another has proposed.

    Raises `CorrectionNotFound`, `OwnCorrection`, `CorrectionNotWaiting`, `Overdrawn`.
    """
    another = (Correction.id == correction_id, Correction.proposed_by != by)
    moved = await move(session, CORRECTION, Correction, "approve", *another, by=by, approved_by=by)
    if not moved:
        raise await _why_not(session, correction_id, by)
    accounts = await _named(session, [one["account"] for one in moved[0].lines])
    await book_all(session, [_posting(moved[0], accounts, by)])
    await emit(session, CorrectionBooked(correction_id), by=by)
    return moved[0]


async def _why_not(session: AsyncSession, correction_id: UUID, by: UUID) -> Exception:
    row = await queries.get_correction(session, correction_id)
    waits = row.state == "proposed" and row.proposed_by == by
    return OwnCorrection() if waits else CorrectionNotWaiting(state=row.state)


async def reject_correction(session: AsyncSession, *, correction_id: UUID, by: UUID) -> Correction:
    """It is not booked; who proposed it may withdraw it too. Raises `CorrectionNotFound`, `CorrectionNotWaiting`."""
    moved = await move(session, CORRECTION, Correction, "reject", Correction.id == correction_id, by=by)
    if not moved:
        raise CorrectionNotWaiting(state=(await queries.get_correction(session, correction_id)).state)
    await emit(session, CorrectionRejected(correction_id), by=by)
    return moved[0]
