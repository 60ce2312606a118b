"""A payout on its way: marked before the provider is asked, and recorded as the provider answers."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import BankPayout, Transfer
from clothingline.kit import alarms
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.ids import show
from clothingline.kit.money import RUPIAH
from clothingline.kit.states import move
from clothingline.ledger import service as ledger
from clothingline.payouts import postings, queries
from clothingline.payouts.events import PayoutDoubtful, PayoutSent
from clothingline.payouts.models import PAYOUT, Payee, Payout
from clothingline.payouts.service.approving import withdraw
from clothingline.payouts.service.resting import rest
from clothingline.payouts.service.settling import fail, record_reversal
from clothingline.settings import settings


@dataclass(frozen=True)
class Way:
    """A payout on its way, and the payee's account at the provider.

    `first`: it was marked just now, so nobody can have asked the provider before. `may_repeat`: what the provider does
    not know may be asked for once more, under the same reference.
    """

    payout: Payout
    destination: str
    first: bool
    may_repeat: bool


async def mark_sent(session: AsyncSession, *, payout_id: UUID) -> Way | None:
    """Note that the provider is about to be asked for an approved payout; how a payout stands that was marked before.

    One whose payee may not be paid (any more), or whose bank account has just changed, is withdrawn, and None: its
    earnings are available again.
    """
    this, now = Payout.id == payout_id, business_time()
    ready = exists().where(Payee.id == Payout.payee_id, Payee.state == "active", Payee.changed_at <= now - rest())
    moved = await move(session, PAYOUT, Payout, "send", this, ready, sent_at=now, asked_at=now)
    for payout in moved:
        await ledger.book_all(session, [postings.send(payout)])
        await emit(session, PayoutSent(payout_id), audience=[payout.payee_id])
        return await _way(session, payout, first=True)
    payout = await queries.get_payout_for_update(session, payout_id)
    if payout.state == "approved":
        await withdraw(session, payout_id=payout_id, why="payee_not_ready")
    return await _way(session, payout, first=False) if payout.sent_at is not None else None


async def _way(session: AsyncSession, payout: Payout, *, first: bool) -> Way:
    patience = timedelta(minutes=settings().payouts.doubt_minutes)
    is_patient = Payout.sent_at <= business_time() - patience
    query = select(Payee.provider_account, is_patient).join(Payout, Payout.payee_id == Payee.id)
    account, waited = (await session.execute(query.where(Payout.id == payout.id))).one()
    return Way(payout, str(account), first, may_repeat=payout.state == "sent" or waited)


async def record_transfer(session: AsyncSession, *, payout_id: UUID, destination: str, transfer: Transfer) -> bool:
    """The money is in the payee's account at the provider; whether it is on its way to the bank from here.

    A transfer that the provider has undone by itself fails the payout. One that was made although it counts as refused
    is kept, to be taken back. One that does not fit changes nothing.
    """
    payout = await queries.get_payout_for_update(session, payout_id)
    is_late = payout.state == "failed" and payout.transfer is None
    if payout.state not in ("sent", "needs_reconciliation") and not is_late:
        return False
    if (fault := fault_of(payout, "transfer", destination, transfer)) is not None:
        return await _misfit(session, payout, fault)
    if transfer.reversed_idr not in (0, transfer.amount_idr):
        return await _misfit(session, payout, "reversed")
    await session.execute(update(Payout).where(Payout.id == payout_id).values(transfer=transfer.id))
    await ledger.book_all(session, [postings.left_late(payout) if is_late else postings.transferred(payout)])
    if is_late:
        await alarms.sound(session, name="payout_left_late", subject=show("out", payout_id))
    elif transfer.reversed_idr:
        await fail(session, payout_id=payout_id, failure="compensated")
    if transfer.reversed_idr:
        await record_reversal(session, payout_id=payout_id, reversal=transfer.reversals[0])
    return not is_late and not transfer.reversed_idr


async def record_bank(session: AsyncSession, *, payout_id: UUID, destination: str, bank: BankPayout) -> bool:
    """The provider is paying to the bank; False for a payout to the bank that does not fit ours.

    Of one that counts as refused a person is told: its shares are available again, and are soon paid a second time.
    """
    payout = await queries.get_payout_for_update(session, payout_id)
    if (fault := fault_of(payout, "bank", destination, bank)) is not None:
        return await _misfit(session, payout, fault)
    if payout.state == "failed" and payout.bank is None:
        await alarms.sound(session, name="payout_arrived_late", subject=show("out", payout_id))
    await session.execute(update(Payout).where(Payout.id == payout_id, Payout.bank.is_(None)).values(bank=bank.id))
    return True


def fault_of(payout: Payout, act: str, destination: str, theirs: Transfer | BankPayout) -> str | None:
    """What of theirs is not what we asked for; `act` is the end of the reference, `transfer` or `bank`."""
    known = payout.transfer if act == "transfer" else payout.bank
    said = (theirs.id, theirs.reference, theirs.destination, theirs.amount_idr, theirs.currency)
    ours = (known or theirs.id, payout.reference(act), destination, payout.amount_idr, RUPIAH)
    names = ("object", "reference", "account", "amount", "currency")
    return next((name for name, one, other in zip(names, said, ours, strict=True) if one != other), None)


async def _misfit(session: AsyncSession, payout: Payout, fault: str) -> bool:
    """Nothing is done on the word of something that is not ours; a person must look."""
    await doubt(session, payout_id=payout.id)
    await alarms.sound(session, name="payout_misfit", subject=show("out", payout.id), detail={"fault": fault})
    return False


async def doubt(session: AsyncSession, *, payout_id: UUID) -> bool:
    """Nobody knows what the provider has done: it will be asked, and no other reference is ever made."""
    moved = await move(session, PAYOUT, Payout, "doubt", Payout.id == payout_id)
    for payout in moved:
        await emit(session, PayoutDoubtful(payout_id), audience=[payout.payee_id])
    return bool(moved)
