"""Changing and cancelling an order at every stage: whatever was set aside or paid comes back."""

import asyncio
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.clock import business_now
from clothingline.kit.events import Event
from clothingline.orders import queries, service
from clothingline.orders import tasks as sweeps
from clothingline.orders.errors import OrderStateConflict
from clothingline.orders.models import Order, OrderChange, Quote
from clothingline.payments import tasks as payments
from clothingline.routing import tasks
from tests.routing.street import (
    SHIP_TO,
    Street,
    count,
    events,
    loads,
    move_clock,
    pass_time,
    refusal,
    settle,
    succeeded,
)

WAITING = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted "
    "AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
)


async def bring(street: Street, stage: str) -> str:
    """An order at one of the stages before cutting."""
    if stage == "quoted":
        return (await street.quoted())[0]
    made = {
        "draft": street.draft,
        "pending_payment": street.checked_out,
        "placed": street.placed,
        "confirmed": street.confirmed,
    }
    return await made[stage]()


@pytest.mark.parametrize("stage", ["draft", "quoted", "pending_payment", "placed", "confirmed"])
async def test_an_order_that_is_cancelled_before_cutting_gives_everything_back(street: Street, stage: str) -> None:
    standing = await street.confirmed(sizes={"S": 2})
    before = await loads()
    order = await bring(street, stage)
    assert await street.status(order) == stage
    answer = succeeded(await street.rina.post(f"/v1/orders/{order}/cancellation"), 201)
    assert answer["status"] == "cancelled"
    await settle()
    assert await loads() == before
    assert await street.offers(order) == []
    paid = stage in ("placed", "confirmed")
    assert await count("SELECT count(*) FROM refund WHERE state = 'settled'") == paid
    assert await count("SELECT count(*) FROM plan WHERE state IN ('proposed', 'held', 'adopted')") == 1
    assert await count("SELECT count(*) FROM job WHERE state <> 'cancelled'") == 1
    assert await street.status(standing) == "confirmed"
    assert refusal(await street.rina.post(f"/v1/orders/{order}/cancellation")) == "order_state_conflict"


async def test_an_order_is_not_cancelled_or_changed_once_its_cloth_is_cut(street: Street) -> None:
    order = await street.confirmed()
    [run] = succeeded(await street.dewi.get("/v1/runs"))["data"]
    succeeded(await street.dewi.post(f"/v1/runs/{run['id']}/release"), 201)
    await settle()
    assert await street.status(order) == "in_production"
    assert refusal(await street.rina.post(f"/v1/orders/{order}/cancellation")) == "already_cut"
    changed = await street.rina.call("PUT", f"/v1/orders/{order}", await street.wish())
    assert refusal(changed) == "already_cut"
    assert succeeded(await street.rina.get(f"/v1/orders/{order}"))["line"]["cut"] is True


async def test_a_change_before_payment_makes_a_new_version_and_the_quote_falls(street: Street) -> None:
    order, quote = await street.quoted()
    changed = await street.rina.call("PUT", f"/v1/orders/{order}", await street.wish(sizes={"S": 4}))
    body = succeeded(changed)
    assert (body["status"], body["version"], body["line"]["pieces"]) == ("draft", 2, 4)
    stale = await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]})
    assert refusal(stale) == "order_state_conflict"
    await settle()
    assert await loads() == {}
    quotes = succeeded(await street.rina.get(f"/v1/orders/{order}/quotes"))["data"]
    assert [one["status"] for one in quotes] == ["expired"]
    kept = "SELECT count(*) FROM order_change WHERE version = 2 AND before->>'pieces' = '12' AND after->>'pieces' = '4'"
    assert await count(kept) == 1
    again = await street.quote(order)
    assert again["plans"][0]["cloth_cm"] == 4 * 170


async def test_a_wrong_change_names_the_field_and_leaves_order_and_quote_as_they_were(street: Street) -> None:
    order, _ = await street.quoted()
    held = await loads()
    wrong = await street.rina.call("PUT", f"/v1/orders/{order}", await street.wish(sizes={"XXXL": 1}))
    assert [one["pointer"] for one in wrong.json()["errors"]] == ["/sizes/XXXL"]
    await settle()
    assert (await street.status(order), (await street.order(order))["version"], await loads()) == ("quoted", 1, held)


