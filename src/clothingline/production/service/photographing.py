"""Photos of work."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.production import queries
from clothingline.production.errors import JobWithdrawn
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
