"""From a roster to the hands that sew: whose body is measured for which job, under a number in place of a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.wearers import queries, sealing
from clothingline.wearers.models import Roster, Wearer


@dataclass(frozen=True)
class Body:
    """The measures of one wearer in their stored unit, by code; None: the wearer has had them erased."""

    place: int
    values: Mapping[str, int] | None


async def order_roster(session: AsyncSession, roster: Roster, *, order_id: UUID) -> None:
    """The sizes of this roster are those of an order now. The roster is locked by the caller."""
    roster.order_id = order_id
    await session.flush()


async def release_roster(session: AsyncSession, roster: Roster) -> None:
    """The order that had these sizes was cancelled: they may be ordered again.

    Whoever has been forgotten since gives the place back, lest a piece is sewn for nobody. The roster is locked by the
    caller.
    """
    for one in await queries.list_wearers(session, roster.id):
        if one.key is None:
            one.removed_at, one.ready = business_time(), False
    roster.order_id = None
    await session.flush()


async def claim_bodies(session: AsyncSession, *, order_id: UUID, job_id: UUID, pieces: int) -> None:
    """So many pieces of a job are sewn to bodies: those of the first whom no job has. May be asked twice."""
    bodies = await _bodies_for_update(session, order_id)
    missing = pieces - sum(one.claim == job_id for one in bodies)
    for one in [one for one in bodies if one.claim is None][: max(missing, 0)]:
        one.claim = job_id
    await session.flush()


async def free_bodies(session: AsyncSession, *, order_id: UUID, job_id: UUID) -> None:
    """The job is cancelled; its maker sees nothing of these bodies any more, and another job may have them."""
    for one in await _bodies_for_update(session, order_id):
        one.claim = None if one.claim == job_id else one.claim
    await session.flush()


async def _bodies_for_update(session: AsyncSession, order_id: UUID) -> list[Wearer]:
    """Those of an order who are sewn for by their bodies, by number, under the lock of their roster."""
    roster = await queries.find_roster_of_order_for_update(session, order_id)
    rows = [] if roster is None else await queries.list_wearers(session, roster.id)
    return [one for one in rows if one.way == "body" and one.ready]


async def bodies_of(session: AsyncSession, job_id: UUID) -> list[Body]:
    """The bodies that a job is sewn for, by number, for a caller whose right to the job is settled.

    Raises `SealBroken`.
    """
    rows = await queries.list_bodies(session, job_id)
    return [Body(one.place, sealing.measures_of(one) or None) for one in rows]
