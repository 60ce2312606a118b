"""What the provider says has moved, beside what we have booked."""

import pytest

from clothingline.integrations.payments.fake import FakeProvider, movements
from clothingline.kit import db
from clothingline.reconciliation import queries, service
from clothingline.reconciliation.service import Found, comparing
from tests.payouts.stage import Advance, Drain, ask, collect, payee, states_of
from tests.reconciliation.stage import clean, reconcile


async def test_payouts_that_are_on_their_way_paid_or_returned_differ_in_nothing(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    assert await reconcile(drain) == []
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await reconcile(drain), await states_of()) == ([], ["settled"])


async def test_a_payout_that_came_back_without_a_notice_is_found_and_taken_back(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    provider.play("returned_after_paid")
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    provider.books.bank_day()
    assert await states_of() == ["settled"]
    await reconcile(drain)
    assert (await states_of(), await reconcile(drain)) == (["returned"], [])


async def test_what_lies_in_the_account_of_a_payee_is_compared_too(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    account = str((await payee(stage.tailor)).provider_account)
    with provider.books.writing() as clerk:
        movements.move(clerk, "other", "gift_1", 5, account=account)
    assert await reconcile(drain) == [
        ("connected_balance", "account", 0, 5),
        ("unknown_object", "other", None, 5),
    ]


async def test_money_that_stays_in_flight_for_too_long_is_named(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    await advance(days=6)
    assert await reconcile(drain) == []
    await advance(days=2)
    assert await reconcile(drain) == [("clearing_old", "account", -400_000, 0)]
    provider.books.bank_day()
    await ask(drain, advance)
    assert await reconcile(drain) == []


async def test_a_movement_that_never_comes_is_missed_after_an_hour(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    with provider.books.writing() as clerk:
        clerk.write("DELETE FROM movement WHERE kind = 'payout'")
    assert [one for one in await reconcile(drain) if one[0] == "missing_object"] == []
    await advance(hours=2)
    assert ("missing_object", "out", -400_000, None) in await reconcile(drain)


async def test_more_differences_than_one_statement_takes_are_kept_all(
    database: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unsaid(*_: object, **__: object) -> None:
        """Nobody is told of so many."""

    monkeypatch.setattr(comparing, "emit", unsaid)
    found = [Found("unknown_object", "other", f"gift_{number}", None, None, number) for number in range(7_000)]
    async with db.transaction() as session:
        run = await service.begin(session)
        assert run is not None
        assert await service.keep_found(session, run_id=run.id, found=[*found, *found]) == 7_000
        assert await service.keep_found(session, run_id=run.id, found=found[:1]) == 1
        assert await queries.count_open(session) == {"unknown_object": 7_000}
