"""What a workshop has earned, by where the money is, by week, and job by job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import queries as earnings
from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach
from clothingline.kit.clock import local_date
from clothingline.kit.weeks import monday_of
from clothingline.orders.models import Order
from clothingline.payouts import service as payouts
from clothingline.payouts.models import Payout, PayoutItem
from clothingline.payouts.upcoming import Transfer

WEEKS = 8
BUCKETS = {"expected": "expected", "earned": "earned", "available": "available", "in_batch": "sending", "paid": "sent"}


@dataclass(frozen=True)
class Earned:
    """One thing done: its order, what was offered, what is due of it, where that money is."""

    code: str
    state: str
    offered_idr: int
    withheld_idr: int
    recovered_idr: int
    payout_id: UUID | None

    @property
    def due_idr(self) -> int:
        """What is left of what was offered after tax and what was paid back."""
        return self.offered_idr - self.withheld_idr - self.recovered_idr


def rests_until(transfer: Transfer | None, now: datetime) -> datetime | None:
    """Until when no money leaves for a bank account because it is new; None for one that has rested."""
    if transfer is None or transfer.payee.state != "active":
        return None
    until = payouts.rests_until(transfer.payee)
    return until if until > now else None


async def sums_by_bucket(session: AsyncSession, reach: Reach) -> dict[str, int]:
    """Rupiah in each bucket that a tailor sees."""
    found = await earnings.sums_by_state(session, reach.tailors)
    return {word: found.get(state, 0) for state, word in BUCKETS.items()}


async def list_earned(session: AsyncSession, reach: Reach, *, limit: int = 50) -> Sequence[Earned]:
    """What was earned or will be, newest first, with the payout that carried it."""
    newest = (
        select(PayoutItem.payout_id)
        .where(PayoutItem.earning_id == Earning.id)
        .order_by(PayoutItem.batch.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (Order.code, Earning.state, Earning.amount_idr, Earning.withheld_idr, Earning.recovered_idr, newest)
    query = select(*columns).join(Order, Order.id == Earning.order_id)
    mine = (Earning.organisation_id.in_(reach.tailors), Earning.state != "voided")
    rows = await session.execute(query.where(*mine).order_by(Earning.id.desc()).limit(limit))
    return [Earned(*row) for row in rows]


async def sent_by_week(session: AsyncSession, reach: Reach, *, now: datetime) -> dict[date, int]:
    """Rupiah that reached the bank in each of the last eight weeks, by Monday."""
    this_week = monday_of(local_date(now))
    weeks = {this_week - timedelta(weeks=back): 0 for back in reversed(range(WEEKS))}
    settled = (
        Payout.payee_id.in_(reach.tailors),
        Payout.state == "settled",
        Payout.state_at > now - timedelta(weeks=9),
    )
    for at, amount in await session.execute(select(Payout.state_at, Payout.amount_idr).where(*settled)):
        if (monday := monday_of(local_date(at))) in weeks:
            weeks[monday] += amount
    return weeks
