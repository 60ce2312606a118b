"""Reviews on the tailor's phone: how it was to sew for the buyer, and what the buyer says once it is open."""

from typing import Annotated

from fastapi import Form, Response

from clothingline.aftersales import queries, scores, service
from clothingline.aftersales.pages.forms import RemarkForm
from clothingline.aftersales.wording import KNOWN
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as id_of
from clothingline.orders import queries as orders
from clothingline.production.queries import get_job
from clothingline.production.schemas import JobId
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

PAGE = "/t/kerja/{job_id}/ulasan"
RATED = later("Penilaian tersimpan. Ulasan pembeli terbuka paling lambat 7 hari lagi.")

pages = page_router()


@pages.get("/t/ulasan")
@stands_for("reviews_show", Role.TAILOR)
async def list_reviews(session: Session, reach: CurrentReach, asked: Asked, show: Show) -> Response:
    """What buyers say of orders for which the tailor has sewn, newest first."""
    page = await queries.list_reviews(session, reach, asked=asked)
    standing = await scores.standing_of_tailors(session, reach.tailors)
    return show("aftersales/of_tailor.html", page=page, standing=standing, **KNOWN)


@pages.get(PAGE)
@stands_for("jobs_show", Role.TAILOR)
async def ask_for_remark(job_id: JobId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """How it was to sew for this buyer, and the review once it can be read."""
    job = await get_job(session, job_id, reach)
    order = await orders.get_order_by_id(session, job.order_id)
    seen = await queries.find_review(session, order.id, reach)
    remark = await queries.find_remark(session, order.id, [job.tailor_id])
    return show(
        "aftersales/remark_tailor.html",
        job_ref=id_of("job", job.id),
        arrived=order.state in service.ARRIVED,
        seen=seen,
        remark=remark,
        **KNOWN,
    )


@pages.post(PAGE)
@stands_for("remarks_write_for_job", Role.TAILOR)
async def remark(
    job_id: JobId,
    form: Annotated[RemarkForm, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say it, once, before the review is open."""
    now, said = await business_now(session), form.model_dump()
    await service.remark_for_tailor(session, job_id=job_id, reach=reach, by=caller.person, now=now, **said)
    return see(f"/t/kerja/{id_of('job', job_id)}/ulasan", RATED)
