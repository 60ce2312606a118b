"""Reviews as officers see them: all of them, hidden with a reason where they must be, never edited."""

from typing import Annotated

from fastapi import Form, Response

from clothingline.aftersales import queries, service, wording
from clothingline.aftersales.schemas import Reason, ReviewId
from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

HOME = "/admin/ulasan"

pages = page_router()


class Hiding(PageForm):
    """Why; its consumer reads it."""

    reason: Reason


@pages.get(HOME)
@stands_for("reviews_show", *OFFICERS)
async def list_reviews(session: Session, reach: CurrentReach, asked: Asked, desk: OnDesk) -> Response:
    """Newest first, open or not."""
    page = await queries.list_reviews(session, reach, asked=asked)
    return desk("admin/reviews.html", page=page, **wording.KNOWN)


@pages.post(HOME + "/{review_id}/sembunyikan")
@stands_for("reviews_hide", Role.ADMIN)
async def hide(
    review_id: ReviewId, form: Annotated[Hiding, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Out of public, as it is."""
    await service.hide_review(session, review_id=review_id, reason=form.reason, reach=reach, by=caller.person)
    return see(HOME, later("Ulasan disembunyikan. Penulisnya membaca alasannya."))


@pages.post(HOME + "/{review_id}/tampilkan")
@stands_for("reviews_restore", Role.ADMIN)
async def restore(review_id: ReviewId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Back into public, as it was."""
    await service.restore_review(session, review_id=review_id, reach=reach, by=caller.person)
    return see(HOME, later("Ulasan tampil lagi."))
