"""What may be paid goes into one payout at a time, and comes back from it under another number."""

import asyncio
from uuid import UUID

import pytest

from clothingline.earnings import service
from clothingline.earnings.errors import EarningsMoved
from clothingline.earnings.models import EARNING, Earning
from clothingline.kit import db, states
from clothingline.kit.ids import new_id
from tests.payments.stage import Scene, checked_out

pytestmark = pytest.mark.usefixtures("database")


async def available(scene: Scene, *amounts: int) -> list[UUID]:
    """Earnings of the first tailor that may be paid, as rows without a past."""
    rows = [
        Earning(
            id=new_id(),
            order_id=scene.order,
            organisation_id=scene.tailors[0],
            source_type="job",
            source_id=new_id(),
            amount_idr=amount,
            state="expected",
        )
        for amount in amounts
    ]
    async with db.transaction() as session:
        session.add_all(rows)
        await session.flush()
        for event in ("earn", "release"):
            await states.move(session, EARNING, Earning, event, Earning.order_id == scene.order)
    return sorted(row.id for row in rows)


async def test_what_is_available_is_taken_in_order_and_goes_into_one_payout_only() -> None:
    scene = await checked_out()
    ids = await available(scene, 400_000, 1_000)

    async def collect() -> list[Earning]:
        async with db.transaction() as session:
            taken = await service.take_available(session, organisation_id=scene.tailors[0])
            await asyncio.sleep(0.1)
            return await service.to_batch(session, [earning.id for earning in taken])

    one, other = await asyncio.gather(collect(), collect())
    assert sorted([[row.id for row in one], [row.id for row in other]]) == [[], ids]


async def test_a_payout_that_failed_gives_its_earnings_back_under_another_number() -> None:
    scene = await checked_out()
    ids = await available(scene, 400_000)
    for event in ("unbatch", "come_back"):
        async with db.transaction() as session:
            await service.to_batch(session, ids)
            if event == "come_back":
                await service.to_paid(session, ids)
            await service.back_to_available(session, ids=ids, event=event)
    async with db.transaction() as session:
        [row] = await service.take_available(session, organisation_id=scene.tailors[0])
    assert (row.batch, row.step, row.net_idr) == (2, 4, 400_000)


async def test_a_payout_of_more_than_is_available_takes_nothing() -> None:
    scene = await checked_out()
    ids = await available(scene, 400_000, 1_000)
    async with db.transaction() as session:
        await service.to_batch(session, ids[:1])
    with pytest.raises(EarningsMoved):
        async with db.transaction() as session:
            await service.to_batch(session, ids)
    with pytest.raises(EarningsMoved):
        async with db.transaction() as session:
            await service.to_paid(session, ids)
    async with db.transaction() as session:
        assert [row.state for row in [await session.get_one(Earning, one) for one in ids]] == ["in_batch", "available"]
