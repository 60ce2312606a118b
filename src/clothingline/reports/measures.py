"""The measures of the programme: a number over a period, and week by week, each with how many cases stand behind it.

A number of few cases is not shown: it says little, and it may say too much about one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Subquery, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from clothingline.earnings.models import Earning
from clothingline.fulfilment.models import Shipment
from clothingline.kit.clock import business_time
from clothingline.kit.events import Event
from clothingline.orders.models import Order
from clothingline.payouts.models import Payout, PayoutItem
from clothingline.production.models import Inspection
from clothingline.routing.models import Offer
from clothingline.tailors.models import Tailor

FEWEST = 10
"""Cases below which a number is kept back."""
ZONE = "Asia/Jakarta"
HOUR, DAY = 3_600, 86_400


@dataclass(frozen=True)
class Week:
    """One week: its Monday, the number, and of how many cases."""

    monday: date
    value: float
    n: int


@dataclass(frozen=True)
class Figure:
    """One measure over a period; `value` is None while there are too few cases. `weeks` have enough each."""

    code: str
    value: float | None
    n: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Spread:
    """How something is shared among `n` workshops; no `values` while they are too few, or there is nothing yet."""

    code: str
    n: int
    values: tuple[int, ...]

    @property
    def is_of_few(self) -> bool:
        """Whether so few workshops could be told apart."""
        return self.n < FEWEST


def _on_time() -> Select[*tuple[Any, ...]]:
    """100 for a parcel that came by the promised day, else 0."""
    day = cast(func.timezone(ZONE, Shipment.delivered_at), Date)
    kept = case((day <= Order.promise_on, 100.0), else_=0.0)
    return select(Shipment.delivered_at.label("at"), kept.label("value")).join(Order, Order.id == Shipment.order_id)


def _first_pass() -> Select[*tuple[Any, ...]]:
    """100 for work that passed at its first inspection, else 0."""
    place = func.row_number().over(partition_by=Inspection.job_id, order_by=Inspection.id)
    judged = select(Inspection.state, Inspection.state_at, place.label("place"))
    one = judged.where(Inspection.state.in_(("passed", "failed"))).subquery()
    passed = case((one.c.state == "passed", 100.0), else_=0.0)
    return select(one.c.state_at.label("at"), passed.label("value")).where(one.c.place == 1)


def _time_to_match() -> Select[*tuple[Any, ...]]:
    """Hours from the payment of an order until everybody has said yes."""
    paid, agreed = aliased(Event), aliased(Event)
    order = "order_id"
    same = agreed.facts[order].astext == paid.facts[order].astext
    hours = func.extract("epoch", agreed.at - paid.at) / HOUR
    both = select(agreed.at.label("at"), hours.label("value")).join(paid, same)
    return both.where(agreed.name == "OrderConfirmed", paid.name == "OrderPaid")


def _payment_delay() -> Select[*tuple[Any, ...]]:
    """Days from when money was free until it had arrived, for each part of a payout to a workshop."""
    days = func.extract("epoch", Payout.state_at - Earning.available_at) / DAY
    return (
        select(Payout.state_at.label("at"), days.label("value"))
        .join(PayoutItem, PayoutItem.payout_id == Payout.id)
        .join(Earning, Earning.id == PayoutItem.earning_id)
        .where(Payout.state == "settled", Earning.source_type == "job", Earning.available_at.is_not(None))
    )


SHARES = {"on_time": _on_time, "first_pass": _first_pass}
"""Measures that are a share of all cases, in percent."""
MIDDLES = {"time_to_match": _time_to_match, "payment_delay": _payment_delay}
"""Measures of which the middle case counts."""
CODES = (*SHARES, *MIDDLES)
SPREADS = ("offers", "income")


async def figure_of(session: AsyncSession, code: str, *, days: int) -> Figure:
    """A measure over the last `days`. Two statements. Raises `KeyError` for one that does not exist."""
    found = (SHARES[code] if code in SHARES else MIDDLES[code])().subquery()
    recent = found.c.at > business_time() - timedelta(days=days)
    number = _number(code, found)
    n, whole = (await session.execute(select(func.count(), number).select_from(found).where(recent))).one()
    week = cast(func.date_trunc("week", func.timezone(ZONE, found.c.at)), Date)
    weekly = select(week, number, func.count()).where(recent).group_by(week).having(func.count() >= FEWEST)
    weeks = tuple(Week(row[0], float(row[1]), int(row[2])) for row in await session.execute(weekly.order_by(week)))
    return Figure(code, float(whole) if n >= FEWEST else None, int(n), weeks)


def _number(code: str, found: Subquery) -> ColumnElement[Any]:
    return func.avg(found.c.value) if code in SHARES else func.percentile_cont(0.5).within_group(found.c.value)


async def spread_of(session: AsyncSession, code: str, *, days: int) -> Spread:
    """How offers or income of the last `days` are shared among all workshops. Raises `KeyError`."""
    given = _GIVEN[code](timedelta(days=days)).subquery()
    amount = func.coalesce(given.c.amount, 0)
    query = select(amount).select_from(Tailor).outerjoin(given, given.c.tailor_id == Tailor.id).order_by(amount)
    values = tuple(int(one) for one in await session.scalars(query))
    return Spread(code, len(values), values if len(values) >= FEWEST and any(values) else ())


def _offers(ago: timedelta) -> Select[*tuple[Any, ...]]:
    sent = select(Offer.organisation_id.label("tailor_id"), func.count().label("amount"))
    recent = (Offer.kind == "tailor", Offer.created_at > business_time() - ago)
    return sent.where(*recent).group_by(Offer.organisation_id)


def _income(ago: timedelta) -> Select[*tuple[Any, ...]]:
    earned = select(Earning.organisation_id.label("tailor_id"), func.sum(Earning.amount_idr).label("amount"))
    recent = (Earning.source_type == "job", Earning.available_at > business_time() - ago)
    return earned.where(*recent).group_by(Earning.organisation_id)


_GIVEN: Mapping[str, Any] = {"offers": _offers, "income": _income}
