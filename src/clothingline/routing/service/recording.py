"""Writing a plan of the engine down, and setting aside or freeing what it uses."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import matching
from clothingline.brands import service as brands
from clothingline.kit.db import Trip
from clothingline.kit.ids import new_id
from clothingline.kit.weeks import monday_of
from clothingline.materials import service as materials
from clothingline.orders.models import Order
from clothingline.reference.taxes import ppn
from clothingline.routing.asking import options_idr
from clothingline.routing.legend import legend_of
from clothingline.routing.models import Plan, PlanShare, Solution
from clothingline.routing.thinking import PARAMS, Answer
from clothingline.tailors import service as tailors

STAGES = {
    "cloth": "cloth_day",
    "cut": "cut_day",
    "sewn": "sewn_day",
    "returned": "returned_day",
    "finished": "finish_day",
    "usual": "p50_day",
    "promised": "p90_day",
}


def question_row(answer: Answer) -> Solution:
    """What the engine was asked, so that its answer can be explained, proved and replayed."""
    return Solution(
        id=new_id(),
        order_id=answer.ask.order_id,
        params_version=PARAMS.name,
        problem=answer.packed,
        legend=legend_of(answer.market),
        certificate=None,
    )


def plan_row(
    answer: Answer,
    number: int,
    order: Order,
    *,
    solution_id: UUID,
    label: str,
    state: str,
    quote_id: UUID | None,
    round_: int = 0,
) -> Plan:
    """A plan of the engine as a row, without its shares.

    Options, and the PPN of a taxable brand, are added to price and cost as parts of their own.
    """
    plan, market = answer.plans[number], answer.market
    options, brand = options_idr(order), market.brands.rows[plan.brand]
    tax = ppn(plan.paid + options, market.today).tax_idr if brand.adds_ppn(market.today) else 0
    more = options + tax
    return Plan(
        id=new_id(),
        order_id=order.id,
        quote_id=quote_id,
        round=round_,
        label=label,
        state=state,
        brand_id=brand.id,
        lot_id=market.lots.rows[plan.lot].id,
        cloth_cm=plan.cloth_cm,
        price_idr=plan.paid + more,
        cost_idr=plan.cost + more,
        bound_idr=min(one.cost for one in answer.plans) + more,
        parts=parts_of(plan, options, tax),
        usual_on=answer.date(plan.p50_day),
        promise_on=answer.date(plan.p90_day),
        timeline={stage: answer.date(getattr(plan, day)).isoformat() for stage, day in STAGES.items()},
        cut_week=monday_of(answer.date(plan.cut_start_day)),
        solution_id=solution_id,
        number=number,
        explanation=None,
        shares=[],
    )


def parts_of(plan: matching.Plan, options: int, tax: int) -> list[dict[str, Any]]:
    """The cost parts that are not zero; they add up to the cost exactly, the paid ones to the price."""
    parts = [*plan.parts.items(), ("options", options, True), ("ppn", tax, True)]
    return [{"code": code, "amount": amount, "paid": paid} for code, amount, paid in parts if amount]


def share_rows(answer: Answer, number: int, plan_id: UUID, sizes: Mapping[str, int]) -> list[PlanShare]:
    """The shares of a plan as rows, sizes dealt out in order so that a maker gets few different ones."""
    left = dict(sizes)
    return [_share_row(answer, share, plan_id, left) for share in answer.plans[number].shares]


def _share_row(answer: Answer, share: matching.Share, plan_id: UUID, left: dict[str, int]) -> PlanShare:
    return PlanShare(
        id=new_id(),
        plan_id=plan_id,
        tailor_id=answer.market.makers.rows[share.maker].id,
        pieces=share.pieces,
        sizes=deal(left, share.pieces),
        pay_idr=share.pay_idr + PARAMS.set_up_idr,
        weeks={answer.market.mondays[week].isoformat(): seconds for week, seconds in share.seconds},
        due_on=answer.date(share.returned_day),
    )


def deal(left: dict[str, int], pieces: int) -> dict[str, int]:
    """Take `pieces` out of what is left by size, size after size; `left` shrinks."""
    taken: dict[str, int] = {}
    for size in list(left):
        count = min(left[size], pieces - sum(taken.values()))
        if count:
            taken[size] = count
            left[size] -= count
    return taken


def weeks_of(share: PlanShare) -> dict[date, int]:
    """Seconds by Monday."""
    return {date.fromisoformat(monday): seconds for monday, seconds in share.weeks.items()}


async def hold_plan(going: Trip, plan: Plan, shares: list[PlanShare], *, pieces: int) -> None:
    """Set aside cloth, the brand's week and the makers' weeks, all of them open, for an order that holds nothing.

    Makers in the order of their ids, so that two orders never wait for each other. After the trip comes the refusal of
    whatever was taken meanwhile; then the caller gives up all of it.
    """
    order = plan.order_id
    await materials.send_cloth(going, claim=order, lot_id=plan.lot_id, cm=plan.cloth_cm)
    await brands.send_pieces(going, claim=order, brand_id=plan.brand_id, monday=plan.cut_week, pieces=pieces)
    for share in sorted(shares, key=lambda share: share.tailor_id):
        await tailors.send_time(going, claim=share.id, tailor_id=share.tailor_id, weeks=weeks_of(share))


async def release_plan(session: AsyncSession, plan: Plan) -> None:
    """Free everything that a plan and its order have set aside."""
    await materials.release_cloth(session, claim=plan.order_id)
    await brands.release_pieces(session, claim=plan.order_id)
    for share in sorted(plan.shares, key=lambda share: share.tailor_id):
        await tailors.release_time(session, claim=share.id)
