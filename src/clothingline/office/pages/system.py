"""Alarms, and jobs of the machines with what a person decides about those that are dead."""

from typing import Annotated, Literal

from fastapi import Form, Query, Response
from pydantic import Field

from clothingline.accounts import alarm_queries
from clothingline.accounts.alarm_schemas import AlarmId
from clothingline.accounts.job_routes import JobNumber
from clothingline.accounts.service import decide_on_job, end_alarm, find_job
from clothingline.kit import dead_jobs
from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Words
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.office import machines, till
from clothingline.office.desk import MONEY, OnDesk
from clothingline.office.effects import EFFECTS
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

ALARMS, JOBS = "/admin/alarm", "/admin/pekerjaan"
Reason = Annotated[Words, Field(min_length=5, max_length=500)]
Shown = Annotated[Literal["open", "over"], Query(alias="keadaan")]

pages = page_router()


class Ending(PageForm):
    """What was done about it."""

    reason: Reason


class Trying(PageForm):
    """What is known that makes another try worth it."""

    reason: Reason


class Dropping(PageForm):
    """Why nobody needs it any more."""

    why: Reason


@pages.get(ALARMS)
@stands_for("alarms_list", *MONEY)
async def list_alarms(session: Session, asked: Asked, desk: OnDesk, shown: Shown = "open") -> Response:
    """What stands, or what is over; newest first."""
    page = await alarm_queries.list_alarms(session, state=shown, name=None, asked=asked)
    people = await till.names_of_people(session, [one.cleared_by for one in page.rows])
    return desk("admin/alarms.html", page=page, shown=shown, officers=people)


@pages.post(ALARMS + "/{alarm_id}/akhiri")
@stands_for("alarms_end", Role.ADMIN)
async def end(alarm_id: AlarmId, form: Annotated[Ending, Form()], session: Session, caller: CurrentCaller) -> Response:
    """Somebody has seen to it; what is still so sounds again."""
    await end_alarm(session, alarm_id=alarm_id, reason=form.reason, by=caller.person)
    return see(ALARMS, later("Alarm diakhiri. Bila masalahnya masih ada, alarm berbunyi lagi."))


@pages.get(JOBS)
@stands_for("alarms_list", *MONEY)
async def show_jobs(session: Session, desk: OnDesk) -> Response:
    """Queues, what has failed or stands still, and heartbeats."""
    return desk(
        "admin/jobs.html",
        lanes=await machines.list_lanes(session),
        failed=await machines.list_failed(session),
        stalled=await machines.list_stalled(session, silent_seconds=settings().jobs.stalled_seconds),
        beats=await machines.list_beats(session),
    )


@pages.get(JOBS + "/{number}")
@stands_for("background_jobs_show", *MONEY)
async def show_job(number: JobNumber, session: Session, desk: OnDesk) -> Response:
    """What a job does, what it failed at, what was decided about it, and what may be decided."""
    job = await find_job(session, number)
    decisions = await dead_jobs.list_decisions(session, number)
    return desk(
        "admin/job.html",
        job=job,
        effect=EFFECTS.get(job.task),
        code=await machines.code_of(session, job.arguments),
        decisions=decisions,
        officers=await till.names_of_people(session, [one.by for one in decisions]),
    )


@pages.post(JOBS + "/{number}/ulang")
@stands_for("background_jobs_retry", Role.ADMIN)
async def retry(
    number: JobNumber, form: Annotated[Trying, Form()], session: Session, caller: CurrentCaller
) -> Response:
    """All its tries again."""
    await decide_on_job(session, number=number, act="retry", reason=form.reason, by=caller.person)
    return see(f"{JOBS}/{number}", later("Tugas masuk antrean lagi."))


@pages.post(JOBS + "/{number}/hentikan")
@stands_for("background_jobs_drop", Role.ADMIN)
async def drop(
    number: JobNumber, form: Annotated[Dropping, Form()], session: Session, caller: CurrentCaller
) -> Response:
    """No more tries."""
    await decide_on_job(session, number=number, act="drop", reason=form.why, by=caller.person)
    return see(f"{JOBS}/{number}", later("Tugas dihentikan. Keputusan Anda tercatat."))
