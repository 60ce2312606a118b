"""Facts that everybody may read: regencies, working days, wages, sampling plans."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Path, Query

from clothingline.kit.clock import business_now, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.route import Session, api_router
from clothingline.reference import queries, schemas
from clothingline.reference.aql import SamplingPlan, clothing_plan
from clothingline.reference.calendar import WorkingCalendar
from clothingline.reference.errors import UnknownFact, WageNotHeld
from clothingline.reference.models import DayOff, Regency
from clothingline.reference.national_days import Holiday, holidays_by_day
from clothingline.reference.wages import MonthlyWage, fair_rate_idr_per_minute, latest_wage

LONGEST_SPAN_DAYS = 400
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)

Search = Annotated[
    str,
    Query(
        max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$", description="Part of a name or province.", examples=["bandung"]
    ),
]
RegencyLimit = Annotated[
    int, Query(ge=1, le=600, description="At most so many; all of them fit in 600.", examples=[20])
]
First = Annotated[
    date, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="First day.", examples=["2026-08-15"])
]
Last = Annotated[
    date, Query(ge=FIRST_DAY, le=LAST_DAY, description="Last day, at most 400 days on.", examples=["2026-08-18"])
]
RegencyCode = Annotated[str, Path(pattern=r"^\d{2}\.\d{2}$", description="Code of the regency.", examples=["32.73"])]
Lot = Annotated[int, Query(ge=1, le=1_000_000, description="Pieces in the lot.", examples=[200])]
AskedLevel = Annotated[schemas.Level, Query(description="Inspection level.", examples=["II"])]
AskedMajor = Annotated[schemas.Aql, Query(description="AQL of major defects, in percent.", examples=["2.5"])]
AskedMinor = Annotated[schemas.Aql, Query(description="AQL of minor defects, in percent.", examples=["4.0"])]

router = api_router()


@router.get("/regencies", tags=["regencies"], name="list")
async def list_regencies(session: Session, search: Search = "", limit: RegencyLimit = 20) -> schemas.RegencyList:
    """Kabupaten and kota whose name or province holds the words, by name."""
    rows = await queries.list_regencies(session, search=search, limit=limit + 1)
    return schemas.RegencyList(data=[_regency(one) for one in rows[:limit]], has_more=len(rows) > limit)


def _regency(row: Regency) -> schemas.RegencyOut:
    return schemas.RegencyOut.model_validate(row, from_attributes=True)


@router.get("/calendar", tags=["calendar"], name="show")
async def show_calendar(session: Session, since: First, until: Last) -> schemas.WorkingDaysOut:
    """Working days and holidays of a span of at most 400 days, both ends included. Ramadan hours are not shown here."""
    if not timedelta() <= until - since < timedelta(days=LONGEST_SPAN_DAYS):
        raise Invalid("/until", "Rentang 1 sampai 400 hari", "A span has 1 to 400 days", code="out_of_range")
    decrees = [one for one in await queries.list_days_off(session, since=since, until=until) if one.kind == "decree"]
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    holidays = _holidays(days, decrees)
    calendar = WorkingCalendar(days_off={one.day: one.name for one in decrees})
    return schemas.WorkingDaysOut.model_validate(
        {
            "from": since,
            "until": until,
            "working_days": [day for day in days if calendar.is_working(day)],
            "holidays": holidays,
            "estimated": any(one.estimated for one in holidays),
        }
    )


def _holidays(days: list[date], decrees: list[DayOff]) -> list[schemas.HolidayOut]:
    national = [one for day in days if (one := holidays_by_day(day.year).get(day))]
    named = [_holiday(one, one.name_en) for one in national] + [_holiday(one, one.name) for one in decrees]
    return sorted(named, key=lambda one: (one.day, one.kind))


def _holiday(one: Holiday | DayOff, english: str) -> schemas.HolidayOut:
    name = {"id": one.name, "en": english}
    return schemas.HolidayOut.model_validate(
        {"day": one.day, "kind": one.kind, "name": name, "estimated": one.estimated}
    )


@router.get("/wages/{regency_code}", tags=["wages"], name="show")
async def show_wage(session: Session, regency_code: RegencyCode) -> schemas.WageOut:
    """The newest minimum wage held for a regency and the fair rate a minute ("acuan program") that follows from it."""
    regency = await queries.get_regency(session, code=regency_code)
    year = local_date(await business_now(session)).year
    try:
        wage = latest_wage(regency_code, year)
    except UnknownFact as error:
        raise WageNotHeld(code=regency_code, year=year) from error
    return _wage(regency, wage)


def _wage(regency: Regency, wage: MonthlyWage) -> schemas.WageOut:
    return schemas.WageOut(
        regency=_regency(regency),
        year=wage.year,
        kind=wage.kind,
        month=idr(wage.month_idr),
        source=wage.source,
        status=wage.status,
        fair_rate_per_minute=idr(fair_rate_idr_per_minute(wage.regency_code, wage.year)),
    )


@router.get("/sampling-plans", tags=["sampling_plans"], name="show")
async def show_sampling_plan(
    lot: Lot, level: AskedLevel = "II", major: AskedMajor = "2.5", minor: AskedMinor = "4.0"
) -> schemas.ClothingPlanOut:
    """How many pieces of a lot to inspect, and how many defects of each class pass it."""
    plan = clothing_plan(lot, major_aql=major, minor_aql=minor, level=level)
    return schemas.ClothingPlanOut(
        lot=lot,
        level=level,
        pieces=plan.pieces,
        critical=_plan(plan.critical),
        major=_plan(plan.major),
        minor=_plan(plan.minor),
    )


def _plan(plan: SamplingPlan) -> schemas.SamplingPlanOut:
    return schemas.SamplingPlanOut(
        code_letter=plan.code_letter,
        plan_letter=plan.letter,
        sample_size=plan.sample_size,
        pieces=plan.pieces,
        accept=plan.accept,
        reject=plan.reject,
        inspect_all=plan.inspect_all,
    )
