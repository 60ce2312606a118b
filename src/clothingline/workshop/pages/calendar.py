"""When a tailor has time: the next two weeks day by day, holidays at once, hours of the week, and rush work."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Form, Path, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session
from clothingline.production import presenting
from clothingline.production import queries as production
from clothingline.tailors import service
from clothingline.tailors.seasons import next_season
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later
from clothingline.workshop.calendar import FRIDAY, coming_holidays, next_weeks, own_workshop, state_on

HOME = "/t/kalender"
HALF = 500
ACTS = {"open": "kosong", "part": "sebagian", "full": "penuh"}
Switch = Annotated[str, Path(pattern="^(nyala|mati)$")]

SeasonChange = Callable[..., Awaitable[list[date]]]
SeasonWord = Annotated[Literal["lebaran", "idul-adha", "natal"], Path()]
DaySeconds = Annotated[int, Path(ge=0, le=16 * 3600)]

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
    return show(
        "workshop/calendar.html",
        tailor=tailor,
        weeks=weeks,
        hours=max(tailor.weekday_seconds) // 3600,
        holidays=await coming_holidays(session, tailor, today=today),
        friday=tailor.weekday_seconds[FRIDAY],
    )


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
    undo = await _mark(session, day, reach, caller, now, left=0)
    return see(HOME, later("Hari itu sekarang penuh."), undo=undo)


@pages.post("/t/kalender/{day}/sebagian")
@stands_for("days_off_create", Role.TAILOR)
async def halve_day(day: date, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now) -> Response:
    """Half of the day's work. Raises `DayIsBooked` where the week's work would not fit any more."""
    undo = await _mark(session, day, reach, caller, now, left=HALF)
    return see(HOME, later("Hari itu sekarang setengah hari."), undo=undo)


async def _mark(session: AsyncSession, day: date, reach: Reach, caller: Caller, now: datetime, *, left: int) -> str:
    """Mark a day; where the way back is."""
    tailor = await own_workshop(session, reach)
    before = await state_on(session, tailor, day)
    await service.add_day_off(
        session,
        tailor_id=tailor.id,
        day=day,
        reason=None,
        left_permille=left,
        today=local_date(now),
        reach=reach,
        by=caller.account,
    )
    return f"{HOME}/{day}/{ACTS[before]}"


@pages.post("/t/kalender/{day}/kosong")
@stands_for("days_off_delete", Role.TAILOR)
async def free_day(day: date, session: Session, reach: CurrentReach, caller: CurrentCaller) -> Response:
    """There is time on this day after all."""
    tailor = await own_workshop(session, reach)
    before = await state_on(session, tailor, day)
    await service.remove_day_off(session, tailor_id=tailor.id, day=day, reach=reach, by=caller.account)
    return see(HOME, later("Hari itu sekarang kosong."), undo=f"{HOME}/{day}/{ACTS[before]}")


@pages.post("/t/kalender/libur/{word}/tandai")
@stands_for("days_off_create", Role.TAILOR)
async def close_holidays(
    word: SeasonWord, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> Response:
    """Every day of the weeks around a holiday, at once. Raises `DayIsBooked`, `DayOffExists`."""
    n = await _change_season(service.close_season, session, word, reach, caller, now)
    return see(HOME, later("%(n)s hari ditandai libur."), undo=f"{HOME}/libur/{word}/batal", n=n)


@pages.post("/t/kalender/libur/{word}/batal")
@stands_for("days_off_delete", Role.TAILOR)
async def open_holidays(
    word: SeasonWord, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> Response:
    """The same days are open again. Raises `DayOffNotFound`."""
    n = await _change_season(service.open_season, session, word, reach, caller, now)
    return see(HOME, later("%(n)s hari dibuka lagi."), undo=f"{HOME}/libur/{word}/tandai", n=n)


async def _change_season(
    change: SeasonChange, session: AsyncSession, word: str, reach: Reach, caller: Caller, now: datetime
) -> int:
    """Close or open the next weeks of this name; how many days that were."""
    tailor, today = await own_workshop(session, reach), local_date(now)
    season = next_season(word, today)
    days = await change(session, tailor_id=tailor.id, season=season, today=today, reach=reach, by=caller.account)
    return len(days)


@pages.post("/t/kalender/jumat/{seconds}")
@stands_for("tailors_update", Role.TAILOR)
async def change_fridays(
    seconds: DaySeconds, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> Response:
    """Seconds of work on every Friday, 0 for a weekly rest. Raises `WeekIsBooked`."""
    tailor = await own_workshop(session, reach)
    before, week = tailor.weekday_seconds[FRIDAY], list(tailor.weekday_seconds)
    week[FRIDAY] = seconds
    changes = {"weekday_seconds": week}
    await service.update_tailor(
        session, tailor_id=tailor.id, changes=changes, today=local_date(now), reach=reach, by=caller.account
    )
    said = later("Setiap Jumat dikerjakan.") if seconds else later("Setiap Jumat libur.")
    return see(HOME, said, undo=f"{HOME}/jumat/{before}")


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
