"""Setting pieces of a brand's week aside."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries, service
from clothingline.brands.errors import BrandFull, BrandNotFound, WeekIsFuller
from clothingline.brands.models import PIECES, BrandBooking, BrandWeek
from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.kit.weeks import Load
from tests.looking import rows
from tests.parties import make_brand

WEEK = date(2027, 8, 2)  # no holiday in it
NEXT = WEEK + timedelta(weeks=1)
LEBARAN = date(2027, 3, 8)


async def load(session: AsyncSession, brand_id: UUID, monday: date = WEEK) -> Load:
    found = await PIECES.loads(session, parties=[brand_id], mondays=[monday])
    return found[brand_id, monday]


async def hold(session: AsyncSession, brand_id: UUID, pieces: int, claim: UUID | None = None) -> None:
    await service.hold_pieces(session, claim=claim or uuid4(), brand_id=brand_id, monday=WEEK, pieces=pieces)


async def test_many_holds_at_once_never_exceed_what_the_week_declares(database: db.Database) -> None:
    async with db.transaction() as session:
        brand = await make_brand(session, weekly_pieces=100)

    async def attempt() -> bool:
        try:
            async with db.transaction() as own:
                await hold(own, brand.id, 30)
        except BrandFull:
            return False
        return True

    held = await asyncio.gather(*(attempt() for _ in range(20)))
    async with db.transaction() as session:
        assert await load(session, brand.id) == Load(100, 90, 0)
        assert await session.scalar(select(func.sum(BrandBooking.pieces))) == 90
    assert held.count(True) == 3


async def test_the_database_refuses_more_pieces_than_declared_even_without_the_guard(session: AsyncSession) -> None:
    brand = await make_brand(session, weekly_pieces=100)
    await service.ensure_weeks(session, brands=[brand], mondays=[WEEK])
    with pytest.raises(IntegrityError, match="ck_brand_week_load"):
        async with session.begin_nested():
            await session.execute(update(BrandWeek).where(BrandWeek.brand_id == brand.id).values(booked=101))


async def test_a_full_brand_says_how_many_pieces_are_left(session: AsyncSession) -> None:
    brand = await make_brand(session, weekly_pieces=100)
    await hold(session, brand.id, 60)
    with pytest.raises(BrandFull) as refused:
        async with session.begin_nested():
            await hold(session, brand.id, 41)
    assert refused.value.facts["free_pieces"] == 40


async def test_pieces_are_held_booked_and_released_each_once(session: AsyncSession) -> None:
    brand, claim = await make_brand(session, weekly_pieces=100), uuid4()
    for _ in range(2):
        await hold(session, brand.id, 60, claim)
        assert await load(session, brand.id) == Load(100, 60, 0)
    for _ in range(2):
        await service.book_pieces(session, claim=claim)
        assert await load(session, brand.id) == Load(100, 0, 60)
    for _ in range(2):
        await service.release_pieces(session, claim=claim)
        assert await load(session, brand.id) == Load(100, 0, 0)


async def test_pieces_that_are_only_held_can_be_released(session: AsyncSession) -> None:
    brand, claim = await make_brand(session, weekly_pieces=100), uuid4()
    await hold(session, brand.id, 60, claim)
    await hold(session, brand.id, 10)
    await service.release_pieces(session, claim=claim)
    assert await load(session, brand.id) == Load(100, 10, 0)


async def test_a_week_of_holidays_holds_fewer_pieces(session: AsyncSession) -> None:
    brand = await make_brand(session, weekly_pieces=600)
    await service.ensure_weeks(session, brands=[brand], mondays=[LEBARAN, WEEK])
    assert await rows(session, PIECES.free.whole, first=LEBARAN, last=NEXT) == [(brand.id, [0, 21], [100, 600])]
    assert [one.id for one in await rows(session, queries.HOUSES.whole)] == [brand.id]


async def test_a_smaller_capacity_is_refused_where_more_is_booked(session: AsyncSession) -> None:
    brand = await make_brand(session, weekly_pieces=100)
    await hold(session, brand.id, 60)
    mine = Reach(organisations={Role.BRAND_OWNER: frozenset({brand.id})})
    shrink = {"today": WEEK, "reach": mine, "ref": brand.id}
    await service.update_brand(session, changes={"weekly_pieces": 60}, **shrink)  # type: ignore[arg-type]  # mixed keywords
    assert await load(session, brand.id) == Load(60, 60, 0)
    with pytest.raises(WeekIsFuller):
        await service.update_brand(session, changes={"weekly_pieces": 59}, **shrink)  # type: ignore[arg-type]  # as above


async def test_a_brand_that_does_not_exist_holds_nothing(session: AsyncSession) -> None:
    with pytest.raises(BrandNotFound):
        await hold(session, uuid4(), 1)
