"""What is available to a payee becomes one payout, whose key says which money it is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach
from clothingline.kit.clock import local_date
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.kit.money import RUPIAH
from clothingline.ledger import service as ledger
from clothingline.payouts import postings, queries
from clothingline.payouts.errors import AccountJustChanged, NothingAvailable, PayeeNotReady, PayoutWaiting
from clothingline.payouts.events import PayoutCollected
from clothingline.payouts.models import Payee, Payout, PayoutItem, key_of
from clothingline.payouts.service.approving import approve_small
from clothingline.payouts.service.resting import rests_until
from clothingline.settings import settings


async def collect(session: AsyncSession, *, payee_id: UUID, now: datetime) -> Payout | None:
    """The payout of everything that is available to a payee; None when nothing may or can leave, or one waits.

    Under the payee's lock. Below the limit of two people it is approved at once. Only a payout that was made ends the
    payee's day: otherwise it is looked for again.
    """
    payee = await queries.get_payee_for_update(session, payee_id)
    if payee.state != "active" or now < rests_until(payee):
        return None
    payout = await _collect(session, payee)
    if payout is not None:
        payee.collected_on = local_date(now)
    return payout


async def collect_wished(session: AsyncSession, *, payee_id: UUID, now: datetime, reach: Reach) -> Payout:
    """The same when the payee asks for it. Raises what hinders it, as a refusal."""
    payee = await queries.get_payee(session, payee_id, reach, lock=True)
    if payee.state != "active":
        raise PayeeNotReady
    if now < (rested := rests_until(payee)):
        raise AccountJustChanged(from_at=rested)
    if await queries.find_waiting_payout(session, payee_id) is not None:
        raise PayoutWaiting
    payout = await _collect(session, payee)
    if payout is None:
        raise NothingAvailable
    return payout


async def _collect(session: AsyncSession, payee: Payee) -> Payout | None:
    if await queries.find_waiting_payout(session, payee.id) is not None:
        return None
    taken = await _free(session, payee)
    total = sum(one.net_idr for one in taken)
    if total < settings().payouts.minimum_idr:
        return None
    payout = await _draft(session, payee, taken, total)
    if payout is not None:
        await earnings.to_batch(session, [one.id for one in taken])
        await ledger.book_all(session, [postings.collect(payout)])
        await emit(session, PayoutCollected(payout.id), audience=[payee.id])
        return await approve_small(session, payout)
    return None


async def _free(session: AsyncSession, payee: Payee) -> list[Earning]:
    """What is available, less what still lies in the payee's account of a payout that has ended otherwise."""
    taken = await earnings.take_available(session, organisation_id=payee.id)
    with_payee = await queries.list_with_payee(session, payee.id, days=settings().payouts.take_back_days)
    return [one for one in taken if one.id not in with_payee]


async def _draft(session: AsyncSession, payee: Payee, taken: Sequence[Earning], total: int) -> Payout | None:
    key = key_of(payee.id, RUPIAH, [(one.id, one.batch) for one in taken])
    values = {"id": new_id(), "payee_id": payee.id, "amount_idr": total, "key": key, "state": "draft"}
    statement = insert(Payout).values(values).on_conflict_do_nothing(index_elements=["key"]).returning(Payout)
    payout: Payout | None = await session.scalar(statement)
    if payout is not None:
        rows = [
            {
                "id": new_id(),
                "payout_id": payout.id,
                "earning_id": one.id,
                "batch": one.batch,
                "amount_idr": one.net_idr,
            }
            for one in taken
        ]
        await session.execute(insert(PayoutItem), rows)
    return payout
