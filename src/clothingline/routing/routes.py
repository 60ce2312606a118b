"""Quotes, checkout, plans."""

from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Caller, Reach
from clothingline.kit.clock import local_date
from clothingline.kit.http.route import CurrentReach, Now, Session, api_router, look_think
from clothingline.kit.ids import read
from clothingline.orders import queries as orders
from clothingline.orders import schemas as order_schemas
from clothingline.orders.errors import OrderStateConflict
from clothingline.routing import following, queries, schemas, service
from clothingline.routing.asking import ask_of
from clothingline.routing.errors import PlanNotFound
from clothingline.routing.files import unpack
from clothingline.routing.legend import Legend
from clothingline.routing.models import Plan, Solution
from clothingline.routing.reasons import said_to
from clothingline.routing.thinking import explain_in_thread, prove_in_thread, think
from clothingline.settings import settings

router = api_router()


async def _look_at_market(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    order = await orders.get_order(session, request.path_params["order"], reach)
    if order.state not in ("draft", "quoted"):
        raise OrderStateConflict(state=order.state)
    own = None
    if (held := await queries.find_held_plan(session, order.id)) is not None:
        own = await queries.own_claims(session, order_id=order.id, shares=[share.id for share in held.shares])
    seen = await following.load(session, today=local_date(request.state.now), until=order.needed_by, own=own)
    return order.version, seen, await ask_of(session, order)


async def _ask_engine(seen: Any) -> Any:
    version, rows, ask = seen
    return version, await think(rows, ask)


@router.post("/orders/{order}/quotes", status_code=201, tags=["orders"], name="quote")
@look_think(_look_at_market, _ask_engine)
async def quote_order(
    order: order_schemas.OrderRef, request: Request, session: Session, reach: CurrentReach, now: Now
) -> schemas.PricedQuote:
    """Price and date, with up to three plans; cloth and capacity are held behind the first until the quote ends."""
    version, answer = request.state.thought
    found, quote, plans = await service.record_quote(
        session,
        ref=order,
        reach=reach,
        version=version,
        answer=answer,
        now=now,
        rules=settings().orders,
    )
    return schemas.priced(found.id, quote, plans)


@router.post("/orders/{order}/checkout", status_code=201, tags=["orders"], name="checkout")
async def check_out(
    order: order_schemas.OrderRef, body: schemas.CheckoutIn, session: Session, reach: CurrentReach
) -> order_schemas.OrderOut:
    """Take one plan of the live quote; then pay before the time is over."""
    found = await orders.get_order(session, order, reach, lock=True)
    taken = await service.take_plan(session, order=found, plan_id=body.plan, rules=settings().orders)
    return order_schemas.order_out(await orders.get_order_by_id(session, taken.id), consumer=True)


@router.get("/plans/{plan_id}", tags=["plans"], name="show")
async def show_plan(plan_id: schemas.PlanId, session: Session, reach: CurrentReach) -> schemas.PlanOut:
    """A plan with its price parts, promise, timeline and makers."""
    return schemas.plan_out(await queries.get_plan(session, plan_id, reach))


async def _look_at_plan(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    plan_id: UUID = _plan_id(request)
    plan = await queries.get_plan(session, plan_id, reach)
    return plan, await session.get_one(Solution, plan.solution_id)


def _plan_id(request: Request) -> UUID:
    try:
        return read("pol", request.path_params["plan_id"])
    except ValueError as error:
        raise PlanNotFound from error


async def _explain(seen: tuple[Plan, Solution]) -> Any:
    plan, kept = seen
    if plan.explanation is not None:
        return plan.explanation
    return await explain_in_thread(unpack(kept.problem), Legend.of(kept.legend), plan.number)


@router.get("/plans/{plan_id}/explanation", tags=["plans"], name="explain")
@look_think(_look_at_plan, _explain)
async def explain_plan(plan_id: schemas.PlanId, request: Request, reach: CurrentReach) -> schemas.ExplanationOut:
    """Why this plan, why not another, and what would change it."""
    return schemas.ExplanationOut(plan=plan_id, **said_to(request.state.thought, reach))


async def _prove(seen: tuple[Plan, Solution]) -> Any:
    plan, kept = seen
    stored = kept.certificate
    if stored is None:
        stored = await prove_in_thread(unpack(kept.problem), Legend.of(kept.legend), [plan.number])
    return stored["plans"][str(plan.number)]


@router.get("/plans/{plan_id}/certificate", tags=["plans"], name="certificate")
@look_think(_look_at_plan, _prove)
async def certify_plan(plan_id: schemas.PlanId, request: Request) -> schemas.CertificateOut:
    """How far this plan is from the best possible, checked by code that shares nothing with the engine."""
    return schemas.CertificateOut(plan=plan_id, **request.state.thought)
