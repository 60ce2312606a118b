"""How often one subject may do a thing, counted in the database."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select
from starlette.requests import Request

from clothingline.kit import db, pace
from clothingline.kit.http.sender import address_of
from clothingline.kit.pace import Pace, Paced, TooOften

FOUR = Pace("knock", 4)
Advance = Callable[..., Awaitable[None]]


async def knock(subject: str | None = "siti", at: Pace = FOUR) -> int | None:
    """One try in a transaction of its own; None when it went through, else the seconds to wait."""
    try:
        async with db.transaction() as session:
            await pace.keep(session, at, subject)
    except TooOften as error:
        return error.again_in
    return None


async def test_so_many_go_through_at_once_and_then_one_in_each_share_of_the_hour(
    database: db.Database, advance: Advance
) -> None:
    assert [await knock() for _ in range(4)] == [None] * 4
    wait = await knock()
    assert wait is not None
    assert 0 < wait <= 15 * 60
    await advance(minutes=14)
    assert await knock() is not None
    await advance(seconds=61)
    assert [await knock() is None, await knock() is None] == [True, False]
    await advance(hours=1)
    assert [await knock() for _ in range(4)] == [None] * 4


async def test_the_refusal_names_the_wait_in_both_languages(database: db.Database) -> None:
    assert [await knock() for _ in range(4)] == [None] * 4
    with pytest.raises(TooOften) as refused:
        async with db.transaction() as session:
            await pace.keep(session, FOUR, "siti")
    assert "Coba lagi 15 menit lagi." in refused.value.detail("id")
    assert refused.value.advice("en") == "Try again in 15 minutes."


async def test_each_subject_and_each_thing_has_its_own_count_and_nobody_has_none(database: db.Database) -> None:
    assert [await knock() for _ in range(4)] == [None] * 4
    assert await knock("budi") is None
    assert await knock(at=Pace("ring", 4)) is None
    assert [await knock(None) for _ in range(6)] == [None] * 6
    assert await knock() is not None


async def test_of_twenty_at_once_no_more_go_through_than_may(database: db.Database) -> None:
    waits = await asyncio.gather(*(knock() for _ in range(20)))
    assert waits.count(None) == FOUR.an_hour


async def test_what_counts_no_more_is_forgotten_and_nothing_else(database: db.Database, advance: Advance) -> None:
    assert [await knock("budi"), *[await knock() for _ in range(4)]] == [None] * 5
    await advance(minutes=20)
    assert await pace.forget_past() == 1
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Paced)) == 1
    assert await knock() is None
    await advance(hours=2)
    assert await pace.forget_past() == 1


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("36.66.1.9", "36.66.1.9"),
        ("2404:8000:1:2:3:4:5:6", "2404:8000:1:2::/64"),
        ("::ffff:36.66.1.9", "36.66.1.9"),
        ("::ffff:10.2.3.4", None),
        ("127.0.0.1", None),
        ("10.2.3.4", None),
        ("::1", None),
        ("testclient", None),
    ],
)
def test_a_sender_is_told_by_an_address_of_the_public_network_alone(address: str, told: str | None) -> None:
    assert address_of(Request({"type": "http", "client": (address, 1), "headers": []})) == told
