"""A tailor's jobs on the phone: the week, one job, its steps, and what stops it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Path, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.errors import NotFound
from clothingline.kit.http.plain import Words
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session, look_think
from clothingline.kit.ids import read
from clothingline.kit.ids import show as id_of
from clothingline.production import presenting, queries, service
from clothingline.production.errors import JobUnknown
from clothingline.production.pages.confirming import CONFIRMED, Confirming, confirm
from clothingline.production.pages.steps import FINISH, Said, StepForm
from clothingline.production.schemas import JobDetail, JobId
from clothingline.production.steps import STEPS
from clothingline.production.storing import Stored, redraw_and_store
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

MOST_PHOTOS = 5
# What a tile says, and which kind of problem that is.
PROBLEMS = {
    "kurang": ("cloth", later("Bahan kurang")),
    "cacat": ("cloth", later("Bahan cacat")),
    "ukuran": ("question", later("Ukuran membingungkan")),
    "mesin": ("machine", later("Mesin rusak")),
    "sakit": ("illness", later("Sakit")),
    "lain": ("question", later("Lainnya")),
}
Number = Annotated[int, Path(ge=1, le=len(STEPS))]

pages = page_router()


@pages.get("/t/kerja")
@stands_for("jobs_list", Role.TAILOR)
async def show_jobs(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What is being sewn, the next due day first, and what was handed over."""
    going = await queries.list_jobs_at_work(session, reach)
    done = await queries.list_jobs_handed_over(session, reach)
    cards = await queries.cards(session, [job.id for job in (*going, *done)])
    return show(
        "production/jobs.html",
        going=[presenting.job_out(job, cards[job.id]) for job in going],
        done=[presenting.job_out(job, cards[job.id]) for job in done],
    )


async def _detail(session: AsyncSession, job_id: UUID, reach: Reach) -> JobDetail:
    job = await queries.get_job(session, job_id, reach)
    card = await queries.get_card(session, job)
    photos = await queries.list_photos(session, job.id)
    return presenting.job_detail(job, card, photos, await queries.list_inspections(session, job.id))


def _path(job_id: UUID) -> str:
    return f"/t/kerja/{id_of('job', job_id)}"


@pages.get("/t/kerja/{job_id}")
@stands_for("jobs_show", Role.TAILOR)
async def show_job(job_id: JobId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """One job: the step that is next, what is done, and what comes."""
    return show("production/job.html", job=await _detail(session, job_id, reach), path_of=_path(job_id))


@pages.get("/t/kerja/{job_id}/ukuran")
@stands_for("jobs_measurements", Role.TAILOR)
async def show_measures(
    job_id: JobId, session: Session, caller: CurrentCaller, reach: CurrentReach, show: Show
) -> Response:
    """The body measures that this garment needs. Every look is written down."""
    body = await service.read_measurements(session, job_id=job_id, reach=reach, by=caller.person)
    told = presenting.measurements_out(job_id, body)
    return show("production/measures.html", body=told, path_of=_path(job_id))


@pages.post("/t/kerja/{job_id}/ukuran")
@stands_for("jobs_confirm_measure", Role.TAILOR)
async def confirm_measure(
    job_id: JobId, form: Annotated[Confirming, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """A measure that was not sure is known, after asking."""
    await confirm(session, job_id, form, reach=reach, by=caller.person)
    return see(f"{_path(job_id)}/ukuran", CONFIRMED)


@pages.get("/t/kerja/{job_id}/langkah/{number}")
@stands_for("jobs_show", Role.TAILOR)
async def show_step(job_id: JobId, number: Number, session: Session, reach: CurrentReach, show: Show) -> Response:
    """One step: what to do, and that it is done."""
    job = await _detail(session, job_id, reach)
    step = job.steps[number - 1]
    return show("production/step.html", job=job, step=step, number=number, path_of=_path(job_id))


async def _look(session: AsyncSession, request: Request, _: Caller, reach: Reach) -> list[bytes]:
    """The photos, once it is sure that the job is the caller's."""
    try:
        job_id = read("job", request.path_params["job_id"])
    except ValueError as error:
        raise JobUnknown from error
    await queries.get_job(session, job_id, reach)
    files = [one for one in (await request.form()).getlist("photo") if isinstance(one, UploadFile) and one.size]
    return [await one.read() for one in files[:MOST_PHOTOS]]


async def _store(pictures: Any) -> list[Stored]:
    return [await redraw_and_store(one) for one in pictures]


@pages.post("/t/kerja/{job_id}/langkah/{number}")
@stands_for("jobs_submit", Role.TAILOR)
@look_think(_look, _store)
async def finish_step(
    *,
    job_id: JobId,
    number: Number,
    form: Annotated[StepForm, Form()],
    request: Request,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
    now: Now,
) -> Response:
    """A step is done. Raises `NotFound` for one that is not the tailor's."""
    code = STEPS[number - 1].code
    if code not in FINISH:
        raise NotFound
    finish, told = FINISH[code]
    await finish(session, Said(job_id, form, request.state.thought, reach, caller.person, now))
    return see(_path(job_id), told)


class ProblemForm(PageForm):
    """Which tile, and more words if somebody wants to write them."""

    problem: str
    note: Words | None = None


@pages.get("/t/kerja/{job_id}/masalah")
@stands_for("jobs_show", Role.TAILOR)
async def ask_for_problem(job_id: JobId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What is the matter? One tap; nobody has to type."""
    return show("production/problem.html", job=await _detail(session, job_id, reach), path_of=_path(job_id))


@pages.post("/t/kerja/{job_id}/masalah")
@stands_for("jobs_report_problem", Role.TAILOR)
async def report_problem(
    job_id: JobId,
    form: Annotated[ProblemForm, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say what stops the work; the clock rests until the brand answers."""
    kind, words = PROBLEMS.get(form.problem, PROBLEMS["lain"])
    note = f"{words}. {form.note}" if form.note else words
    await service.report_problem(session, job_id=job_id, kind=kind, note=note, reach=reach, by=caller.person)
    return see(_path(job_id), later("Merek sudah diberi tahu. Waktu Anda berhenti sampai dijawab."))