async def test_an_order_that_waits_for_its_money_is_not_changed(street: Street) -> None:
    order = await street.checked_out()
    changed = await street.rina.call("PUT", f"/v1/orders/{order}", await street.wish())
    assert (refusal(changed), changed.json()["state"]) == ("order_state_conflict", "pending_payment")


@pytest.mark.parametrize("stage", ["placed", "confirmed"])
async def test_a_paid_order_changes_only_what_leaves_the_work_as_it_was_agreed(street: Street, stage: str) -> None:
    order = await bring(street, stage)
    set_aside, before = await loads(), await street.order(order)
    wish = await street.wish()
    wish["needed_by"] = before["needed_by"]
    elsewhere, later = SHIP_TO | {"street": "Jl. Braga 1"}, date.fromisoformat(before["needed_by"]) + timedelta(days=1)
    for other in ({"sizes": {"M": 1}}, {"needed_by": later.isoformat()}, {"ceiling": {"amount": 9_000_000}}):
        refused = await street.rina.call("PUT", f"/v1/orders/{order}", wish | other)
        assert refusal(refused) == "change_needs_new_quote"
    moved = succeeded(await street.rina.call("PUT", f"/v1/orders/{order}", wish | {"ship_to": elsewhere}))
    assert (moved["status"], moved["version"], moved["ship_to"]["street"]) == (stage, 2, "Jl. Braga 1")
    [(old, new)] = await changes()
    assert new == old | {"private": ["street"]}
    assert "Braga" not in json.dumps(new)
    await settle()
    after = await street.order(order)
    assert (await loads(), after["price"], after["promise_on"]) == (set_aside, before["price"], before["promise_on"])


