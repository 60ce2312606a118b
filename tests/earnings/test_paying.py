"""What may be paid goes into one payout at a time, and comes back from it under another number."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Literal
from uuid import UUID

import pytest

from clothingline.earnings import service
from clothingline.earnings.errors import EarningsMoved
from clothingline.earnings.models import Earning
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import new_id
from clothingline.ledger import chart
from clothingline.ledger import service as ledgers
from clothingline.ledger.chart import Account
from tests.earnings.scenes import Drain, accepted, confirmed, passed
from tests.payments.stage import Scene

Kind = Callable[[UUID], Account]


async def available(provider: FakeProvider, drain: Drain) -> Scene:
    """An accepted order whose brand and suppliers may be paid."""
    scene = await confirmed(provider, drain, pays=(400_000,))
    await passed(scene, drain, 0)
    await accepted(scene, drain)
    return scene


async def booked(rows: Sequence[Earning], source: Kind, target: Kind) -> None:
    """What payouts book for these."""
    async with db.transaction() as session:
        for row in rows:
            lines = [(source(row.organisation_id), row.net_idr), (target(row.organisation_id), -row.net_idr)]
            await ledgers.book_all(session, [ledgers.Posting("payout", new_id(), "move", tuple(lines))])


def _gone(organisation: UUID) -> Account:
    """Where the money of a payout is that has no row here: it has left."""
    return chart.BANK


async def batched(party: UUID) -> list[Earning]:
    """Everything that this party may be paid goes into a payout."""
    async with db.transaction() as session:
        taken = await service.take_available(session, organisation_id=party)
        await asyncio.sleep(0.1)
        rows = await service.to_batch(session, [earning.id for earning in taken])
    await booked(rows, chart.available, _gone)
    return rows


async def test_what_is_available_goes_into_one_payout_only(provider: FakeProvider, drain: Drain) -> None:
    scene = await available(provider, drain)
    one, other = await asyncio.gather(batched(scene.tailors[0]), batched(scene.tailors[0]))
    assert sorted([[row.amount_idr for row in one], [row.amount_idr for row in other]]) == [[], [400_000]]


@pytest.mark.parametrize("event", ["unbatch", "come_back"])
async def test_a_payout_that_failed_gives_its_earnings_back_under_another_number(
    provider: FakeProvider, drain: Drain, event: Literal["unbatch", "come_back"]
) -> None:
    scene = await available(provider, drain)
    [row] = await batched(scene.tailors[0])
    async with db.transaction() as session:
        if event == "come_back":
            await service.to_paid(session, [row.id])
        [again] = await service.back_to_available(session, ids=[row.id], event=event)
    await booked([again], _gone, chart.available)
    assert (again.state, again.batch, again.step, again.net_idr) == ("available", 1, row.step + 1, 400_000)
    assert [one.id for one in await batched(scene.tailors[0])] == [row.id]


async def test_a_payout_of_more_than_is_available_takes_nothing(provider: FakeProvider, drain: Drain) -> None:
    scene = await available(provider, drain)
    [gone] = await batched(scene.tailors[0])
    async with db.transaction() as session:
        [brand] = await service.take_available(session, organisation_id=scene.brand)
    for act in (service.to_batch, service.to_paid):
        with pytest.raises(EarningsMoved):
            async with db.transaction() as session:
                await act(session, [gone.id, brand.id])
    async with db.transaction() as session:
        states = [(await session.get_one(Earning, one.id)).state for one in (gone, brand)]
    assert states == ["in_batch", "available"]
