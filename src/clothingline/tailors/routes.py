"""Workshops, their calendar and days off."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import contacts_of, names_of
from clothingline.certification.queries import skills_of
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.kit.weeks import SUNDAY, Load, monday_of
from clothingline.reference import facts
from clothingline.reference.words import FamilyWord
from clothingline.tailors import queries, schemas, service
from clothingline.tailors.models import TIME, Tailor, TailorDayOff
from clothingline.tailors.working_time import closed_days, is_estimated, seconds_in_week

ClosedDay = Annotated[date, Path(description="The day.", examples=["2026-06-12"])]

router = api_router()
SEES_EVERYTHING = frozenset({Role.FIELD_OFFICER, Role.ADMIN, Role.AUDITOR})
EARLIEST, LATEST = date(2025, 1, 6), date(2035, 12, 31)


@router.get("/tailors", tags=["tailors"], name="list")
async def list_tailors(
    session: Session,
    asked: Asked,
    family: Annotated[FamilyWord | None, Query(description="Only who sews this family.")] = None,
    regency: Annotated[
        str | None, Query(pattern=r"^\d{2}\.\d{2}$", description="Only in this regency.", examples=["32.73"])
    ] = None,
) -> Listing[schemas.TailorOut]:
    """Workshops with their certified skills and prices."""
    page = await queries.list_tailors(session, family=family, regency_code=regency, asked=asked)
    return Listing(**page.listing([schemas.TailorOut(**fields) for fields in await _public(session, page.rows)]))


async def _public(session: AsyncSession, rows: Sequence[Tailor]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    names, skills = await names_of(session, ids), await skills_of(session, ids)
    return [_fields(row, names[row.id], skills[row.id]) for row in rows]


def _fields(row: Tailor, name: str, skills: dict[str, date]) -> dict[str, Any]:
    return {
        **{column: getattr(row, column) for column in ("id", "kind", "regency_code", "families", "machines", "rush")},
        "name": name,
        "town": facts.regencies()[row.regency_code].name,
        "skills": [schemas.SkillOut(skill=skill, until=day) for skill, day in sorted(skills.items())],
        "rate": idr(row.rate_idr),
    }


@router.get("/tailors/{tailor_id}", tags=["tailors"], name="show")
async def show_tailor(
    tailor_id: schemas.TailorId, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.TailorOwn | schemas.TailorOut:
    """One workshop; itself and the programme's staff see everything."""
    row = await queries.get_tailor(session, tailor_id, reach)
    if _sees_everything(row, reach, caller):
        return await _own(session, row)
    [fields] = await _public(session, [row])
    return schemas.TailorOut(**fields)


def _sees_everything(row: Tailor, reach: Reach, caller: Caller) -> bool:
    return row.id in reach.tailors or bool(SEES_EVERYTHING & caller.roles)


async def _own(session: AsyncSession, row: Tailor) -> schemas.TailorOwn:
    [fields] = await _public(session, [row])
    today = await _today(session)
    private = ("lat_micro", "lon_micro", "weekday_seconds", "reach_m", "efficiency_permille", "defect_ppm")
    days_off = await queries.list_days_off(session, tailor_id=row.id, since=today)
    contacts = await contacts_of(session, row.id)
    return schemas.TailorOwn(
        **fields,
        **{column: getattr(row, column) for column in private},
        days_off=[_day_off_out(one) for one in days_off],
        contacts=[schemas.ContactOut(name=one.name, phone=one.phone) for one in contacts],
    )


def _day_off_out(row: TailorDayOff) -> schemas.DayOffOut:
    return schemas.DayOffOut(day=row.day, reason=row.reason, left_permille=row.left_permille)


async def _today(session: AsyncSession) -> date:
    return local_date(await business_now(session))


@router.patch("/tailors/{tailor_id}", tags=["tailors"], name="update")
async def update_tailor(
    tailor_id: schemas.TailorId,
    body: schemas.TailorUpdate,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.TailorOwn:
    """Change profile, hours or price. Shorter hours are refused where work is booked."""
    changes = body.model_dump(exclude_none=True, exclude={"rate"})
    if body.rate is not None:
        changes["rate_idr"] = body.rate.amount
    today = await _today(session)
    row = await service.update_tailor(
        session, tailor_id=tailor_id, changes=changes, today=today, reach=reach, by=caller.account
    )
    return await _own(session, row)


Span = tuple[date | None, int]


def _span(
    since: Annotated[date | None, Query(ge=EARLIEST, le=LATEST, description="Null = this week.")] = None,
    weeks: Annotated[int, Query(ge=1, le=26, description="How many weeks.", examples=[8])] = 8,
) -> Span:
    return since, weeks


@router.get("/tailors/{tailor_id}/calendar", tags=["tailors"], name="calendar")
async def show_calendar(
    tailor_id: schemas.TailorId,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
    span: Annotated[Span, Depends(_span)],
) -> schemas.CalendarOut:
    """What each week holds, and the days on which the workshop is closed."""
    row = await queries.get_tailor(session, tailor_id, reach)
    since, weeks = span
    first = monday_of(since or await _today(session))
    mondays = [first + timedelta(weeks=step) for step in range(weeks)]
    return schemas.CalendarOut(tailor=row.id, weeks=await _weeks(session, row, mondays, caller.language))


async def _weeks(session: AsyncSession, row: Tailor, mondays: list[date], language: str) -> list[schemas.WeekOut]:
    until = mondays[-1] + SUNDAY
    days_off = (await queries.days_off_of(session, tailor_ids=[row.id], since=mondays[0], until=until))[row.id]
    opened = await TIME.loads(session, parties=[row.id], mondays=mondays)
    found = []
    for monday in mondays:
        load = opened.get((row.id, monday)) or Load(seconds_in_week(row, monday, days_off), 0, 0)
        closed = [
            schemas.ClosedDayOut(day=one.day, name=one.name) for one in closed_days(row, monday, days_off, language)
        ]
        found.append(_week_out(monday, load, closed))
    return found


def _week_out(monday: date, load: Load, closed: list[schemas.ClosedDayOut]) -> schemas.WeekOut:
    return schemas.WeekOut(
        monday=monday,
        declared_seconds=load.declared,
        held_seconds=load.held,
        booked_seconds=load.booked,
        free_seconds=load.free,
        closed=closed,
        estimated=is_estimated(monday),
    )


@router.post("/tailors/{tailor_id}/days-off", status_code=201, tags=["days_off"], name="create")
async def add_day_off(
    tailor_id: schemas.TailorId,
    body: schemas.DayOffCreate,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.DayOffOut:
    """Close on a day, or work less on it; refused when work is booked that would not fit any more."""
    row = await service.add_day_off(
        session,
        tailor_id=tailor_id,
        day=body.day,
        reason=body.reason,
        left_permille=body.left_permille,
        today=await _today(session),
        reach=reach,
        by=caller.account,
    )
    return _day_off_out(row)


@router.delete("/tailors/{tailor_id}/days-off/{day}", status_code=204, tags=["days_off"], name="delete")
async def remove_day_off(
    tailor_id: schemas.TailorId, day: ClosedDay, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> Response:
    """Open on a day after all."""
    await service.remove_day_off(session, tailor_id=tailor_id, day=day, reach=reach, by=caller.account)
    return Response(status_code=204)
