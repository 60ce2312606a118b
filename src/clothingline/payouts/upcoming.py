"""What leaves for a payee next, and when, as far as it is known today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach
from clothingline.kit.clock import WIB, local_date
from clothingline.payouts import queries, service
from clothingline.payouts.models import Payee

EVERY = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}


@dataclass(frozen=True)
class Transfer:
    """The next payout of a payee; `day` is None for one who asks for each, or who may not be paid (yet)."""

    payee: Payee
    day: date | None
    amount_idr: int

    @property
    def on_demand(self) -> bool:
        """Whether it leaves when its owner asks for it, and may be asked for."""
        return self.payee.cadence not in EVERY and self.payee.state == "active"


async def next_transfer(session: AsyncSession, reach: Reach, *, now: datetime) -> Transfer | None:
    """What leaves next for the caller's workshop; None before it has said that it wants to be paid."""
    payee = await session.scalar(select(Payee).where(Payee.id.in_(reach.tailors)).order_by(Payee.id).limit(1))
    if payee is None:
        return None
    if payee.cadence not in EVERY or payee.state != "active":
        return Transfer(payee, None, await _ready_by(session, payee, now))
    leaves = max(_turn(payee, local_date(now)), service.rests_until(payee))
    amount = await _ready_by(session, payee, leaves)
    if not amount and (ripe := await _next_ripe(session, payee, leaves)) is not None:
        leaves, amount = ripe, await _ready_by(session, payee, ripe)
    return Transfer(payee, local_date(leaves), amount)


def _turn(payee: Payee, today: date) -> datetime:
    """From when on money leaves by itself, as `queries.list_due_payees` has it: a turn lasts until a payout is made."""
    last = today if payee.cadence == "daily" else queries.last_weekday(payee.weekday, today)
    is_over = payee.collected_on is not None and payee.collected_on >= last
    return datetime.combine(last + EVERY[payee.cadence] if is_over else today, time.min, WIB)


async def _ready_by(session: AsyncSession, payee: Payee, moment: datetime) -> int:
    """What is available, and what will be by then."""
    ripe = or_(Earning.state == "available", (Earning.state == "earned") & (Earning.available_at <= moment))
    net = func.coalesce(func.sum(Earning.net_idr), 0)
    return int((await session.scalars(select(net).where(Earning.organisation_id == payee.id, ripe))).one())


async def _next_ripe(session: AsyncSession, payee: Payee, after: datetime) -> datetime | None:
    """When the next earning becomes available."""
    waiting = (Earning.organisation_id == payee.id, Earning.state == "earned", Earning.available_at > after)
    return await session.scalar(select(func.min(Earning.available_at)).where(*waiting))
