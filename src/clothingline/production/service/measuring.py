"""Body measures for the hands that need them, and a trace of every look."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.ids import show
from clothingline.measurements import service as measurements
from clothingline.production import queries
from clothingline.production.errors import MadeToSizes, MeasurementsClosed
from clothingline.production.events import MeasurementsRead
from clothingline.production.models import Job
from clothingline.production.service.moving import tell
from clothingline.reference import facts

OPEN = ("accepted", "ready", "in_progress", "blocked", "submitted", "rework", "passed")


@dataclass(frozen=True)
class BodyMeasures:
    """Measures of one body for one garment, by measurement in its stored unit, under a name that says nothing."""

    pseudonym: str
    garment_type: str
    values: dict[str, int]


async def read_measurements(session: AsyncSession, *, job_id: UUID, reach: Reach, by: UUID) -> BodyMeasures:
    """The measures that this garment needs and no other; the look is written down for the consumer to see.

    Raises `JobUnknown`, `MadeToSizes`, or `MeasurementsClosed` once the job has ended.
    """
    job = await queries.get_job(session, job_id, reach)
    card = await queries.get_card(session, job)
    if card.measurement_set_id is None:
        raise MadeToSizes
    if job.state not in OPEN:
        raise MeasurementsClosed
    held = await measurements.open_values(session, set_id=card.measurement_set_id)
    needed = facts.garment_types()[card.garment_type].measurements
    await tell(session, MeasurementsRead(job.id, card.measurement_set_id), job, by=by, consumer=True)
    return BodyMeasures(pseudonym(job), card.garment_type, {name: held[name] for name in needed if name in held})


def pseudonym(job: Job) -> str:
    """What the maker calls the person: the same within a job, different in the next."""
    return f"Pemesan {show('job', job.id)[-4:].upper()}"
