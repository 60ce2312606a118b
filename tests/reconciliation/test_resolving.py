"""What becomes of a difference: asked again, taken back, explained or suspended by two people, or gone by itself."""

import asyncio

import pytest
from sqlalchemy import select, text

from clothingline import worker
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, heartbeats
from clothingline.kit.alarms import Alarm
from clothingline.reconciliation import service, tasks
from clothingline.reconciliation.errors import AnotherPersonNeeded, AnotherProposal, DifferenceClosed, NothingToSuspend
from tests.payments.stage import checked_out, ledger, open_payment, order_state
from tests.payouts.stage import Advance, Drain, ask, collect, payouts, set_up, states_of
from tests.reconciliation.stage import clean, differences, officer, reconcile, resolve, still_open


async def alarms() -> list[tuple[str, str]]:
    """(name, subject) of what stands."""
    async with db.transaction() as session:
        rows = await session.scalars(
            select(Alarm).where(Alarm.cleared_at.is_(None)).order_by(Alarm.name, Alarm.subject)
        )
        return [(row.name, row.subject) for row in rows]


async def test_money_that_nobody_knows_is_booked_into_suspense_by_two_people(
    provider: FakeProvider, drain: Drain
) -> None:
    provider.books.top_up(7_000)
    assert await reconcile(drain) == [("balance", "account", 0, 7_000), ("unknown_object", "top_up", None, 7_000)]
    assert await alarms() == [("difference", "balance"), ("difference", "unknown_object")]
    balance, strange = sorted(await differences(), key=lambda one: one.code)
    first, second = await officer(), await officer()
    with pytest.raises(NothingToSuspend):
        await resolve(balance, "suspend", first)
    await resolve(strange, "suspend", first)
    with pytest.raises(AnotherPersonNeeded):
        await resolve(strange, "suspend", first)
    with pytest.raises(AnotherProposal):
        await resolve(strange, "explained", second)
    assert await ledger() == {}
    await resolve(strange, "suspend", second)
    with pytest.raises(DifferenceClosed):
        await resolve(strange, "suspend", await officer())
    assert await ledger() == {"provider:idr": 7_000, "suspense:idr": -7_000}
    assert (await reconcile(drain), await alarms()) == ([], [])
    assert sorted(one.state for one in await differences()) == ["gone", "resolved"]


async def test_one_person_who_presses_many_times_at_once_has_proposed_once(
    provider: FakeProvider, drain: Drain
) -> None:
    provider.books.top_up(7_000)
    await reconcile(drain)
    [strange] = [one for one in await differences() if one.code == "unknown_object"]
    person = await officer()
    said = await asyncio.gather(*(resolve(strange, "suspend", person) for _ in range(5)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in said) == ["AnotherPersonNeeded"] * 4 + ["NoneType"]
    assert await ledger() == {}


async def test_what_is_explained_is_found_again_when_it_changes(provider: FakeProvider, drain: Drain) -> None:
    provider.books.top_up(7_000)
    await reconcile(drain)
    for one in await differences():
        await resolve(one, "explained", await officer(), await officer())
    assert await reconcile(drain) == []
    provider.books.top_up(1)
    assert await reconcile(drain) == [("balance", "account", 0, 7_001), ("unknown_object", "top_up", None, 1)]


async def test_a_charge_of_which_nobody_told_us_is_found_and_captured(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    provider.books.pay(str(payment.charge))
    assert await order_state(scene) == ("pending_payment", 0)
    assert [one[:2] for one in await reconcile(drain)] == [("state", "pay")]
    assert (await order_state(scene), await reconcile(drain)) == (("placed", 1_131_400), [])


async def test_a_second_transfer_under_one_reference_is_taken_back(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    [payout] = await payouts()
    with provider.books.writing() as clerk:
        clerk.write("DELETE FROM request")
        [account] = [row["id"] for row in clerk.rows("SELECT id FROM payee")]
    again = await provider.transfer(payout.reference("transfer"), account, 400_000)
    found = await reconcile(drain)
    assert ("twice", "transfer", None, -400_000) in found
    assert (await provider.fetch_transfer(again.id)).reversed_idr == 400_000
    assert (await reconcile(drain), await states_of()) == ([], ["settled"])
    assert await provider.balance() == (await ledger())["provider:idr"]


async def test_an_amount_that_differs_stays_until_people_have_explained_it(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    with provider.books.writing() as clerk:
        clerk.write("UPDATE movement SET amount_idr = amount_idr - 5 WHERE kind = 'transfer' AND amount_idr < 0")
    found = [("amount", "out", -400_000, -400_005), ("balance", "account", 99_600_000, 99_599_995)]
    assert await reconcile(drain) == found
    assert await reconcile(drain) == found
    for one in await differences():
        if one.state == "open":
            await resolve(one, "explained", await officer(), await officer())
    assert (await reconcile(drain), await still_open()) == ([], [])


async def test_a_run_that_is_asked_for_while_another_runs_is_not_begun(provider: FakeProvider, drain: Drain) -> None:
    async with db.transaction() as session:
        assert await service.begin(session) is not None
    async with db.transaction() as session:
        assert await service.begin(session) is None
    await drain()
    assert await reconcile(drain) == []


async def test_a_run_of_many_pages_goes_on_in_further_jobs_and_reads_each_line_once(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    for amount in range(1, 251):
        provider.books.top_up(amount)
    monkeypatch.setattr(tasks, "PAGES_AT_ONCE", 1)
    found = await reconcile(drain)
    assert (len(found), sum(int(one[3] or 0) for one in found if one[0] == "unknown_object")) == (251, 31_375)
    async with db.transaction() as session:
        run = (await session.execute(text("SELECT page, seen FROM reconciliation"))).one()
    assert tuple(run) == (3, 250)


async def test_a_run_begins_every_day_and_a_sweeper_that_missed_two_rounds_sounds_the_alarm(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    await set_up(provider)
    assert (await tasks.begin_daily(), await tasks.begin_daily()) == (1, 0)
    await drain()
    await advance(hours=25)
    assert await tasks.begin_daily() == 1
    await drain()
    await worker.watch()
    assert ("heartbeat_missed", tasks.DAILY) not in await alarms()
    async with db.transaction() as session:
        late = text("UPDATE heartbeat SET real_at = now() - 2 * every - interval '1 minute' WHERE name = :name")
        await session.execute(late, {"name": tasks.DAILY})
    await worker.watch()
    assert (heartbeats.MISSED, tasks.DAILY) in await alarms()
    await advance(hours=25)
    await tasks.begin_daily()
    await drain()
    await worker.watch()
    assert (heartbeats.MISSED, tasks.DAILY) not in await alarms()
