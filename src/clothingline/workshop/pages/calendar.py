"""When a tailor has time: the next two weeks day by day, hours of the week, and rush work."""

from datetime import date
from typing import Annotated

from fastapi import Form, Path, Response
from pydantic import Field

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session
from clothingline.production import presenting
from clothingline.production import queries as production
from clothingline.tailors import service
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later
from clothingline.workshop.calendar import next_weeks, own_workshop

HOME = "/t/kalender"
Switch = Annotated[str, Path(pattern="^(nyala|mati)$")]

pages = page_router()


class HoursForm(PageForm):
    """Hours of work on each working day, and the days of the week on which there is work (0 is Monday)."""

    hours: Annotated[int, Field(ge=1, le=16)]
    days: list[Annotated[int, Field(ge=0, le=6)]] = Field(min_length=1, max_length=7)


@pages.get(HOME)
@stands_for("tailors_calendar", Role.TAILOR)
async def show_calendar(session: Session, reach: CurrentReach, caller: CurrentCaller, show: Show) -> Response:
    """Fourteen days as a list."""
    tailor = await own_workshop(session, reach)
    today = local_date(await business_now(session))
    weeks = await next_weeks(session, tailor, today=today, language=caller.language)
    return show("workshop/calendar.html", tailor=tailor, weeks=weeks, hours=max(tailor.weekday_seconds) // 3600)


@pages.get("/t/kalender/{day}")
@stands_for("tailors_calendar", Role.TAILOR)
async def show_day(day: date, session: Session, reach: CurrentReach, show: Show) -> Response:
    """One day: whether there is time, and what is promised around it."""
    await own_workshop(session, reach)
    jobs = await production.list_jobs_at_work(session, reach)
    cards = await production.cards(session, [job.id for job in jobs])
    return show("workshop/day.html", day=day, jobs=[presenting.job_out(job, cards[job.id]) for job in jobs])


@pages.post("/t/kalender/{day}/penuh")
@stands_for("days_off_create", Role.TAILOR)
async def fill_day(day: date, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now) -> Response:
    """No work on this day. Raises `DayIsBooked` where the week's work would not fit any more."""
    tailor = await own_workshop(session, reach)
    await service.add_day_off(
        session,
        tailor_id=tailor.id,
        day=day,
        reason=None,
        today=local_date(now),
        reach=reach,
        by=caller.account,
    )
    return see(HOME, later("Hari itu sekarang penuh."), undo=f"{HOME}/{day}/kosong")


@pages.post("/t/kalender/{day}/kosong")
@stands_for("days_off_delete", Role.TAILOR)
async def free_day(day: date, session: Session, reach: CurrentReach, caller: CurrentCaller) -> Response:
    """There is time on this day after all."""
    tailor = await own_workshop(session, reach)
    await service.remove_day_off(session, tailor_id=tailor.id, day=day, reach=reach, by=caller.account)
    return see(HOME, later("Hari itu sekarang kosong."), undo=f"{HOME}/{day}/penuh")


@pages.post("/t/kalender/jam")
@stands_for("tailors_update", Role.TAILOR)
async def change_hours(
    form: Annotated[HoursForm, Form()], session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> Response:
    """Hours of a week. Raises `WeekIsBooked` where booked work would not fit."""
    tailor = await own_workshop(session, reach)
    seconds = [form.hours * 3600 if day in form.days else 0 for day in range(7)]
    changes = {"weekday_seconds": seconds}
    await service.update_tailor(
        session, tailor_id=tailor.id, changes=changes, today=local_date(now), reach=reach, by=caller.account
    )
    return see(HOME, later("Jam kerja tersimpan."))


@pages.post("/t/kalender/kilat/{switch}")
@stands_for("tailors_update", Role.TAILOR)
async def switch_rush(
    switch: Switch, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> Response:
    """Take work that has to be answered within two hours, or not."""
    tailor, on = await own_workshop(session, reach), switch == "nyala"
    await service.update_tailor(
        session,
        tailor_id=tailor.id,
        changes={"rush": on},
        today=local_date(now),
        reach=reach,
        by=caller.account,
    )
    said = later("Pekerjaan kilat: diterima.") if on else later("Pekerjaan kilat: tidak diterima.")
    return see(HOME, said, undo=f"{HOME}/kilat/{'mati' if on else 'nyala'}")
