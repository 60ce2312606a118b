"""What a payee is told of its next payout: the day on which it is made, and what is in it."""

from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import select

from clothingline.earnings.models import Earning
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import WIB, business_now
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.payouts import queries
from clothingline.payouts.models import PAYEE, Payee
from clothingline.payouts.upcoming import next_transfer
from tests.payouts.stage import Advance, Drain, ready

ONE_DAY = timedelta(days=1)


async def told(
    tailor: UUID, cadence: str, weekday: int, collected: date | None, *, waiting: Earning | None = None
) -> tuple[date | None, int, bool]:
    """The day and the rupiah that are told, and whether the payee is due today."""
    mine = Reach(organisations={Role.TAILOR: frozenset({tailor})})
    async with db.transaction() as session:
        one = (await session.scalars(select(Payee).where(Payee.id == tailor))).one()
        one.cadence, one.weekday, one.collected_on = cadence, weekday, collected
        if waiting is not None:
            session.add(waiting)
        await session.flush()
        at = await business_now(session)
        transfer = await next_transfer(session, mine, now=at)
        assert transfer is not None
        due = tailor in await queries.list_due_payees(session, today=at.astimezone(WIB).date())
        await session.rollback()
    return transfer.day, transfer.amount_idr, due


async def test_the_day_that_is_told_is_today_just_when_the_payee_is_due(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    async with db.transaction() as session:
        today = (await business_now(session)).astimezone(WIB).date()
    found = set()
    for weekday, ago in product(range(1, 8), (None, *range(9))):
        collected = None if ago is None else today - ago * ONE_DAY
        for cadence in ("daily", "weekly"):
            day, amount, due = await told(stage.tailor, cadence, weekday, collected)
            assert day is not None
            assert (day == today, amount) == (due, 100_000), (cadence, weekday, collected)
            assert due or cadence == "daily" or day.isoweekday() == weekday
            found.add(due)
    assert found == {True, False}


@pytest.mark.parametrize("cadence", ["daily", "weekly"])
async def test_where_nothing_is_ready_on_the_day_the_next_that_ripens_leaves_as_soon_as_it_may(
    provider: FakeProvider, drain: Drain, advance: Advance, cadence: str
) -> None:
    stage = await ready(provider, drain, advance)
    async with db.transaction() as session:
        ripens = await business_now(session) + 9 * ONE_DAY
    today = (ripens - 9 * ONE_DAY).astimezone(WIB).date()
    whose = {"order_id": stage.scene.order, "organisation_id": stage.tailor}
    what = {"source_type": "job", "source_id": new_id(), "amount_idr": 100_000}
    waiting = Earning(**whose, **what, state="earned", available_at=ripens)
    day, amount, _ = await told(stage.tailor, cadence, today.isoweekday(), today, waiting=waiting)
    assert (day, amount) == (ripens.astimezone(WIB).date(), 100_000)


async def test_who_may_not_be_paid_is_told_no_day(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    async with db.transaction() as session:
        await move(session, PAYEE, Payee, "restrict", Payee.id == stage.tailor)
    assert await told(stage.tailor, "daily", 5, None) == (None, 100_000, False)


async def test_who_asks_for_each_payout_is_told_no_day(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    assert (await told(stage.tailor, "on_demand", 5, None))[:2] == (None, 100_000)
