"""Loads the facts of the package into the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, or_, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Base
from clothingline.reference.facts import ProvinceWage, RegencyWage, regencies, umk, ump
from clothingline.reference.models import DayOff, Regency, Wage
from clothingline.reference.national_days import SOURCE, holidays_of

YEARS: Final = range(2025, 2030)

Row = dict[str, Any]


async def load_facts(session: AsyncSession) -> dict[str, int]:
    """Bring regencies, wages and days off of `YEARS` to the state of the package; a second call changes nothing.

    Answers how many rows were inserted or changed, by table, and `day_off_removed`: estimates that a newer package
    moved to another day. Rows that the package does not hold (decrees, wages of other years) stay.
    """
    days = _days_off()
    return {
        "regency": await _upsert(session, Regency, _regencies()),
        "wage": await _upsert(session, Wage, _wages()),
        "day_off": await _upsert(session, DayOff, days),
        "day_off_removed": await _remove_other_days(session, days),
    }


def _regencies() -> list[Row]:
    columns = Regency.__table__.columns.keys()
    return [{name: getattr(one, name) for name in columns} for one in regencies().values()]


def _wages() -> list[Row]:
    own = (_wage(one, place=one.regency_code, kind="umk", note=one.note) for one in umk().values())
    general = (_wage(one, place=one.province_code, kind="ump", note=None) for one in ump().values())
    return [*own, *general]


def _wage(one: RegencyWage | ProvinceWage, *, place: str, kind: str, note: str | None) -> Row:
    return {
        "place_code": place,
        "year": one.year,
        "kind": kind,
        "month_idr": one.month_idr,
        "source": one.source,
        "status": one.status,
        "note": note,
    }


def _days_off() -> list[Row]:
    columns = DayOff.__table__.columns.keys()
    return [{name: getattr(one, name) for name in columns} for year in YEARS for one in holidays_of(year)]


async def _upsert(session: AsyncSession, table: type[Base], rows: Iterable[Row]) -> int:
    """Rows inserted or changed; a row that is the same is not written."""
    offered = insert(table).values(list(rows))
    keys = [one.name for one in table.__table__.primary_key]
    news = {one.name: offered.excluded[one.name] for one in table.__table__.columns if one.name not in keys}
    differs = or_(*(table.__table__.columns[name].is_distinct_from(value) for name, value in news.items()))
    merged = offered.on_conflict_do_update(index_elements=keys, set_=news, where=differs)
    return len((await session.execute(merged.returning(*table.__table__.primary_key))).all())


async def _remove_other_days(session: AsyncSession, kept: list[Row]) -> int:
    stale = delete(DayOff).where(
        DayOff.source == SOURCE,
        DayOff.day.between(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)),
        tuple_(DayOff.day, DayOff.kind).not_in([(one["day"], one["kind"]) for one in kept]),
    )
    return len((await session.execute(stale.returning(DayOff.day))).all())
