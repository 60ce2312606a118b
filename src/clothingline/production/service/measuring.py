"""Body measures for the hands that need them, and a trace of every look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.ids import show
from clothingline.measurements import queries as asked
from clothingline.measurements import service as measurements
from clothingline.production import queries
from clothingline.production.errors import MadeToSizes, MeasurementsClosed
from clothingline.production.events import JobMeasureConfirmed, MeasurementsRead
from clothingline.production.models import Job
from clothingline.production.queries import Card
from clothingline.production.service.moving import tell
from clothingline.reference import facts
from clothingline.wearers import service as wearers

OPEN = ("accepted", "ready", "in_progress", "blocked", "submitted", "rework", "passed")


@dataclass(frozen=True)
class BodyMeasures:
    """Measures of one body for one garment, by measurement in its stored unit, under a name that says nothing.

    `values` None: whoever it is has had them erased. `unconfirmed`: measures that somebody must ask about before the
    cut, some of which have no value.
    """

    pseudonym: str
    garment_type: str
    values: dict[str, int] | None
    unconfirmed: Sequence[str] = ()


async def read_measurements(session: AsyncSession, *, job_id: UUID, reach: Reach, by: UUID) -> list[BodyMeasures]:
    """What this garment needs, and what waits to be confirmed, of each body that the job is sewn for; nothing else.

    The look is written down for the consumer to see. Raises `JobUnknown`, `MadeToSizes`, or `MeasurementsClosed` once
    the job has ended.
    """
    job = await queries.get_job(session, job_id, reach)
    card = await queries.get_card(session, job)
    if not card.made_to_measure(job):
        raise MadeToSizes
    if job.state not in OPEN:
        raise MeasurementsClosed
    needed = facts.garment_types()[card.garment_type].measurements
    held = await _held(session, job, card)
    await tell(session, MeasurementsRead(job.id, card.measurement_set_id), job, by=by, consumer=True)
    waiting = await _unconfirmed(session, card)
    shown = [*needed, *(one for one in waiting if one not in needed)]
    return [BodyMeasures(name, card.garment_type, _needed(values, shown), waiting) for name, values in held]


async def _unconfirmed(session: AsyncSession, card: Card) -> list[str]:
    set_id = card.measurement_set_id
    return [] if set_id is None else await asked.list_unconfirmed(session, set_id)


async def confirm_measure(
    session: AsyncSession, *, job_id: UUID, measurement: str, value: int | None, reach: Reach, by: UUID
) -> Job:
    """The maker or the brand has asked whoever ordered, and knows a measure that was not sure; None: as it stands.

    Raises `JobUnknown`, `MadeToSizes`, `MeasurementsClosed`, or what the measures' house refuses.
    """
    job = await queries.get_job(session, job_id, reach)
    card = await queries.get_card(session, job)
    if card.measurement_set_id is None:
        raise MadeToSizes
    if job.state not in OPEN:
        raise MeasurementsClosed
    set_id = card.measurement_set_id
    await measurements.confirm_measure(session, set_id=set_id, measurement=measurement, value=value, by=by)
    await tell(session, JobMeasureConfirmed(job.id, set_id, measurement), job, by=by, consumer=True)
    return job


async def _held(session: AsyncSession, job: Job, card: Card) -> list[tuple[str, Mapping[str, int] | None]]:
    """The bodies behind a job: that of who ordered, or those of a group, under their numbers."""
    if card.measurement_set_id is not None:
        return [(pseudonym(job), await measurements.open_values(session, set_id=card.measurement_set_id))]
    return [(f"Nomor {one.place}", one.values) for one in await wearers.bodies_of(session, job.id)]


def _needed(values: Mapping[str, int] | None, names: Sequence[str]) -> dict[str, int] | None:
    return None if values is None else {name: values[name] for name in names if name in values}


def pseudonym(job: Job) -> str:
    """What the maker calls the person: the same within a job, different in the next."""
    return f"Pemesan {show('job', job.id)[-4:].upper()}"
