"""Facts in the database: loaded once, changed only where they differ, and never at the cost of what people entered."""

from collections.abc import AsyncIterator, Iterator
from datetime import date

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Base, Database
from clothingline.kit.db.embedded import acquire
from clothingline.reference.calendar import WorkingCalendar
from clothingline.reference.errors import RegencyNotFound
from clothingline.reference.models import DayOff, Regency, Wage
from clothingline.reference.national_days import SOURCE
from clothingline.reference.queries import (
    days_off_by_decree,
    get_regency,
    list_days_off,
    list_regencies,
)
from clothingline.reference.service import load_facts

TABLES = [Base.metadata.tables[name] for name in ("regency", "day_off", "wage")]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with acquire(tmp_path_factory.mktemp("reference"), fsync=False) as lease:
        yield lease.server.url("postgres")


@pytest.fixture
async def session(url: str) -> AsyncIterator[AsyncSession]:
    """A session on empty reference tables; what it writes vanishes."""
    database = Database(url)
    async with database.engine.connect() as connection:
        begun = await connection.begin()
        await connection.run_sync(lambda sync: Base.metadata.create_all(sync, tables=TABLES))
        async with AsyncSession(
            connection, expire_on_commit=False, autoflush=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield session
        await begun.rollback()
    await database.close()


async def count(session: AsyncSession, model: type[Base]) -> int:
    return (await session.execute(select(func.count()).select_from(model))).scalar_one()


async def test_the_first_loading_brings_every_fact_and_the_second_changes_nothing(session: AsyncSession) -> None:
    first = await load_facts(session)
    assert (first["regency"], first["wage"]) == (514, 69 + 38)
    assert first["day_off"] == await count(session, DayOff) > 100
    assert await load_facts(session) == {"regency": 0, "wage": 0, "day_off": 0, "day_off_removed": 0}
    assert await count(session, Regency) == 514


async def test_only_a_row_that_differs_is_brought_back(session: AsyncSession) -> None:
    await load_facts(session)
    await session.execute(update(Regency).where(Regency.code == "32.73").values(name="Bandoeng"))
    await session.execute(delete(Wage).where(Wage.place_code == "32.73"))
    await session.execute(update(Wage).where(Wage.place_code == "32").values(note="salah"))
    assert await load_facts(session) == {"regency": 1, "wage": 2, "day_off": 0, "day_off_removed": 0}
    assert (await get_regency(session, code="32.73")).name == "Kota Bandung"


async def test_an_estimate_that_a_newer_package_moved_leaves_its_old_day(session: AsyncSession) -> None:
    await load_facts(session)
    session.add(
        DayOff(day=date(2028, 2, 26), kind="national", name="Hari Raya Idul Fitri", source=SOURCE, estimated=True)
    )
    await session.flush()
    assert (await load_facts(session))["day_off_removed"] == 1
    assert await list_days_off(session, since=date(2028, 2, 26), until=date(2028, 2, 26)) == []


async def test_a_decree_and_a_wage_that_people_entered_stay(session: AsyncSession) -> None:
    await load_facts(session)
    decree = DayOff(
        day=date(2026, 12, 28), kind="decree", name="Cuti bersama tambahan", source="SKB 2026", estimated=False
    )
    wage = Wage(
        place_code="32.73", year=2027, kind="umk", month_idr=5_000_000, source="Kepgub", status="verified", note=None
    )
    session.add_all([decree, wage])
    await session.flush()
    await load_facts(session)
    entered = await days_off_by_decree(session, since=date(2026, 12, 1), until=date(2026, 12, 31))
    assert entered == {date(2026, 12, 28): "Cuti bersama tambahan"}
    assert not WorkingCalendar(days_off=entered).is_working(date(2026, 12, 28))
    assert await session.scalar(select(Wage.month_idr).where(Wage.year == 2027)) == 5_000_000


async def test_the_table_holds_lebaran_as_the_calendar_knows_it(session: AsyncSession) -> None:
    await load_facts(session)
    days = await list_days_off(session, since=date(2027, 3, 9), until=date(2027, 3, 15))
    assert [(one.day.day, one.kind) for one in days] == [
        (9, "cuti_bersama"),
        (10, "national"),
        (11, "national"),
        (12, "cuti_bersama"),
        (15, "cuti_bersama"),
    ]
    assert {one.estimated for one in days} == {False}
    fitri_2028 = await list_days_off(session, since=date(2028, 2, 27), until=date(2028, 2, 28))
    assert [one.estimated for one in fitri_2028] == [True, True]


async def test_a_regency_is_searched_by_its_name_or_its_province(session: AsyncSession) -> None:
    await load_facts(session)
    found = await list_regencies(session, search="bandung")
    names = ["Kabupaten Bandung", "Kabupaten Bandung Barat", "Kota Bandung"]
    assert [one.name for one in found] == names
    assert len(await list_regencies(session, search="jawa barat", limit=100)) == 27
    assert len(await list_regencies(session, limit=5)) == 5


async def test_a_percent_sign_in_a_search_is_a_percent_sign(session: AsyncSession) -> None:
    await load_facts(session)
    assert await list_regencies(session, search="%") == []


async def test_an_unknown_regency_is_refused_in_both_languages(session: AsyncSession) -> None:
    with pytest.raises(RegencyNotFound) as refused:
        await get_regency(session, code="99.99")
    assert refused.value.status == 404
    assert "99.99" in refused.value.detail("id")
    assert refused.value.detail("en").startswith("This regency is not known. Its code is 99.99")


async def test_the_table_holds_wages_of_regencies_and_of_provinces(session: AsyncSession) -> None:
    await load_facts(session)
    places = ("32.73", "32", "35.78", "35")
    wages = select(Wage.place_code, Wage.kind, Wage.month_idr).where(Wage.year == 2026, Wage.place_code.in_(places))
    rows = {place: (kind, month_idr) for place, kind, month_idr in await session.execute(wages)}
    assert rows["32.73"] == ("umk", 4_737_678)
    assert {place: kind for place, (kind, _) in rows.items()} == {"32.73": "umk", "32": "ump", "35": "ump"}
    assert await session.scalar(select(func.count()).select_from(Wage).where(Wage.year == 2024)) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        Wage(place_code="32", year=2030, kind="umk", month_idr=1, source="-", status="verified"),
        Wage(place_code="32.73", year=2030, kind="umk", month_idr=0, source="-", status="verified"),
        Wage(place_code="32.73", year=2030, kind="umk", month_idr=1, source="-", status="certain"),
        Wage(place_code="327", year=2030, kind="umk", month_idr=1, source="-", status="verified"),
        DayOff(day=date(2030, 1, 2), kind="rumour", name="Libur", source="-", estimated=False),
    ],
    ids=["a province has no UMK", "a wage of nothing", "an unknown status", "no such place", "a kind of its own"],
)
async def test_the_database_refuses_what_is_no_fact(session: AsyncSession, wrong: Base) -> None:
    session.add(wrong)
    with pytest.raises(IntegrityError):
        await session.flush()
