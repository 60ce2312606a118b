"""Reviews at the desk of a brand: what buyers say, one answer to each, and what the brand says of a buyer before."""

from typing import Annotated

from fastapi import Form, Response

from clothingline.aftersales import queries, scores, service
from clothingline.aftersales.pages.forms import AnswerForm, RemarkForm
from clothingline.aftersales.schemas import ReviewId
from clothingline.aftersales.wording import KNOWN
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as id_of
from clothingline.orders import queries as orders
from clothingline.orders.schemas import OrderRef
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
HOME = "/merek/ulasan"
RATED = later("Penilaian tersimpan. Pembeli membacanya setelah ia mengulas, paling lambat 7 hari lagi.")

pages = page_router()


@pages.get(HOME)
@stands_for("reviews_show", *BRAND)
async def list_reviews(session: Session, reach: CurrentReach, asked: Asked, show: Show) -> Response:
    """Newest first; those that are not open yet wait for the brand's own word."""
    page = await queries.list_reviews(session, reach, asked=asked)
    standing = await scores.standing_of_brands(session, reach.brands)
    return show("aftersales/of_brand.html", page=page, standing=standing, **KNOWN)


@pages.post(HOME + "/{review_id}/jawab")
@stands_for("reviews_answer", *BRAND)
async def answer(
    review_id: ReviewId,
    form: Annotated[AnswerForm, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say one thing to it, for everybody to read."""
    await service.answer_review(session, review_id=review_id, words=form.words, reach=reach, by=caller.person)
    return see(f"{HOME}#{id_of('rvw', review_id)}", later("Jawaban tersimpan."))


@pages.get(HOME + "/pesanan/{code}")
@stands_for("remarks_list", *BRAND)
async def ask_for_remark(code: OrderRef, session: Session, reach: CurrentReach, show: Show) -> Response:
    """How it was to work for the buyer of an order, and the review once it can be read."""
    order = await orders.get_order(session, code, reach)
    seen = await queries.find_review(session, order.id, reach)
    remark = await queries.find_remark(session, order.id, reach.brands)
    arrived = order.state in service.ARRIVED
    return show("aftersales/remark_brand.html", order=order, seen=seen, remark=remark, arrived=arrived, **KNOWN)


@pages.post(HOME + "/pesanan/{code}")
@stands_for("remarks_write", *BRAND)
async def remark(
    code: OrderRef,
    form: Annotated[RemarkForm, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say it, once, before the review is open."""
    now, said = await business_now(session), form.model_dump()
    await service.remark_for_brand(session, ref=code, reach=reach, by=caller.person, now=now, **said)
    return see(f"{HOME}/pesanan/{code}", RATED)
