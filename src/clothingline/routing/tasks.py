"""What routing does when something has happened, and what it tidies by the clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, jobs, sweeping
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.failpoints import failpoint
from clothingline.kit.jobs import task
from clothingline.orders import queries as orders
from clothingline.routing import following, queries, service
from clothingline.routing.files import unpack
from clothingline.routing.legend import Legend
from clothingline.routing.models import Plan, Solution
from clothingline.routing.thinking import explain_in_thread, prove_in_thread, think
from clothingline.settings import settings

TRIES = 5


class MarketKeepsMoving(Exception):
    """Others changed the order at every try; the queue will try again."""


@task
async def explain_plans(*, order_id: str, **_: str) -> None:
    """Explain and prove the plans of an order that are not explained yet."""
    async with db.transaction() as session:
        waiting = await _unexplained(session, UUID(order_id))
    for plan_id, number, packed, legend in waiting:
        said = await explain_in_thread(unpack(packed), Legend.of(legend), number)
        await failpoint("routing.explain_plans:explained")
        async with db.transaction() as session:
            await session.execute(update(Plan).where(Plan.id == plan_id).values(explanation=said))
    await _prove(UUID(order_id))


async def _unexplained(session: AsyncSession, order_id: UUID) -> list[tuple[UUID, int, bytes, dict[str, str]]]:
    query = (
        select(Plan.id, Plan.number, Solution.problem, Solution.legend)
        .join(Solution, Solution.id == Plan.solution_id)
        .where(Plan.order_id == order_id, Plan.explanation.is_(None))
    )
    return [(row.id, row.number, row.problem, row.legend) for row in await session.execute(query)]


async def _prove(order_id: UUID) -> None:
    async with db.transaction() as session:
        waiting = await _unproven(session, order_id)
    for kept, numbers in waiting:
        proof = await prove_in_thread(unpack(kept.problem), Legend.of(kept.legend), numbers)
        await failpoint("routing.explain_plans:proven")
        async with db.transaction() as session:
            await session.execute(update(Solution).where(Solution.id == kept.id).values(certificate=proof))


async def _unproven(session: AsyncSession, order_id: UUID) -> list[tuple[Solution, Sequence[int]]]:
    """Questions without a certificate, each with the numbers of the plans that were kept of its answer."""
    query = (
        select(Solution, func.array_agg(Plan.number))
        .join(Plan, Plan.solution_id == Solution.id)
        .where(Solution.order_id == order_id, Solution.certificate.is_(None))
        .group_by(Solution.id)
    )
    return [(kept, numbers) for kept, numbers in await session.execute(query)]


@task
async def adopt(*, order_id: str) -> None:
    """A paid order: its held plan is carried out, its parties are asked."""
    async with db.transaction() as session:
        now = await business_now(session)
        await service.adopt_plan(session, order_id=UUID(order_id), now=now, rules=settings().offers)


@task
async def reroute(*, order_id: str, **_: str) -> None:
    """Fill the places that are empty in an order that waits for its parties."""
    await _until_filled(UUID(order_id), chosen=False)


@task
async def reroute_chosen(*, order_id: str) -> None:
    """The consumer has loosened a limit: look once more, however many rounds there were."""
    await _until_filled(UUID(order_id), chosen=True)


async def _until_filled(order_id: UUID, *, chosen: bool) -> None:
    for _attempt in range(TRIES):
        if await _reroute_once(order_id, chosen=chosen):
            return
    raise MarketKeepsMoving(order_id)


async def _reroute_once(order_id: UUID, *, chosen: bool) -> bool:
    async with db.transaction() as session:
        gap = await service.find_gap(session, order_id=order_id, now=await business_now(session))
    if gap is None:
        return True
    await failpoint("routing.reroute:read")
    answer = await think(gap.market, gap.wished)
    if answer.refusal is not None and gap.named:
        # Whom the officer named does not fit after all: the engine chooses.
        answer = await think(gap.market, gap.ask)
    if answer.refusal is not None and gap.kept:
        # Nobody sews yet: before the consumer is asked, the others may be given more pieces or fewer.
        answer = await think(gap.market, replace(gap.ask, pins={}))
    await failpoint("routing.reroute:thought")
    async with db.transaction() as session:
        now = await business_now(session)
        return await service.fill_gap(
            session, order_id=order_id, gap=gap, answer=answer, now=now, rules=settings().offers, chosen=chosen
        )


@task
async def release_lapsed(*, order_id: str, **_: str) -> None:
    """A quote ended: what it held is free again."""
    async with db.transaction() as session:
        await service.release_lapsed(session, order_id=UUID(order_id))


@task
async def release_unpaid(*, order_id: str, quote_id: str | None = None, **_: str) -> None:
    """The payment of a quote ran out: the order is a draft again, unless it was checked out anew."""
    async with db.transaction() as session:
        await service.release_unpaid(session, order_id=UUID(order_id), quote_id=UUID(quote_id) if quote_id else None)


@task
async def release_cancelled(*, order_id: str) -> None:
    """A cancelled order gives everything back."""
    async with db.transaction() as session:
        await service.release_cancelled(session, order_id=UUID(order_id))


async def expire_offers() -> int:
    """End the offers whose deadline has passed; returns how many."""
    async with db.transaction() as session:
        lapsed = await queries.list_lapsed_offers(session)
    return await sweeping.each(lapsed, _expire)


async def _expire(session: AsyncSession, offer_id: UUID) -> bool:
    return await service.expire_offer(session, offer_id=offer_id)


async def confirm_orders() -> int:
    """Confirm the orders whose every party has accepted, past the undo; returns how many."""
    async with db.transaction() as session:
        settled = await queries.list_confirmable(session, undo=_undo())
    return await sweeping.each(settled, _confirm)


def _undo() -> timedelta:
    return timedelta(minutes=settings().offers.undo_minutes)


async def _confirm(session: AsyncSession, order_id: UUID) -> bool:
    return await service.confirm_order(session, order_id=order_id, undo=_undo())


async def take_up_forgotten() -> int:
    """Queue a job for every paid order that lacks a plan or a party while no job is left for it; returns how many.

    A job that has failed at every try would otherwise leave an order that nobody looks at.
    """
    async with db.transaction() as session:
        forgotten = await queries.list_forgotten(session)
    return await sweeping.each(forgotten, _take_up)


async def _take_up(session: AsyncSession, order_id: UUID) -> bool:
    await orders.get_order_by_id(session, order_id, lock=True)  # of two sweeps at once, the second sees the job
    said = {"order_id": str(order_id)}
    if await jobs.is_waiting(session, (adopt, reroute, reroute_chosen), said):
        return False
    held = await queries.find_held_plan(session, order_id)
    await jobs.defer(session, reroute if held is None else adopt, said)
    return True


async def open_weeks_ahead() -> int:
    """Open the weeks of all makers and brands as far as quotes look, so that no quote waits for it; returns 1 when some
    were missing."""
    async with db.transaction() as session:
        return int(await following.open_ahead(session, today=local_date(await business_now(session))))
