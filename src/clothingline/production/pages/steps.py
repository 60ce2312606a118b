"""What a tailor says on the page of a step, and the service that carries it out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import captured
from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Words
from clothingline.production import queries, service
from clothingline.production.models import Job
from clothingline.production.storing import Stored
from clothingline.web.forms import PageForm
from clothingline.web.words import later


class StepForm(PageForm):
    """Pieces counted in the kit, or sewn well; photos come beside it."""

    pieces: Annotated[int, Field(ge=0, le=100_000)] | None = None
    good: Annotated[int, Field(ge=1, le=100_000)] | None = None
    note: Words | None = None


@dataclass(frozen=True)
class Said:
    """A step of a job as somebody has said that it is done."""

    job_id: UUID
    form: StepForm
    photos: list[Stored]
    reach: Reach
    by: UUID
    now: datetime


Finish = Callable[[AsyncSession, Said], Awaitable[Job]]


async def receive_kit(session: AsyncSession, said: Said) -> Job:
    """The cut cloth was counted; nothing typed is as many as planned."""
    planned = (await queries.get_job(session, said.job_id, said.reach)).pieces
    pieces = planned if said.form.pieces is None else said.form.pieces
    return await service.receive_kit(session, job_id=said.job_id, pieces=pieces, reach=said.reach, by=said.by)


async def start(session: AsyncSession, said: Said) -> Job:
    """Sewing begins."""
    return await service.start_job(session, job_id=said.job_id, reach=said.reach, by=said.by)


async def submit(session: AsyncSession, said: Said) -> Job:
    """Pieces go to inspection; whatever is not good is faulty. Raises `Invalid` without a photo."""
    if not said.photos:
        raise Invalid("/photo", "Ambil foto pekerjaan dulu.", "Take a photo of the work first.", code="missing")
    planned = (await queries.get_job(session, said.job_id, said.reach)).pieces
    good = planned if said.form.good is None else said.form.good
    photos = [
        await service.add_photo(
            session, job_id=said.job_id, path=one.path, picture=one.picture, reach=said.reach, by=said.by
        )
        for one in said.photos
    ]
    return await service.submit_job(
        session,
        job_id=said.job_id,
        good=good,
        faulty=max(planned - good, 0),
        photos=[photo.id for photo in photos],
        note=said.form.note,
        age=captured.age(),
        reach=said.reach,
        by=said.by,
    )


async def hand_over(session: AsyncSession, said: Said) -> Job:
    """The pieces are back at the brand."""
    return await service.hand_over(session, job_id=said.job_id, reach=said.reach, by=said.by)


FINISH: dict[str, tuple[Finish, str]] = {
    "receive_kit": (receive_kit, later("Kain sudah dihitung.")),
    "start": (start, later("Selamat menjahit.")),
    "submit": (submit, later("Terkirim. Merek akan memeriksa.")),
    "hand_over": (hand_over, later("Sudah diserahkan.")),
}