async def changes() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(before, after) of every recorded change."""
    async with db.transaction() as session:
        return [(row.before, row.after) for row in await session.scalars(select(OrderChange))]


async def test_an_order_that_is_not_paid_in_time_is_a_draft_again_and_free(street: Street) -> None:
    order = await street.checked_out()
    await pass_time(minutes=14)
    assert await street.status(order) == "pending_payment"
    await pass_time(minutes=2)
    found = await street.order(order)
    assert (found["status"], found["price"], found["brand"], found["promise_on"]) == ("draft", None, None, None)
    assert await loads() == {}
    await street.quote(order)


async def test_a_payment_that_ran_out_frees_nothing_of_a_newer_checkout(street: Street) -> None:
    """The job of its event runs again, and so does the one that had asked for it."""
    order = await street.checked_out()
    old = await street.order(order)
    await pass_time(minutes=16)
    async with db.transaction() as session:
        expired = (await session.scalars(select(Event.facts).where(Event.name == "PaymentExpired"))).one()
    quote = await street.quote(order)
    succeeded(await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]}), 201)
    await payments.open_payment(order_id=expired["order_id"], quote_id=expired["quote_id"])
    assert await count("SELECT count(*) FROM payment") == 1, "the newer checkout has a job of its own"
    await settle()
    held = await loads()
    await tasks.release_unpaid(**expired)
    assert (await street.status(order), await loads()) == (old["status"], held)
    await street.pay(order)
    assert await street.status(order) == "placed"


async def test_money_that_comes_too_late_goes_back_and_the_order_stays_a_draft(
    street: Street, provider: FakeProvider
) -> None:
    order = await street.checked_out()
    [payment] = succeeded(await street.rina.get(f"/v1/payments?order={order}"))["data"]
    provider.books.pay(payment["pay_url"].rsplit("/", 1)[1])
    await pass_time(minutes=16)
    assert (await street.status(order), await loads()) == ("draft", {})
    await provider.deliver_waiting()
    await settle()
    assert (await street.status(order), await loads()) == ("draft", {})
    assert await count("SELECT count(*) FROM payment WHERE state = 'captured_late'") == 1
    assert await count("SELECT count(*) FROM refund WHERE state = 'settled'") == 1
    assert await events("OrderPaid", "PlanAdopted") == []


async def test_an_order_is_paid_only_by_its_first_instalment_and_only_once(street: Street) -> None:
    order = await street.checked_out()
    number = ids.read("ord", order)
    async with db.transaction() as session:
        stored = await session.get_one(Order, number)
        price = stored.deposit_idr or 0
    for amount in (price - 1, price + 1):
        with pytest.raises(OrderStateConflict):
            async with db.transaction() as session:
                await service.mark_paid(session, order_id=number, payment_id=number, amount_idr=amount)
    await street.pay(order)
    with pytest.raises(OrderStateConflict):
        async with db.transaction() as session:
            await service.mark_paid(session, order_id=number, payment_id=number, amount_idr=price)
    assert (await street.order(order))["paid"]["amount"] == price


async def test_from_two_million_on_half_is_paid_first_and_the_halves_are_the_whole(street: Street) -> None:
    order = await street.placed(sizes={"M": 15, "L": 16})
    found = await street.order(order)
    price, first = found["price"]["amount"], found["first_instalment"]["amount"]
    assert price >= 2_000_000
    assert abs(price - 2 * first) <= 1
    assert found["paid"]["amount"] == first
    small = await street.placed(sizes={"M": 2})
    found = await street.order(small)
    assert found["first_instalment"] == found["price"]


async def test_a_cancelled_order_is_released_once_however_often_the_job_runs(street: Street) -> None:
    order = await street.placed()
    await street.rina.post(f"/v1/orders/{order}/cancellation")
    await settle()
    told = await events()
    await tasks.release_cancelled(order_id=str(ids.read("ord", order)))
    await tasks.release_lapsed(order_id=str(ids.read("ord", order)))
    await tasks.adopt(order_id=str(ids.read("ord", order)))
    assert (await loads(), await events()) == ({}, told)
    await move_clock(days=3)
    await settle()
    assert await loads() == {}


async def test_a_choice_whose_time_is_moved_while_the_sweep_waits_is_left_open(street: Street) -> None:
    order = await street.placed()
    await unanswered(order)
    await move_clock(hours=49)
    async with db.transaction() as session:
        later = Order.timer_at + timedelta(days=9)
        await session.execute(update(Order).where(Order.id == ids.read("ord", order)).values(timer_at=later))
        sweep = asyncio.create_task(sweeps.cancel_unanswered())
        await somebody_waits()
    assert (await sweep, await street.status(order)) == (0, "action_required")


async def somebody_waits() -> None:
    """Until a connection of this database waits for a lock."""
    async with asyncio.timeout(20):
        while not await count(WAITING):  # noqa: ASYNC110  # another connection knows it
            await asyncio.sleep(0.01)


async def unanswered(order: str) -> None:
    """Nothing fits, and the consumer has two days to choose."""
    async with db.transaction() as session:
        until = await business_now(session) + timedelta(days=2)
        await service.mark_action_required(session, order_id=ids.read("ord", order), reason={}, until=until)


async def test_an_order_that_cannot_be_ended_hinders_no_other_and_the_longest_over_comes_first(
    street: Street, owner: Callable[[str], None]
) -> None:
    first, second, third = [(await street.quoted(sizes={"M": 1}))[0] for _ in range(3)]
    async with db.transaction() as session:
        oldest = Quote.order_id == ids.read("ord", third)
        await session.execute(update(Quote).where(oldest).values(expires_at=Quote.expires_at - timedelta(hours=1)))
    owner(
        "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$; "
        "CREATE TRIGGER never BEFORE UPDATE ON quote FOR EACH ROW "
        f"WHEN (OLD.order_id = '{ids.read('ord', third)}') EXECUTE FUNCTION never()"
    )
    await move_clock(days=8)
    async with db.transaction() as session:
        assert await queries.list_lapsed_quotes(session, limit=1) == [ids.read("ord", third)]
    with pytest.raises(ExceptionGroup):
        await sweeps.lapse_quotes()
    assert [await street.status(order) for order in (first, second, third)] == ["draft", "draft", "quoted"]
