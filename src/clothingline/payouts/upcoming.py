"""What leaves for a payee next, and when, as far as it is known today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach
from clothingline.kit.clock import WIB, local_date
from clothingline.payouts.models import Payee

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Transfer:
    """The next payout of a payee; `day` is None for one who asks for each, `last4` until there is a bank account."""

    payee: Payee
    day: date | None
    amount_idr: int


async def next_transfer(session: AsyncSession, reach: Reach, *, now: datetime) -> Transfer | None:
    """What leaves next for the caller's workshop; None before it has said that it wants to be paid."""
    payee = await session.scalar(select(Payee).where(Payee.id.in_(reach.tailors)).order_by(Payee.id).limit(1))
    if payee is None:
        return None
    day = _next_day(payee, local_date(now))
    return Transfer(payee, day, await _ready_by(session, payee, day or local_date(now)))


def _next_day(payee: Payee, today: date) -> date | None:
    """The next day on which money leaves by itself; a day that was served is over."""
    first = today + ONE_DAY if payee.collected_on == today else today
    if payee.cadence == "daily":
        return first
    if payee.cadence == "weekly":
        return first + timedelta(days=(payee.weekday - first.isoweekday()) % 7)
    return None


async def _ready_by(session: AsyncSession, payee: Payee, day: date) -> int:
    """What is available, and what will be until that morning."""
    morning = datetime.combine(day, time.min, WIB)
    ripe = or_(Earning.state == "available", (Earning.state == "earned") & (Earning.available_at <= morning))
    net = func.coalesce(func.sum(Earning.amount_idr - Earning.withheld_idr - Earning.recovered_idr), 0)
    return int((await session.scalars(select(net).where(Earning.organisation_id == payee.id, ripe))).one())
