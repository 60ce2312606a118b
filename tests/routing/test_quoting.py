"""Quotes: price and promise, what is held behind them, and how a quote ends."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.materials.models import Lot
from clothingline.routing import routes, thinking
from clothingline.tailors.models import TailorWeek
from tests import parties
from tests.routing.measures import LENGTHS, measured
from tests.routing.street import (
    SIZES,
    Street,
    count,
    events,
    loads,
    move_clock,
    now,
    open_street,
    parts,
    pass_time,
    refusal,
    settle,
    succeeded,
)


async def test_the_parts_of_every_plan_add_up_to_its_price_and_the_shares_to_the_pieces(street: Street) -> None:
    _, quote = await street.quoted()
    assert quote["plans"][0]["status"] == "held"
    for plan in quote["plans"]:
        assert parts(plan) == plan["price"]["amount"]
        assert sum(share["pieces"] for share in plan["shares"]) == 12
        assert sum(sum(share["sizes"].values()) for share in plan["shares"]) == 12
        assert plan["usual_on"] <= plan["promise_on"]
        assert plan["cloth_cm"] == 12 * 170


async def test_the_price_of_options_is_a_part_of_the_price(street: Street) -> None:
    async with db.transaction() as session:
        design = await parties.make_design(session, street.brand.id, options=LENGTHS)
    _, quote = await street.quoted(design=design.slug, options={"lengan": "panjang"})
    [options] = [part["amount"]["amount"] for part in quote["plans"][0]["breakdown"] if part["code"] == "options"]
    assert options == 12 * 5_000
    assert parts(quote["plans"][0]) == quote["plans"][0]["price"]["amount"]


async def test_behind_the_first_plan_cloth_and_weeks_are_held_and_nothing_else_is(street: Street) -> None:
    _, quote = await street.quoted()
    plan, found = quote["plans"][0], await loads()
    lot, brand = ids.read("lot", plan["lot"]), ids.read("brd", plan["brand"])
    assert found.pop((str(lot), "cm")) == (plan["cloth_cm"], 0, 0)
    [week] = [key for key in found if key[0] == str(brand)]
    assert found.pop(week) == (12, 0)
    makers = {str(ids.read("tlr", share["tailor"])) for share in plan["shares"]}
    assert {party for party, _ in found} == makers
    assert all(booked == 0 and held > 0 for held, booked in found.values())


async def test_a_run_may_be_considered_for_a_week_and_a_single_piece_for_a_day(street: Street) -> None:
    start = await now()
    _, run = await street.quoted()
    _, single = await street.quoted(sizes={}, measurement_set=await measured(street.rina))
    for quote, lasting in ((run, timedelta(days=7)), (single, timedelta(hours=24))):
        ends = datetime.fromisoformat(quote["quote"]["expires_at"])
        assert timedelta(0) <= ends - start - lasting < timedelta(minutes=5)


async def test_a_new_quote_replaces_the_one_before_and_holds_no_more_than_it(street: Street) -> None:
    order, first = await street.quoted()
    before = await loads()
    second = await street.quote(order)
    assert await loads() == before
    versions = succeeded(await street.rina.get(f"/v1/orders/{order}/quotes"))["data"]
    assert [(one["version"], one["status"]) for one in versions] == [(2, "offered"), (1, "replaced")]
    old = succeeded(await street.rina.get(f"/v1/plans/{first['plans'][0]['id']}"))
    assert old["status"] == "released"
    assert second["plans"][0]["price"] == first["plans"][0]["price"]
    stale = await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": first["plans"][0]["id"]})
    assert refusal(stale) == "plan_not_on_offer"


async def test_a_quote_that_ran_out_frees_everything_and_the_order_is_a_draft_again(street: Street) -> None:
    order, quote = await street.quoted()
    await pass_time(days=6, hours=23)
    assert await street.status(order) == "quoted"
    await pass_time(hours=2)
    assert (await street.status(order), await loads()) == ("draft", {})
    plan = succeeded(await street.rina.get(f"/v1/plans/{quote['plans'][0]['id']}"))
    assert plan["status"] == "released"
    assert await events("QuoteExpired") == ["QuoteExpired"]
    await street.quote(order)
    assert await street.status(order) == "quoted"


async def test_a_quote_that_ran_out_cannot_be_taken_even_before_the_sweep(street: Street) -> None:
    order, quote = await street.quoted()
    held = await loads()
    await move_clock(days=8)
    answer = await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]})
    assert (refusal(answer), await street.status(order)) == ("quote_expired", "quoted")
    assert await loads() == held
    await settle()
    assert await loads() == {}


async def test_checkout_with_another_plan_moves_what_is_held_to_it(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await open_street(client, provider, lots=1)
    async with db.transaction() as session:
        # Close by and at once, but dear; the first lot is cheap and a week away.
        near = await parties.make_lot(session, street.suppliers[0].id, price_idr=52_000, lead_days=0)
        await session.execute(update(Lot).where(Lot.id == street.lots[0].id).values(lead_days=9))
    order, quote = await street.quoted()
    others = [plan for plan in quote["plans"] if plan["status"] == "proposed"]
    assert others, "the engine sees both a cheap and a quick plan"
    chosen = others[0]
    taken = succeeded(await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": chosen["id"]}), 201)
    assert (taken["status"], taken["price"]) == ("pending_payment", chosen["price"])
    assert taken["promise_on"] == chosen["promise_on"]
    found = await loads()
    assert found.pop((str(ids.read("lot", chosen["lot"])), "cm")) == (chosen["cloth_cm"], 0, 0)
    assert {key for key in found if key[1] == "cm"} == set()
    assert str(near.id) in {str(ids.read("lot", plan["lot"])) for plan in quote["plans"]}
    states = [
        succeeded(await street.rina.get(f"/v1/plans/{plan['id']}"))["status"] for plan in (quote["plans"][0], chosen)
    ]
    assert states == ["released", "held"]


async def test_a_plan_of_another_order_or_of_nobody_is_not_on_offer(street: Street) -> None:
    order, _ = await street.quoted()
    _, other = await street.quoted()
    for plan in (other["plans"][0]["id"], ids.show("pol", ids.new_id())):
        answer = await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": plan})
        assert refusal(answer) == "plan_not_on_offer"
    assert refusal(await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": "pol_x"}), 422)


async def test_an_order_that_waits_for_money_is_neither_quoted_nor_taken_again(street: Street) -> None:
    order = await street.checked_out()
    assert refusal(await street.rina.post(f"/v1/orders/{order}/quotes")) == "order_state_conflict"
    quotes = succeeded(await street.rina.get(f"/v1/orders/{order}/quotes"))["data"]
    assert [one["status"] for one in quotes] == ["accepted"]
    plan = await count("SELECT count(*) FROM plan WHERE state = 'held'")
    assert plan == 1


async def test_what_a_refused_quote_advises_makes_the_order_feasible_at_the_price_it_names(street: Street) -> None:
    async with db.transaction() as session:
        design = await parties.make_design(session, street.brand.id, options=LENGTHS)
    fine = await street.wish(design=design.slug, options={"lengan": "panjang"})
    soon = ((await now()).date() + timedelta(days=4)).isoformat()
    for tight in ({"needed_by": soon}, {"ceiling": {"amount": 700_000, "currency": "IDR"}}):
        wish = fine | tight
        order = succeeded(await street.rina.post("/v1/orders", wish), 201)["id"]
        refused = await street.rina.post(f"/v1/orders/{order}/quotes")
        assert refusal(refused) == "no_plan"
        said = refused.json()
        assert said["limits"]
        assert all({"code", "count", "id", "en"} <= limit.keys() for limit in said["limits"])
        assert (await street.status(order), await loads()) == ("draft", {})
        mine = {"due_day", "reserve"}
        advice = next(one for one in said["would_help"] if {step["limit"] for step in one["steps"]} <= mine)
        await street.rina.call("PUT", f"/v1/orders/{order}", followed(wish, advice))
        quote = await street.quote(order)
        assert quote["plans"][0]["price"]["amount"] == advice["price_idr"]
        assert quote["plans"][0]["promise_on"] == advice["promise_on"]
        succeeded(await street.rina.post(f"/v1/orders/{order}/cancellation"), 201)
        await settle()


def followed(wish: dict[str, Any], advice: dict[str, Any]) -> dict[str, Any]:
    """The wish with the steps of an advice taken."""
    for step in advice["steps"]:
        if step["limit"] == "due_day":
            day = date.fromisoformat(wish["needed_by"]) + timedelta(days=step["value"])
            wish = wish | {"needed_by": day.isoformat()}
        else:
            assert step["limit"] == "reserve"
            amount = wish["ceiling"]["amount"] + step["value"]
            wish = wish | {"ceiling": {"amount": amount, "currency": "IDR"}}
    return wish


async def test_capacity_that_was_taken_while_the_engine_thought_refuses_and_leaves_nothing(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await street.draft()

    async def slowly(*asked: Any) -> Any:
        answer = await thinking.think(*asked)
        async with db.transaction() as session:
            await session.execute(update(TailorWeek).values(declared=0))
        return answer

    monkeypatch.setattr(routes, "think", slowly)
    assert refusal(await street.rina.post(f"/v1/orders/{order}/quotes")) == "capacity_taken"
    assert (await street.status(order), await loads()) == ("draft", {})
    assert await count("SELECT (SELECT count(*) FROM quote) + (SELECT count(*) FROM plan)") == 0


async def test_cloth_that_was_taken_while_the_engine_thought_refuses_and_leaves_nothing(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await street.draft()

    async def slowly(*asked: Any) -> Any:
        answer = await thinking.think(*asked)
        async with db.transaction() as session:
            await session.execute(update(Lot).values(received_cm=2_039))
        return answer

    monkeypatch.setattr(routes, "think", slowly)
    answer = await street.rina.post(f"/v1/orders/{order}/quotes")
    assert (refusal(answer), answer.json()["free_cm"]) == ("cloth_short", 2_039)
    assert (await street.status(order), await loads()) == ("draft", {})
    assert await count("SELECT (SELECT count(*) FROM quote) + (SELECT count(*) FROM plan)") == 0
    async with db.transaction() as session:
        await session.execute(update(Lot).values(received_cm=100_000))


async def test_an_order_that_changed_while_the_engine_thought_is_asked_for_again(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, wish = await street.draft(), await street.wish(sizes={"S": 3})

    async def slowly(*asked: Any) -> Any:
        answer = await thinking.think(*asked)
        succeeded(await street.rina.call("PUT", f"/v1/orders/{order}", wish))
        return answer

    monkeypatch.setattr(routes, "think", slowly)
    answer = await street.rina.post(f"/v1/orders/{order}/quotes")
    assert (refusal(answer), answer.json()["retryable"]) == ("order_changed_meanwhile", True)
    assert await loads() == {}


async def test_the_last_cloth_is_held_by_one_of_two_quotes(client: httpx.AsyncClient, provider: FakeProvider) -> None:
    street = await open_street(client, provider, lots=1, lot={"received_cm": 2_500})
    order, _ = await street.quoted()
    later = await street.draft()
    refused = await street.rina.post(f"/v1/orders/{later}/quotes")
    assert (refusal(refused), "lots" in [one["code"] for one in refused.json()["limits"]]) == ("no_plan", True)
    again = await street.quote(order)
    assert again["plans"][0]["cloth_cm"] == 12 * 170, "what an order holds itself counts as free for it"
    await pass_time(days=8)
    await street.quote(later)


async def test_explanations_and_proofs_are_stored_by_the_job_and_hold(street: Street) -> None:
    order, quote = await street.quoted()
    await settle()
    plans = len(quote["plans"])
    assert await count("SELECT count(*) FROM plan WHERE explanation IS NOT NULL") == plans
    assert await count("SELECT count(*) FROM solution WHERE (certificate->>'verified')::boolean") == 1
    plan = quote["plans"][0]["id"]
    said = succeeded(await street.rina.get(f"/v1/plans/{plan}/explanation"))
    assert (said["decision"], sum(part["amount"] for part in said["parts"])) == ("selected", said["cost_idr"])
    assert len(said["makers"]) == 3
    assert any(one["chosen"] for one in said["makers"])
    proof = succeeded(await street.admin.get(f"/v1/plans/{plan}/certificate"))
    assert (proof["verified"], proof["findings"]) == (True, [])
    assert proof["bound_idr"] <= proof["cost_idr"]
    assert sum(SIZES.values()) == 12
    assert await street.status(order) == "quoted"
