"""How a payout ends: the bank has it, it never left, or it came back."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.integrations.payments import BankPayout
from clothingline.kit import alarms
from clothingline.kit.events import emit
from clothingline.kit.ids import show
from clothingline.kit.states import move
from clothingline.ledger import service as ledger
from clothingline.payouts import postings, queries
from clothingline.payouts.events import PayoutFailed, PayoutPaid, PayoutReturned
from clothingline.payouts.models import PAYOUT, Payout

ENDED = ("payout_failed", "payout_returned", "payout_withdrawn")
"""Alarms about a payee's money that end with the next payout that arrives."""

WITH_PAYEE = ("take_back_refused", "payout_left_late")
"""Alarms about money in the payee's account that end when it is ours again."""
DOUBTS = ("payout_doubtful", "payout_misfit")
"""Alarms about a payout on its way that end with it."""


async def weigh(session: AsyncSession, *, payout_id: UUID, bank: BankPayout) -> str:
    """Act on how the payout to the bank stands; the state of ours afterwards.

    Facts come in any order: what is said to have come back without ever having been paid was paid before.
    """
    if bank.status in ("paid", "returned"):
        await settle(session, payout_id=payout_id)
    if bank.status == "returned":
        await come_back(session, payout_id=payout_id, failure=bank.failure or "returned")
    if bank.status == "failed" and not await fail(session, payout_id=payout_id, failure=bank.failure or "failed"):
        await come_back(session, payout_id=payout_id, failure=bank.failure or "failed")
    return (await queries.get_payout_for_update(session, payout_id)).state


async def settle(session: AsyncSession, *, payout_id: UUID) -> bool:
    """The bank has the money; False when that was known, or the payout has ended otherwise."""
    payout = await _end(session, "settle", payout_id)
    if payout is None:
        return False
    await earnings.to_paid(session, await queries.list_earning_ids(session, payout_id))
    await ledger.book_all(session, [postings.settle(payout)])
    await emit(session, PayoutPaid(payout_id), audience=[payout.payee_id])
    await alarms.clear_all(session, names=ENDED, subject=show("org", payout.payee_id))
    return True


async def fail(session: AsyncSession, *, payout_id: UUID, failure: str) -> bool:
    """The money definitely did not arrive: its earnings are available again, for a payout with another key."""
    payout = await _end(session, "fail", payout_id, failure=failure)
    if payout is None:
        return False
    ids = await queries.list_earning_ids(session, payout_id)
    await earnings.back_to_available(session, ids=ids, event="unbatch")
    unmoved = [postings.void(payout), postings.unbatch(payout)]
    await ledger.book_all(session, unmoved if payout.transfer is None else [postings.fail(payout)])
    await emit(session, PayoutFailed(payout_id), audience=[payout.payee_id])
    await _sound(session, "payout_failed", payout)
    return True


async def come_back(session: AsyncSession, *, payout_id: UUID, failure: str) -> bool:
    """The bank has sent the money back after it was paid: its earnings are available again."""
    payout = await _end(session, "come_back", payout_id, failure=failure)
    if payout is None:
        return False
    ids = await queries.list_earning_ids(session, payout_id)
    await earnings.back_to_available(session, ids=ids, event="come_back")
    await ledger.book_all(session, [postings.come_back(payout)])
    await emit(session, PayoutReturned(payout_id), audience=[payout.payee_id])
    await _sound(session, "payout_returned", payout)
    return True


async def _end(session: AsyncSession, event: str, payout_id: UUID, **values: Any) -> Payout | None:
    moved = await move(session, PAYOUT, Payout, event, Payout.id == payout_id, **values)
    for payout in moved:
        await alarms.clear_all(session, names=DOUBTS, subject=show("out", payout.id))
    return moved[0] if moved else None


async def _sound(session: AsyncSession, name: str, payout: Payout) -> None:
    detail = {"payout": show("out", payout.id), "failure": payout.failure}
    await alarms.sound(session, name=name, subject=show("org", payout.payee_id), detail=detail)


async def record_reversal(session: AsyncSession, *, payout_id: UUID, reversal: str) -> bool:
    """What lay in the payee's account is ours again; False when that was known."""
    to_take_back = (Payout.id == payout_id, queries.TO_TAKE_BACK)
    statement = update(Payout).where(*to_take_back).values(reversal=reversal).returning(Payout)
    payout: Payout | None = await session.scalar(statement)
    if payout is None:
        return False
    await ledger.book_all(session, [postings.take_back(payout)])
    await alarms.clear_all(session, names=WITH_PAYEE, subject=show("out", payout_id))
    return True
