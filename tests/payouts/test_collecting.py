"""When money leaves by itself, when a party asks for it, and which money a payout is."""

import random
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import WIB, business_now
from clothingline.payouts import queries, service, tasks
from clothingline.payouts.errors import AccountJustChanged, NothingAvailable, PayeeNotReady, PayeeUnknown, PayoutWaiting
from clothingline.payouts.models import Payee, Payout, key_of
from clothingline.settings import settings
from tests.payouts.stage import (
    Advance,
    Drain,
    allow,
    collect,
    earnings_of,
    enrol,
    owe,
    payee,
    payouts,
    ready,
    set_up,
    states_of,
)


async def now() -> datetime:
    """Business time in Jakarta."""
    async with db.transaction() as session:
        return (await business_now(session)).astimezone(WIB)


async def until(advance: Advance, hour: int) -> date:
    """Move to the next time that it is so late in Jakarta; the day."""
    at = await now()
    wanted = at.replace(hour=hour, minute=0, second=0, microsecond=0)
    wanted += timedelta(days=wanted <= at)
    await advance(seconds=(wanted - at).total_seconds())
    return wanted.date()


async def test_payouts_are_made_once_a_day_from_six_in_the_morning_on(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    await until(advance, 5)
    assert await tasks.collect_due() == 0
    today = await until(advance, 6)
    assert (await tasks.collect_due(), (await payee(stage.tailor)).collected_on) == (1, today)
    await drain()
    await owe(stage.scene.order, stage.tailor, 50_000)
    await advance(hours=2)
    assert await tasks.collect_due() == 0
    await until(advance, 6)
    assert await tasks.collect_due() == 1
    assert [one.amount_idr for one in await payouts()] == [100_000, 50_000]


async def due(cadence: str, weekday: int, collected: date | None, today: date) -> bool:
    """Whether a payee would be paid on a day."""
    async with db.transaction() as session:
        for one in await session.run_sync(lambda sync: sync.query(Payee).all()):
            one.cadence, one.weekday, one.collected_on = cadence, weekday, collected
        await session.flush()
        return bool(await queries.list_due_payees(session, today=today))


async def test_a_payee_is_paid_on_its_days(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    await ready(provider, drain, advance, 1)
    friday = date(2026, 12, 4)
    day = timedelta(days=1)
    assert [await due("daily", 1, friday - n * day, friday) for n in (0, 1)] == [False, True]
    assert [await due("weekly", 5, friday - n * day, friday) for n in (0, 1, 7)] == [False, True, True]
    assert [await due("weekly", 4, friday - n * day, friday) for n in (0, 1, 2)] == [False, False, True]
    assert [await due("on_demand", 5, one, friday) for one in (None, friday - 30 * day)] == [False, False]
    assert await due("weekly", 3, None, friday)


async def wish(organisation: UUID, reach: Reach | None = None) -> Payout:
    """The payee asks for what is available."""
    mine = Reach(organisations={Role.TAILOR: frozenset({organisation})})
    async with db.transaction() as session:
        return await service.collect_wished(
            session, payee_id=organisation, now=await business_now(session), reach=reach or mine
        )


async def test_a_payee_that_asks_is_paid_on_any_day_or_told_why_not(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await set_up(provider)
    tailor = stage.tailor
    with pytest.raises(PayeeUnknown):
        await wish(tailor)
    await enrol(provider, [tailor], drain, cadence="on_demand")
    await allow(provider, tailor, receive=False)
    with pytest.raises(PayeeNotReady):
        await wish(tailor)
    await allow(provider, tailor)
    with pytest.raises(AccountJustChanged):
        await wish(tailor)
    await advance(hours=25)
    with pytest.raises(NothingAvailable):
        await wish(tailor)
    await owe(stage.scene.order, tailor, 12_000_000)
    with pytest.raises(PayeeUnknown):
        await wish(tailor, Reach(organisations={Role.TAILOR: frozenset({uuid4()})}))
    assert (await wish(tailor)).amount_idr == 12_000_000
    with pytest.raises(PayoutWaiting):
        await wish(tailor)


async def test_no_money_leaves_for_a_day_after_the_bank_account_has_changed(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    with provider.books.writing() as clerk:
        clerk.write("UPDATE payee SET bank_last4 = '9999'")
    async with db.transaction() as session:
        said = await provider.fetch_payee(str((await payee(stage.tailor)).provider_account))
        await service.note_payee(session, payee_id=stage.tailor, account=said)
    assert await collect(stage.tailor) == [None]
    await advance(hours=23)
    assert await collect(stage.tailor) == [None]
    await advance(hours=2)
    assert [one and one.amount_idr for one in await collect(stage.tailor)] == [100_000]


async def test_an_account_that_is_opened_twice_keeps_its_first_name(provider: FakeProvider, drain: Drain) -> None:
    stage = await set_up(provider)
    [first] = await enrol(provider, [stage.tailor], drain)
    async with db.transaction() as session:
        other = await provider.open_payee("someone-else", "Siti")
        assert not await service.note_payee(session, payee_id=stage.tailor, account=other)
    assert (await payee(stage.tailor)).provider_account == first


def test_the_key_says_which_money_it_is_in_whatever_order_and_nothing_else() -> None:
    owner, other, seed = uuid4(), uuid4(), random.randrange(10**9)
    items = [(uuid4(), batch) for batch in range(5)]
    shuffled = random.Random(seed).sample(items, len(items))  # no secret, only another order
    key = key_of(owner, "IDR", items)
    assert key == key_of(owner, "IDR", shuffled), seed
    others = [
        key_of(other, "IDR", items),
        key_of(owner, "USD", items),
        key_of(owner, "IDR", items[1:]),
        key_of(owner, "IDR", [(items[0][0], 7), *items[1:]]),
    ]
    assert len({key, *others}) == 5


async def test_a_failed_payout_burns_its_key(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    await allow(provider, stage.tailor)
    provider.books.allow(str((await payee(stage.tailor)).provider_account), receive=False)
    await collect(stage.tailor)
    await drain()
    assert (await states_of(), await earnings_of(stage.tailor)) == (["failed"], [(100_000, "available", 1)])
    assert (await payee(stage.tailor)).state == "restricted"
    await allow(provider, stage.tailor)
    await collect(stage.tailor)
    await drain()
    first, second = await payouts()
    assert (second.state, first.key == second.key, first.reference("transfer") == second.reference("transfer")) == (
        "sent",
        False,
        False,
    )


async def test_a_weekly_payee_to_whom_nothing_could_be_paid_on_its_day_is_looked_at_again(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await set_up(provider)
    await until(advance, 6)
    await enrol(provider, [stage.tailor], drain, cadence="weekly", weekday=(await now()).isoweekday())
    await owe(stage.scene.order, stage.tailor, 100_000)
    assert await tasks.collect_due() == 0, "the account was opened just now"
    await advance(hours=25)
    assert (await tasks.collect_due(), (await payee(stage.tailor)).collected_on) == (1, (await now()).date())


async def test_every_payee_has_its_turn_behind_those_to_whom_nothing_can_be_paid(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await set_up(provider, tailors=5)
    await enrol(provider, stage.scene.tailors, drain)
    await advance(hours=25)
    *first, last = sorted(stage.scene.tailors)
    for one in first:
        await owe(stage.scene.order, one, 100)
    await owe(stage.scene.order, last, 100_000)
    monkeypatch.setattr(settings().payouts, "minimum_idr", 1_000)
    monkeypatch.setattr(queries, "list_due_payees", partial(queries.list_due_payees, limit=2))
    await until(advance, 6)
    assert (await tasks.collect_due(), [one.payee_id for one in await payouts()]) == (1, [last])
