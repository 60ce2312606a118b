"""What is done at intervals is done once in each, whoever else tries, and is missed when it stops."""

import ast
import importlib
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import reactions, worker
from clothingline.kit import alarms, db, heartbeats
from clothingline.kit.db.embedded import Server
from clothingline.kit.heartbeats import due
from tests.conftest import ROOT

DAY = timedelta(days=1)


@pytest.fixture
def owner(server: Server, database_name: str) -> Iterator[psycopg.Connection]:
    """Who may set the hands back."""
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        yield connection


async def beats(database: db.Database, name: str = "payouts.collect") -> bool:
    """Whether a transaction of its own was let through."""
    async with database.transaction() as session:
        return await due(session, name, every=DAY)


async def test_it_is_due_at_once_and_then_once_in_each_interval(
    database: db.Database, advance: Callable[..., Awaitable[None]]
) -> None:
    assert [await beats(database), await beats(database)] == [True, False]
    await advance(hours=23)
    assert not await beats(database)
    await advance(hours=1)
    assert [await beats(database), await beats(database)] == [True, False]
    assert await beats(database, "reconciliation.daily")


async def test_a_beat_falls_with_its_transaction(database: db.Database) -> None:
    for known in (False, True):
        async with database.transaction() as session:
            assert await due(session, "payouts.collect", every=DAY)
            await session.rollback()
        if not known:
            await worker_expects(database, "payouts.collect")
    assert await beats(database)


async def worker_expects(database: db.Database, *names: str) -> int:
    """One round of the watch."""
    async with database.transaction() as session:
        return await heartbeats.watch(session, dict.fromkeys(names, DAY))


async def test_of_two_at_once_one_is_let_through_and_the_other_does_not_wait(
    database: db.Database, advance: Callable[..., Awaitable[None]]
) -> None:
    await beats(database)
    await advance(days=2)
    async with database.transaction() as first:
        assert await due(first, "payouts.collect", every=DAY)
        assert not await beats(database)
    assert not await beats(database)


async def test_what_missed_two_rounds_sounds_the_alarm_until_it_beats_again(
    database: db.Database, owner: psycopg.Connection, advance: Callable[..., Awaitable[None]]
) -> None:
    await beats(database)
    await advance(days=30)  # business time may be moved; only the real clock misses
    assert await worker_expects(database, "payouts.collect") == 0
    owner.execute("UPDATE heartbeat SET real_at = now() - interval '47 hours'")
    assert await worker_expects(database, "payouts.collect") == 0
    owner.execute("UPDATE heartbeat SET real_at = now() - interval '49 hours'")
    assert [await worker_expects(database, "payouts.collect") for _ in range(2)] == [1, 0]
    assert await sounding(database) == {heartbeats.MISSED: 1}
    assert await beats(database)
    assert [await worker_expects(database, "payouts.collect") for _ in range(2)] == [1, 0]
    assert await sounding(database) == {}


async def sounding(database: db.Database) -> dict[str, int]:
    """Alarms that stand, by name."""
    async with database.transaction() as session:
        return await alarms.count_open(session)


async def test_what_never_beat_is_missed_too_and_is_due_all_the_same(
    database: db.Database, owner: psycopg.Connection
) -> None:
    assert await worker_expects(database, "payouts.collect", "reconciliation.daily") == 0
    owner.execute("UPDATE heartbeat SET real_at = now() - interval '49 hours'")
    assert await worker_expects(database, "payouts.collect", "reconciliation.daily") == 2
    assert [await beats(database), await beats(database)] == [True, False]
    async with database.transaction() as session:
        ages = await heartbeats.ages(session)
    assert ages["payouts.collect"] < ages["reconciliation.daily"] == 49 * 3600


async def test_the_worker_watches_over_the_heartbeats_of_the_houses(
    database: db.Database, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "HEARTBEATS", {**reactions.HEARTBEATS, "payouts.collect": DAY})
    await worker.watch()
    owner.execute("UPDATE heartbeat SET real_at = now() - interval '3 days' WHERE name = 'payouts.collect'")
    assert await worker.watch() == 1
    async with database.transaction() as session:
        assert await names_missed(session) == ["payouts.collect"]


async def names_missed(session: AsyncSession) -> list[str]:
    """Subjects of the alarm."""
    return list(await session.scalars(select(alarms.Alarm.subject).where(alarms.Alarm.name == heartbeats.MISSED)))


def test_every_heartbeat_of_the_package_is_watched() -> None:
    package = ROOT / "src" / "clothingline"
    named = {name for path in package.rglob("*.py") for name in names_given(path)}
    assert named == reactions.HEARTBEATS.keys()


def names_given(path: Path) -> Iterator[str]:
    """The names of heartbeats in the calls of `due` in a file: literals, or constants of the module."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    for name in [call.args[1] for call in calls if ast.unparse(call.func).rpartition(".")[2] == "due"]:
        if isinstance(name, ast.Name):
            module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
            yield getattr(importlib.import_module(module), name.id)
        else:
            yield ast.literal_eval(name)
