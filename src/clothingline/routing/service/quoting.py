"""Quotes: what the engine proposes for one order, held until it ends; and taking one of its plans."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import local_date
from clothingline.kit.db import Trip, trip
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.orders.errors import OrderChangedMeanwhile, OrderStateConflict, QuoteExpired
from clothingline.orders.models import Order, Quote
from clothingline.routing import queries
from clothingline.routing.errors import NoPlan, PlanNotOnOffer
from clothingline.routing.models import PLAN, Plan
from clothingline.routing.service.freezing import freeze_plan
from clothingline.routing.service.recording import hold_plan, plan_row, question_row, release_plan, share_rows
from clothingline.routing.thinking import Answer, offered
from clothingline.settings import OrderSettings


async def record_quote(
    session: AsyncSession, *, ref: str, reach: Reach, version: int, answer: Answer, now: datetime, rules: OrderSettings
) -> tuple[Order, Quote, list[Plan]]:
    """Store what the engine proposes, and hold cloth and capacity behind the first plan.

    Raises `NoPlan` with why and what would help, `OrderChangedMeanwhile`, `OrderStateConflict`, or the refusal of what
    was taken while the engine thought.
    """
    order = await orders.get_order(session, ref, reach, lock=True)
    _check(order, version, answer)
    await free_held(session, order.id)
    single = order.line.pieces == 1
    lasting = timedelta(hours=rules.quote_hours_single) if single else timedelta(days=rules.quote_days_run)
    async with trip(session) as going:
        quote = await order_steps.offer_quote(going, order=order, expires_at=now + lasting)
        plans = await _record(going, answer, order, quote.id)
        await hold_plan(going, plans[0], plans[0].shares, pieces=order.line.pieces)
    return order, quote, plans


def _check(order: Order, version: int, answer: Answer) -> None:
    if order.state not in ("draft", "quoted"):
        raise OrderStateConflict(state=order.state)
    if order.version != version:
        raise OrderChangedMeanwhile
    if answer.refusal is not None:
        raise NoPlan(**answer.refusal)


async def _record(going: Trip, answer: Answer, order: Order, quote_id: UUID) -> list[Plan]:
    """The question and its plans; the first is born held, for what it holds is sent on the same trip."""
    kept, plans = question_row(answer), list[Plan]()
    for label, number in offered(answer):
        state = "proposed" if plans else "held"
        row = plan_row(answer, number, order, solution_id=kept.id, label=label, state=state, quote_id=quote_id)
        row.shares = share_rows(answer, number, row.id, order.line.sizes)
        plans.append(row)
    for rows in ([kept], plans, [share for plan in plans for share in plan.shares]):
        await going.write(rows)
    return plans


async def free_held(session: AsyncSession, order_id: UUID) -> None:
    """Release the plans of earlier quotes and what was held behind one of them."""
    offered_before = await queries.list_open_plans(session, order_id)
    for plan in offered_before:
        if plan.state == "held":
            await release_plan(session, plan)
    if offered_before:
        await move(session, PLAN, Plan, "release", Plan.order_id == order_id, Plan.state.in_(("proposed", "held")))


async def take_plan(session: AsyncSession, *, order: Order, plan_id: UUID, rules: OrderSettings) -> Order:
    """Check out with one plan of the live quote, its price frozen; when it is not the held one, the holds move to it.

    Raises `QuoteExpired`, `PlanNotOnOffer`, `OrderStateConflict`, or the refusal of what is no longer free.
    """
    if order.state != "quoted":
        raise OrderStateConflict(state=order.state)
    quote = await orders.find_live_quote(session, order.id)
    if quote is None:
        raise QuoteExpired
    chosen = next((row for row in await queries.list_plans_of_quote(session, quote.id) if row.id == plan_id), None)
    if chosen is None or chosen.state not in ("proposed", "held"):
        raise PlanNotOnOffer
    if chosen.state == "proposed":
        await _move_holds(session, order, chosen)
    taken = await order_steps.accept_quote(
        session,
        order=order,
        price_idr=chosen.price_idr,
        promise_on=chosen.promise_on,
        brand_id=chosen.brand_id,
        rules=rules,
    )
    await freeze_plan(session, taken, chosen, quote_id=quote.id, on=local_date(quote.created_at), rules=rules)
    return taken


async def _move_holds(session: AsyncSession, order: Order, chosen: Plan) -> None:
    held = await queries.find_held_plan(session, order.id)
    if held is not None:
        await release_plan(session, held)
        await move(session, PLAN, Plan, "release", Plan.id == held.id)
    async with trip(session) as going:
        await hold_plan(going, chosen, chosen.shares, pieces=order.line.pieces)
    await move(session, PLAN, Plan, "hold", Plan.id == chosen.id)
