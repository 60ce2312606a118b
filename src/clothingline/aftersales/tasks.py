"""What this house does when somebody has taken a review back."""

from contextlib import suppress
from uuid import UUID

from clothingline.aftersales import queries, service
from clothingline.kit import db, storage
from clothingline.kit.jobs import task


@task
async def drop_pictures(*, review_id: str, **_: str) -> None:
    """Delete the files of its pictures, then their rows. A repeat finds nothing, or what is left."""
    async with db.transaction() as session:
        paths = [one.path for one in await queries.photos_of(session, UUID(review_id))]
    for path in paths:
        with suppress(FileNotFoundError):  # of a try that did not come to its end
            await storage.current().delete([path])
    async with db.transaction() as session:
        await service.drop_pictures(session, review_id=UUID(review_id))
