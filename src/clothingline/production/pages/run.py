"""One run on one page, the answers to its makers, and what its pictures show."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.plain import Words
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.orders import queries as orders
from clothingline.production import presenting, queries, service, sheet
from clothingline.production.pages.check import DEFECT_WORDS
from clothingline.production.pages.confirming import CONFIRMED, Confirming, confirm
from clothingline.production.queries import DefectPhoto
from clothingline.production.schemas import JobId, RunId
from clothingline.production.sheet import Sheet
from clothingline.production.told import told
from clothingline.routing.why import parts_of
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
RUN = "/merek/produksi/{run_id}"
JOB = RUN + "/pekerjaan/{job_id}"
STAGE_WORDS = {
    "cloth": later("Kain tiba"),
    "cut": later("Potong"),
    "sewn": later("Jahit selesai"),
    "returned": later("Kembali ke merek"),
    "finished": later("Selesai dikemas"),
    "usual": later("Biasanya sampai"),
}
PROBLEM_WORDS = {
    "question": later("Pertanyaan"),
    "cloth": later("Kain"),
    "machine": later("Mesin"),
    "illness": later("Sakit"),
}

pages = page_router()


class Answering(PageForm):
    """What a maker is told who waits."""

    answer: Annotated[Words, Field(min_length=3, max_length=500)]


@pages.get(RUN)
@stands_for("runs_show", *BRAND)
async def show_run(run_id: RunId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """Summary, steps, makers, cloth, sizes, checks, cost and history of one run."""
    found = await sheet.get_sheet(session, run_id, reach)
    return show("brands/run.html", **_refs(found), **await _more(session, found))


async def _more(session: AsyncSession, found: Sheet) -> dict[str, Any]:
    frozen = await orders.find_frozen_price(session, found.order.id)
    own = sum(amount for claim, amount in frozen.lines.items() if claim.payee_id == found.run.brand_id) if frozen else 0
    return {
        "today": local_date(await business_now(session)),
        "stages": STAGE_WORDS,
        "problems": PROBLEM_WORDS,
        "cost": parts_of(found.plan.parts),
        "own_idr": own,
        "history": told(await orders.timeline(session, found.order.id)),
        "pictures": await _pictures(session, found),
        "defects": DEFECT_WORDS,
        "found": await _defects(session, found),
    }


async def _pictures(session: AsyncSession, found: Sheet) -> dict[UUID, list[str]]:
    shown = await queries.photos_of(session, [part.job.id for part in found.parts])
    return {job: [typed_id("pho", photo) for photo in ids] for job, ids in shown.items()}


async def _defects(session: AsyncSession, found: Sheet) -> dict[UUID, list[DefectPhoto]]:
    """Pictures of defects by check."""
    checks = [check.id for part in found.parts for check in part.checks]
    shown: dict[UUID, list[DefectPhoto]] = {check: [] for check in checks}
    for photo in await queries.list_defect_photos(session, checks):
        shown[photo.inspection_id].append(photo)
    return shown


def _refs(found: Sheet) -> dict[str, Any]:
    return {"sheet": found, "ref": typed_id("run", found.run.id), "job_ref": partial(typed_id, "job")}


@pages.post(JOB + "/jawab")
@stands_for("jobs_answer_problem", *BRAND)
async def answer_problem(
    run_id: RunId,
    job_id: JobId,
    form: Annotated[Answering, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Tell a maker how to go on; the due day moves by the days that the work stood still."""
    now = await business_now(session)
    job = await service.answer_problem(
        session, job_id=job_id, answer=form.answer, reach=reach, by=caller.person, now=now
    )
    said = later("Jawaban dikirim. Tenggat sekarang %(day)s.")
    return see(f"/merek/produksi/{typed_id('run', run_id)}", said, day=job.due_on)


@pages.get(JOB + "/ukuran")
@stands_for("jobs_measurements", *BRAND)
async def show_measures(
    run_id: RunId, job_id: JobId, *, session: Session, caller: CurrentCaller, reach: CurrentReach, show: Show
) -> Response:
    """The body measures that this garment needs; the buyer sees that they were read."""
    body = await service.read_measurements(session, job_id=job_id, reach=reach, by=caller.person)
    measures = presenting.measurements_out(job_id, body)
    return show("brands/measures.html", ref=typed_id("run", run_id), measures=measures)


@pages.post(JOB + "/ukuran")
@stands_for("jobs_confirm_measure", *BRAND)
async def confirm_measure(
    run_id: RunId,
    job_id: JobId,
    form: Annotated[Confirming, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """A measure that was not sure is known, after asking."""
    await confirm(session, job_id, form, reach=reach, by=caller.person)
    return see(f"/merek/produksi/{typed_id('run', run_id)}/pekerjaan/{typed_id('job', job_id)}/ukuran", CONFIRMED)
