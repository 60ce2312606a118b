"""Photos of work."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.production import defects, queries
from clothingline.production.errors import JobWithdrawn, VerdictGiven
from clothingline.production.events import PhotoTaken
from clothingline.production.models import Photo
from clothingline.production.pictures import Picture
from clothingline.production.service.moving import tell


async def add_photo(
    session: AsyncSession, *, job_id: UUID, path: str, picture: Picture, reach: Reach, by: UUID
) -> Photo:
    """Record a picture whose bytes stand in the file store under `path`. Raises `JobUnknown` or `JobWithdrawn`."""
    job = await queries.get_job(session, job_id, reach)
    if job.state == "cancelled":
        raise JobWithdrawn
    photo = Photo(job_id=job.id, by=by, path=path, sha256=picture.sha256, size=len(picture.content))
    photo.width, photo.height = picture.width, picture.height
    session.add(photo)
    await session.flush()
    await tell(session, PhotoTaken(photo.id, job.id), job, by=by)
    return photo


async def add_defect_photo(
    session: AsyncSession, *, inspection_id: UUID, defect: str, path: str, picture: Picture, reach: Reach, by: UUID
) -> Photo:
    """Record a picture of a defect that a check has found, for its maker to see.

    Raises `InspectionUnknown`, `VerdictGiven` for a check that is over, or `Invalid` for a defect of no list.
    """
    check = await queries.get_inspection(session, inspection_id, reach)
    if check.state != "planned":
        raise VerdictGiven
    if defect not in defects.CLASS_OF:
        raise Invalid("/defect", "Pilih cacat dari daftar.", "Choose a defect from the list.")
    photo = await add_photo(session, job_id=check.job_id, path=path, picture=picture, reach=reach, by=by)
    photo.inspection_id, photo.defect = check.id, defect
    return photo
