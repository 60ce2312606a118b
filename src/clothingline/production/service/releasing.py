"""The brand cuts the cloth and sends the kits."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.materials import service as materials
from clothingline.measurements import queries as measurements
from clothingline.orders import queries as orders
from clothingline.orders import service as orders_service
from clothingline.orders.models import Order
from clothingline.production import queries
from clothingline.production.errors import MeasuresUnconfirmed, OrderNotConfirmed, RunNotWaiting, RunWithoutJobs
from clothingline.production.events import RunReleased
from clothingline.production.models import RUN, Job, Run
from clothingline.reference import facts


async def release_run(session: AsyncSession, *, run_id: UUID, reach: Reach, by: UUID) -> Run:
    """Cut the cloth of a confirmed order and send its kits; from now on nothing can be changed.

    Raises `RunUnknown`, `RunNotWaiting`, `OrderNotConfirmed`, `RunWithoutJobs`, `MeasuresUnconfirmed`, or what the
    cloth's house refuses.
    """
    seen = await queries.get_run(session, run_id, reach)
    order = await orders.get_order_by_id(session, seen.order_id, lock=True)
    run = await queries.get_run(session, run_id, reach, lock=True)
    jobs = await queries.list_jobs_of_run(session, run.id, lock=True)
    _check(run, order, pieces=sum(job.pieces for job in jobs))
    await _check_measures(session, order)
    [released] = await move(session, RUN, Run, "release", Run.id == run.id, by=by, released_at=business_time())
    await materials.cut_cloth(session, claim=run.order_id, by=by)
    await orders_service.mark_cut(session, order_id=order.id, by=by)
    await _send_kits(session, run.id)
    audience = [run.brand_id, order.consumer_id, *(job.tailor_id for job in jobs)]
    await emit(session, RunReleased(run.id, order.id), by=by, audience=audience)
    return released


def _check(run: Run, order: Order, *, pieces: int) -> None:
    if run.state != "materials_reserved":
        raise RunNotWaiting
    if order.state != "confirmed":
        raise OrderNotConfirmed
    if pieces != run.pieces:
        raise RunWithoutJobs


async def _check_measures(session: AsyncSession, order: Order) -> None:
    """Nothing is cut by a measure of which nobody is sure."""
    set_id = order.line.measurement_set_id
    unsure = [] if set_id is None else await measurements.list_unconfirmed(session, set_id)
    if unsure:
        known = [facts.measurements()[one] for one in unsure]
        in_both = {"id": ", ".join(one.name_id for one in known), "en": ", ".join(one.name_en for one in known)}
        raise MeasuresUnconfirmed(measures=in_both)


async def _send_kits(session: AsyncSession, run_id: UUID) -> None:
    waiting = (Job.run_id == run_id, Job.state == "accepted", Job.kit_sent_at.is_(None))
    sent = update(Job).where(*waiting).values(kit_sent_at=business_time())
    await session.execute(sent.execution_options(synchronize_session=False))
