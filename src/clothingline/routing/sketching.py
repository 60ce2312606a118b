"""Plans for a wish that is no order yet: what the engine would answer, with nothing written down and nothing held."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.ids import new_id
from clothingline.orders.models import Order
from clothingline.routing import following, queries
from clothingline.routing.asking import ask_of
from clothingline.routing.files import unpack
from clothingline.routing.legend import Legend, legend_of
from clothingline.routing.market import Market, Own
from clothingline.routing.models import Plan, Solution
from clothingline.routing.problems import Ask
from clothingline.routing.service.recording import plan_row, share_rows
from clothingline.routing.thinking import Answer, explain_in_thread, offered, solve, think

LOOK_BEYOND = timedelta(weeks=8)
"""How far behind the wished day a nearest one is sought."""


@dataclass(frozen=True)
class Seen:
    """What was read for a sketch: the order as it would be, the market, and the question."""

    order: Order
    market: Market
    ask: Ask


@dataclass(frozen=True)
class Sketch:
    """Plans for a wish, the balanced one first; `needed_by` is later than wished when nothing can be had by then.

    `refusal`: why nothing can be had by the wished day, and what would help. `answer`: the engine's, for the plans.
    """

    plans: list[Plan]
    answer: Answer
    needed_by: date
    refusal: dict[str, Any] | None


async def look(session: AsyncSession, order: Order, *, today: date) -> Seen:
    """Read what the engine must know for an order, or for the sketch of one."""
    own = await _own(session, order)
    market = await following.load(session, today=today, until=order.needed_by + LOOK_BEYOND, own=own)
    return Seen(order, market, await ask_of(session, order))


async def look_at_all(session: AsyncSession, orders: Sequence[Order], *, today: date) -> list[Seen]:
    """The same for sketches of many orders that are wished by the same day: the market is read once."""
    if not orders:
        return []
    market = await following.load(session, today=today, until=max(order.needed_by for order in orders))
    return [Seen(order, market, await ask_of(session, order)) for order in orders]


async def _own(session: AsyncSession, order: Order) -> Own | None:
    held = await queries.find_held_plan(session, order.id)
    if held is None:
        return None
    return await queries.own_claims(session, order_id=order.id, shares=[share.id for share in held.shares])


async def sketch(seen: Seen) -> Sketch:
    """Ask the engine; where nothing can be had by the wished day, once more for the nearest day that would do."""
    answer = await think(seen.market, seen.ask)
    if answer.refusal is None:
        return Sketch(_plans(answer, seen.order), answer, seen.ask.needed_by, None)
    days = nearest_days(answer.refusal)
    if days is None:
        return Sketch([], answer, seen.ask.needed_by, answer.refusal)
    later = seen.ask.needed_by + timedelta(days=days)
    second = await think(seen.market, replace(seen.ask, needed_by=later))
    return Sketch(_plans(second, seen.order) if second.refusal is None else [], second, later, answer.refusal)


def solve_plans(seen: Seen) -> list[Plan]:
    """The plans for one question, none when nothing fits; it takes some time, so not on the event loop."""
    answer = solve(seen.market, seen.ask)
    return [] if answer.refusal is not None else _plans(answer, seen.order)


def nearest_days(refusal: dict[str, Any]) -> int | None:
    """By how many days the wish must wait for something to fit; None when waiting alone does not help."""
    alone = [one["steps"][0] for one in refusal["would_help"] if len(one["steps"]) == 1]
    return min((step["value"] for step in alone if step["limit"] == "due_day"), default=None)


@dataclass(frozen=True)
class Kept:
    """A plan with the question that it answers, packed."""

    plan: Plan
    packed: bytes
    legend: dict[str, Any]

    @classmethod
    async def of(cls, session: AsyncSession, plan: Plan) -> "Kept":
        """That of a plan that is stored."""
        kept = await session.get_one(Solution, plan.solution_id)
        return cls(plan, kept.problem, kept.legend)


def kept_of(found: Sketch, label: str) -> Kept | None:
    """That of a plan of a sketch; None where it has no plan of that name."""
    plan = next((one for one in found.plans if one.label == label), None)
    return None if plan is None else Kept(plan, found.answer.packed, legend_of(found.answer.market))


async def explain(kept: Kept) -> Plan:
    """The plan with its explanation, made now where the job that explains has not come to it."""
    if kept.plan.explanation is None:
        said = await explain_in_thread(unpack(kept.packed), Legend.of(kept.legend), kept.plan.number)
        kept.plan.explanation = said
    return kept.plan


def _plans(answer: Answer, order: Order) -> list[Plan]:
    return [_plan(answer, order, label, number) for label, number in offered(answer)]


def _plan(answer: Answer, order: Order, label: str, number: int) -> Plan:
    row = plan_row(answer, number, order, solution_id=new_id(), label=label, state="proposed", quote_id=None)
    row.shares = share_rows(answer, number, row.id, order.line.sizes)
    return row
