"""Who turns over more than Rp 500 million in a year is exempt to the end of that month, and no longer."""

import calendar
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from clothingline.accounts.models import Account
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.taxes import queries, tasks
from clothingline.taxes.models import TaxDeclaration
from tests.earnings.scenes import shared
from tests.taxes.offices import Office

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


async def exempt(seller: UUID, role: Role) -> UUID:
    """A confirmed declaration of a seller for this year and the next."""
    async with db.transaction() as session:
        people = [Account(phone=f"+62{uuid4().int % 10**11}", name=name) for name in ("Siti", "Dewi")]
        session.add_all(people)
        await session.flush()
        office = Office(seller, people[0].id, people[1].id, role)
        await office.register(session)
        today = local_date(await business_now(session))
        days = {"valid_from": date(today.year, 1, 1), "valid_until": date(today.year + 1, 12, 31)}
        return (await office.confirm(session, await office.give(session, **days))).id


async def last_day(declaration: UUID) -> date:
    async with db.transaction() as session:
        return (await session.get_one(TaxDeclaration, declaration)).valid_until


async def end_of_month() -> date:
    async with db.transaction() as session:
        today = local_date(await business_now(session))
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


@pytest.mark.parametrize(("pay", "is_cut"), [(500_000_000, False), (500_000_001, True)])
async def test_a_maker_past_the_limit_is_exempt_to_the_end_of_the_month(
    provider: FakeProvider, drain: Drain, pay: int, is_cut: bool
) -> None:
    scene = await shared(provider, drain, price=700_000_000, pays=(pay, 150_000))
    large, small = [await exempt(tailor, Role.TAILOR) for tailor in scene.tailors]
    assert await tasks.count_turnover() == int(is_cut)
    end = await end_of_month()
    assert (await last_day(large) == end, await last_day(small) == end) == (is_cut, False)


async def test_a_brand_counts_the_whole_price_of_its_orders(provider: FakeProvider, drain: Drain) -> None:
    scene = await shared(provider, drain, price=500_000_001, pays=(400_000_000,))
    declaration = await exempt(scene.brand, Role.BRAND_OWNER)
    assert await tasks.count_turnover() == 1
    assert await last_day(declaration) == await end_of_month()


async def test_turnover_is_counted_once_a_day_and_that_of_last_year_is_forgotten(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    assert await tasks.count_turnover() == 0
    scene = await shared(provider, drain, price=700_000_000, pays=(600_000_000, 150_000))
    declaration = await exempt(scene.tailors[0], Role.TAILOR)
    assert await tasks.count_turnover() == 0
    async with db.transaction() as session:
        today = local_date(await business_now(session))
    await advance(days=(date(today.year + 1, 1, 2) - today) / timedelta(days=1))
    assert await tasks.count_turnover() == 0
    assert (await last_day(declaration)).year == today.year + 1


async def test_every_seller_past_the_limit_has_its_turn_however_few_are_read_at_once(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "list_past_limit", partial(queries.list_past_limit, limit=1))
    scene = await shared(provider, drain, price=2_000_000_000, pays=(600_000_000, 500_000_001, 500_000_000))
    first, second, third = [await exempt(tailor, Role.TAILOR) for tailor in scene.tailors]
    assert await tasks.count_turnover() == 2
    end = await end_of_month()
    assert [await last_day(one) == end for one in (first, second, third)] == [True, True, False]
