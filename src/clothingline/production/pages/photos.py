"""A photo of work as a page shows it: the cookie of the pages opens nothing of the API."""

from fastapi.responses import StreamingResponse

from clothingline.kit import storage
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.production import queries
from clothingline.production.schemas import PhotoId
from clothingline.web.route import page_router, stands_for

HEADERS = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400, immutable", "Vary": "Cookie"}

pages = page_router()


@pages.get("/foto/{photo_id}", response_class=StreamingResponse)
@stands_for("photos_show")
async def show_photo(photo_id: PhotoId, session: Session, reach: CurrentReach) -> StreamingResponse:
    """The picture itself."""
    photo = await queries.get_photo(session, photo_id, reach)
    headers = {**HEADERS, "Content-Length": str(photo.size)}
    return StreamingResponse(storage.current().read(photo.path), headers=headers, media_type="image/jpeg")
