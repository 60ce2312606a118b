"""Everything that the page of an order tells, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.fulfilment import queries as fulfilment
from clothingline.fulfilment.models import Shipment
from clothingline.garments.models import Design
from clothingline.kit.clock import business_now, local_date
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.routing import queries as routing
from clothingline.routing.cards import beginnings
from clothingline.routing.models import Plan
from clothingline.tracking import queries
from clothingline.tracking.moments import Witnesses, tell
from clothingline.tracking.promise import PASSED, Promise, Work, promise
from clothingline.tracking.queries import House, Maker
from clothingline.tracking.steps import StepSeen, steps


@dataclass(frozen=True)
class Story:
    """An order with its thing, its parties, its steps and its promise."""

    order: Order
    design: Design
    house: House | None
    makers: Sequence[Maker]
    shipment: Shipment | None
    steps: Sequence[StepSeen]
    promise: Promise | None
    today: date
    begins: datetime | None
    """Everybody has said yes; until then it may be taken back."""

    @property
    def finished(self) -> int:
        """Pieces that have passed their check."""
        return sum(one.job.pieces for one in self.makers if one.job.state in PASSED)

    @property
    def rest_idr(self) -> int:
        """What is still to be paid before it is sent."""
        return (self.order.price_idr or 0) - self.order.paid_idr if self.order.paid_idr else 0


async def read(session: AsyncSession, order: Order) -> Story:
    """The story of an order that was read with its line. Eleven statements at most."""
    design = (await queries.designs_of(session, [order.line.design_id]))[order.line.design_id]
    house = await queries.find_house(session, order.brand_id)
    plan = await routing.find_adopted_plan(session, order.id)
    makers = await queries.makers_of(session, order.id)
    shipment = await fulfilment.find_shipment(session, order.id)
    jobs = [one.job.id for one in makers]
    seen = Witnesses(
        house,
        makers,
        await queries.submissions_of(session, jobs) if jobs else [],
        await queries.verdicts_of(session, jobs) if jobs else [],
        shipment,
    )
    today = local_date(await business_now(session))
    told = steps(
        order.state,
        jobs=[one.job.state for one in makers],
        timeline=_days(order, plan),
        moments=tell(await orders.timeline(session, order.id), seen),
    )
    begins = (await beginnings(session, Order.id == order.id)).get(order.code) if order.state == "placed" else None
    return Story(order, design, house, makers, shipment, told, _promise(order, plan, makers, today), today, begins)


def _days(order: Order, plan: Plan | None) -> Mapping[str, Any]:
    """The days of the plan; the promise is the order's own, which a new plan moves only to a later day."""
    promised = {"promised": order.promise_on.isoformat()} if order.promise_on else {}
    return {**(plan.timeline if plan else {}), **promised}


def _promise(order: Order, plan: Plan | None, makers: Sequence[Maker], today: date) -> Promise | None:
    if order.promise_on is None:
        return None
    if plan is None:
        return Promise(order.promise_on)
    return promise(
        order.state,
        on=order.promise_on,
        usual_on=plan.usual_on,
        timeline=plan.timeline,
        works=[Work(one.job.state, one.planned_on, one.job.due_on, one.problem) for one in makers],
        today=today,
    )
