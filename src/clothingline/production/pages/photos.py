"""A photo of work as a page shows it: the cookie of the pages opens nothing of the API."""

from fastapi.responses import StreamingResponse

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.orders import queries as orders
from clothingline.orders.schemas import OrderRef
from clothingline.production import queries
from clothingline.production.schemas import PhotoId
from clothingline.web.pictures import picture
from clothingline.web.route import page_router, stands_for

pages = page_router()


@pages.get("/foto/{photo_id}", response_class=StreamingResponse)
@stands_for("photos_show")
async def show_photo(photo_id: PhotoId, session: Session, reach: CurrentReach) -> StreamingResponse:
    """The picture itself."""
    photo = await queries.get_photo(session, photo_id, reach)
    return picture(photo.path, photo.size)


@pages.get("/pesanan/{code}/foto/{photo_id}", response_class=StreamingResponse)
@stands_for("orders_timeline", Role.CONSUMER)
async def show_photo_of_order(
    code: OrderRef, photo_id: PhotoId, session: Session, reach: CurrentReach
) -> StreamingResponse:
    """A picture of the work that was handed in for the caller's order."""
    order = await orders.get_order(session, code, reach)
    photo = await queries.get_photo_of_order(session, photo_id, order.id)
    return picture(photo.path, photo.size)
