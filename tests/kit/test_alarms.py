"""An alarm stands once for each subject until it is over; the service counts those that stand."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypedDict

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from clothingline.cli import health as doctor
from clothingline.kit import alarms, db
from clothingline.kit.alarms import Alarm
from clothingline.kit.db.embedded import Server
from clothingline.kit.http import health
from clothingline.kit.ids import new_id
from clothingline.settings import Settings


class Subject(TypedDict):
    """Of what an alarm is."""

    name: str
    subject: str


CHARGE: Subject = {"name": "notice_quarantined", "subject": "ntc_1"}


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is not what these tests are about."""
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 30.0)


async def standing(session: AsyncSession) -> list[tuple[str, str, dict[str, Any]]]:
    """Name, subject and detail of what nobody has cleared."""
    rows = await session.execute(
        select(Alarm.name, Alarm.subject, Alarm.detail).where(Alarm.cleared_at.is_(None)).order_by(Alarm.subject)
    )
    return [tuple(row) for row in rows]


async def test_an_alarm_stands_once_with_what_was_said_last_and_is_logged_once(session: AsyncSession) -> None:
    with capture_logs() as said:
        assert await alarms.sound(session, **CHARGE, detail={"idr": 1})
        assert not await alarms.sound(session, **CHARGE, detail={"idr": 2})
        assert await alarms.sound(session, name="notice_quarantined", subject="ntc_2")
    assert await standing(session) == [
        ("notice_quarantined", "ntc_1", {"idr": 2}),
        ("notice_quarantined", "ntc_2", {}),
    ]
    assert [(line["event"], line["subject"]) for line in said] == [("alarm", "ntc_1"), ("alarm", "ntc_2")]


async def test_who_cleared_it_is_kept_and_it_can_be_sounded_again(session: AsyncSession) -> None:
    officer = new_id()
    await alarms.sound(session, **CHARGE)
    [alarm_id] = await session.scalars(select(Alarm.id))
    assert await alarms.end(session, alarm_id=alarm_id, by=officer, reason="a test of theirs")
    assert not await alarms.end(session, alarm_id=alarm_id, by=officer, reason="again")
    assert not await alarms.clear(session, **CHARGE)
    assert await alarms.sound(session, **CHARGE)
    found = await session.execute(
        select(Alarm.cleared_by, Alarm.reason, Alarm.cleared_at.is_not(None)).order_by(Alarm.id)
    )
    assert [tuple(row) for row in found] == [(officer, "a test of theirs", True), (None, None, False)]


async def test_those_that_are_over_are_cleared_and_those_of_another_name_stay(session: AsyncSession) -> None:
    for name, subject in (("late", "a"), ("late", "b"), ("short", "a")):
        await alarms.sound(session, name=name, subject=subject)
    assert await alarms.clear_others(session, name="late", subjects={"b"}) == 1
    assert await alarms.count_open(session) == {"late": 1, "short": 1}
    assert await alarms.clear_others(session, name="late", subjects=set()) == 1
    assert await standing(session) == [("short", "a", {})]


async def test_two_who_sound_it_at_once_sound_one(database: db.Database) -> None:
    async with database.transaction() as first:
        assert await alarms.sound(first, **CHARGE)
        async with database.transaction() as second:
            await second.execute(text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(Exception, match="lock timeout"):
                await alarms.sound(second, **CHARGE)
            await second.rollback()
    async with database.transaction() as third:
        assert not await alarms.sound(third, **CHARGE)
        assert await standing(third) == [("notice_quarantined", "ntc_1", {})]


async def test_it_is_sounded_in_real_time_wherever_business_time_stands(
    database: db.Database, advance: Callable[..., Awaitable[None]]
) -> None:
    await advance(days=40)
    async with database.transaction() as session:
        await alarms.sound(session, **CHARGE)
        age = await session.scalar(text("SELECT now() - since FROM alarm"))
    assert timedelta() <= age < timedelta(days=1)


async def scraped(app: FastAPI) -> list[str]:
    """What the service counts of alarms."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test") as client:
        found = await client.get("/metrics")
    assert found.status_code == 200
    return [line for line in found.text.splitlines() if line.startswith("alarms_open")]


async def test_the_service_counts_those_that_stand_each_time_it_is_asked(app: FastAPI, database: db.Database) -> None:
    assert await scraped(app) == []
    async with database.transaction() as session:
        for number in range(2):
            await alarms.sound(session, name="notice_quarantined", subject=str(number))
        await alarms.sound(session, name="labour_waits", subject="jobs")
    assert set(await scraped(app)) == {
        'alarms_open{name="labour_waits"} 1.0',
        'alarms_open{name="notice_quarantined"} 2.0',
    }
    async with database.transaction() as session:
        await alarms.clear(session, name="labour_waits", subject="jobs")
    assert await scraped(app) == ['alarms_open{name="notice_quarantined"} 2.0']


async def test_without_the_database_the_service_counts_no_alarms_and_still_all_else(
    app: FastAPI, database: db.Database
) -> None:
    async with database.transaction() as session:
        await alarms.sound(session, **CHARGE)
    assert len(await scraped(app)) == 1
    away = db.use(db.Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    assert await scraped(app) == []
    await away.close()


async def test_the_doctor_names_those_that_stand(database: db.Database, server: Server, database_name: str) -> None:
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        assert doctor._alarms(Settings(environment="test"), connection) == (True, "0")
        async with database.transaction() as session:
            await alarms.sound(session, **CHARGE)
        ok, said = doctor._alarms(Settings(environment="test"), connection)
    assert not ok
    assert said.startswith("notice_quarantined ntc_1 (")
