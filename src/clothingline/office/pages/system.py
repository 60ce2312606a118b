"""Alarms and jobs."""

from typing import Annotated, Literal

from fastapi import Form, Query, Response
from pydantic import Field

from clothingline.accounts import alarm_queries
from clothingline.accounts.alarm_schemas import AlarmId
from clothingline.accounts.service import end_alarm
from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Words
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.office import machines, till
from clothingline.office.desk import MONEY, OnDesk
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

ALARMS, JOBS = "/admin/alarm", "/admin/pekerjaan"
Shown = Annotated[Literal["open", "over"], Query(alias="keadaan")]

pages = page_router()


class Ending(PageForm):
    """What was done about it."""

    reason: Annotated[Words, Field(min_length=5, max_length=500)]


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
