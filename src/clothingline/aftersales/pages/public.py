"""What everybody sees of reviews besides the pages of designs and brands: their pictures."""

from fastapi.responses import StreamingResponse

from clothingline.aftersales import queries
from clothingline.aftersales.errors import ReviewUnknown
from clothingline.aftersales.schemas import ReviewId
from clothingline.kit import access
from clothingline.kit.access import Caller, Reach
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.kit.policy import TABLE
from clothingline.web.pictures import picture
from clothingline.web.route import page_router, public

pages = page_router()
PARTIES = TABLE["reviews_show"]


@pages.get("/ulasan/{review_id}/foto", response_class=StreamingResponse)
@public
async def show_photo(review_id: ReviewId, session: Session, caller: CurrentCaller) -> StreamingResponse:
    """The picture of an open review; to those whose it is also before. Raises `ReviewUnknown`."""
    found = await queries.find_photo(session, review_id, _reach(caller))
    if found is None:
        raise ReviewUnknown
    return picture(found.path, found.size)


def _reach(caller: Caller) -> Reach:
    return access.reach(PARTIES, caller) if caller.roles & PARTIES.keys() else Reach()
