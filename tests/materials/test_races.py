"""Many hands reach for the same cloth at once, over several connections."""

import asyncio
import random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from clothingline.kit.db import Database
from clothingline.kit.errors import Conflict
from clothingline.kit.ids import new_id
from clothingline.materials import service
from clothingline.materials.errors import ClothShort
from clothingline.materials.models import Lot, Reservation
from tests.materials.test_stock import STEPS, columns_of, ledger_of
from tests.parties import make_lot, make_supplier

HANDS = 8


@pytest.mark.parametrize("attempts", [400, pytest.param(2_000, marks=pytest.mark.prove)])
async def test_a_crowd_never_oversells_a_lot_and_leaves_nothing_unsold(database: Database, attempts: int) -> None:
    received = attempts * 75  # enough for every other one
    lot = await lot_of(database, received_cm=received)
    gate = asyncio.Semaphore(HANDS)

    async def attempt() -> int:
        async with gate:
            try:
                async with database.transaction() as session:
                    return (await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=150)).cm
            except ClothShort:
                return 0

    won = await asyncio.gather(*(attempt() for _ in range(attempts)))
    assert won.count(150) == attempts // 2
    async with database.transaction() as session:
        assert await columns_of(session, lot.id) == (0, received, 0, 0)
        assert await ledger_of(session, lot.id) == (0, received, 0, 0)
        assert await session.scalar(select(func.sum(Reservation.cm))) == received


async def test_holds_releases_and_cuts_at_once_keep_the_books_in_balance(database: Database) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    lot = await lot_of(database, received_cm=20_000)
    gate = asyncio.Semaphore(HANDS)

    async def life(cm: int, end: str) -> None:
        async with gate:
            claim = new_id()
            try:
                async with database.transaction() as session:
                    await service.hold_cloth(session, claim=claim, lot_id=lot.id, cm=cm)
            except ClothShort:
                return
            for step in ENDS[end]:
                async with database.transaction() as session:
                    await STEPS[step](session, claim)

    await asyncio.gather(*(life(chance.randint(50, 900), chance.choice(list(ENDS))) for _ in range(150)))
    async with database.transaction() as session:
        assert await ledger_of(session, lot.id) == await columns_of(session, lot.id)
        assert min(await columns_of(session, lot.id)) >= 0


async def test_confirming_and_releasing_at_once_end_in_one_state(database: Database) -> None:
    lot = await lot_of(database, received_cm=10_000)
    for _ in range(20):
        claim = new_id()
        async with database.transaction() as session:
            await service.hold_cloth(session, claim=claim, lot_id=lot.id, cm=400)
            await service.request_cloth(session, claim=claim)
        await asyncio.gather(*(race(database, step, claim) for step in ("confirm", "release", "refuse")))
    async with database.transaction() as session:
        free, held, reserved, used = await columns_of(session, lot.id)
        kept = await session.scalar(select(func.sum(Reservation.cm)).where(Reservation.state == "confirmed"))
        assert (held, reserved, used, free) == (0, kept or 0, 0, 10_000 - (kept or 0))
        assert await ledger_of(session, lot.id) == (free, held, reserved, used)


ENDS: dict[str, list[str]] = {
    "quote": ["release"],
    "refusal": ["request", "refuse"],
    "cancellation": ["request", "confirm", "release"],
    "garment": ["request", "confirm", "cut"],
    "doubled": ["request", "request", "confirm", "release", "release"],
}


async def race(database: Database, step: str, claim: UUID) -> None:
    try:
        async with database.transaction() as session:
            await STEPS[step](session, claim)
    except Conflict:
        return


async def lot_of(database: Database, *, received_cm: int) -> Lot:
    async with database.transaction() as session:
        return await make_lot(session, (await make_supplier(session)).id, received_cm=received_cm)
