"""When a party falls out: the rest stands, its place is filled, or the consumer is asked."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
from sqlalchemy import update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.orders.models import Order
from clothingline.routing import service, tasks
from clothingline.routing.models import Plan
from clothingline.routing.thinking import solve
from clothingline.settings import settings
from clothingline.tailors.models import TailorWeek
from tests import parties
from tests.routing.asked import busy_street, only, placed_with_several
from tests.routing.street import (
    Street,
    count,
    events,
    loads,
    open_street,
    pass_time,
    refusal,
    settle,
    signed_in,
    succeeded,
    tailors_in,
    time_left,
    today,
)


async def decline(street: Street, order: str, kind: str) -> dict[str, Any]:
    """The party of this kind says no; returns what it was offered."""
    offer = await only(street, order, kind)
    succeeded(await street.decline(offer), 201)
    await settle()
    return offer


async def test_a_maker_who_declines_is_replaced_and_whoever_accepted_is_not_asked_again(street: Street) -> None:
    order = await street.placed()
    kept = [await only(street, order, kind) for kind in ("brand", "supplier")]
    for offer in kept:
        succeeded(await street.accept(offer), 201)
    gone = await decline(street, order, "tailor")
    offers = await street.offers(order)
    assert [one["id"] for one in offers[:2]] == [one["id"] for one in kept]
    assert [one["status"] for one in offers] == ["accepted", "accepted", "sent"]
    assert tailors_in(offers) != [gone["organisation"]]
    assert len(await street.offers(order, live=False)) == 4
    assert await count("SELECT round FROM plan WHERE state = 'adopted'") == 1
    assert (str(ids.read("org", gone["organisation"]))) not in {party for party, _ in await loads()}
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_a_maker_who_lets_the_offer_lapse_is_replaced_too_and_never_asked_again(street: Street) -> None:
    order = await street.placed()
    asked = set()
    for kind in ("brand", "supplier"):
        succeeded(await street.accept(await only(street, order, kind)), 201)
    for _ in range(3):
        offer = await only(street, order, "tailor")
        asked.add(offer["organisation"])
        await pass_time(seconds=await time_left(offer))
    assert asked == {ids.show("org", maker.id) for maker in street.tailors}
    assert await street.status(order) == "action_required"
    assert await count("SELECT count(*) FROM offer WHERE state = 'expired'") == 3


async def test_of_several_makers_only_the_one_who_fell_out_is_replaced(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await busy_street(client, provider)
    order = await placed_with_several(street)
    makers = await street.offers(order, kind="tailor")
    assert 1 < len(makers) < 7
    stays, goes = makers[0], makers[-1]
    succeeded(await street.accept(stays), 201)
    succeeded(await street.decline(goes), 201)
    await settle()
    after = await street.offers(order, kind="tailor")
    assert stays["id"] in [one["id"] for one in after]
    assert next(one for one in after if one["id"] == stays["id"])["pieces"] == stays["pieces"]
    assert goes["organisation"] not in tailors_in(after)
    assert sum(one["pieces"] for one in after) == 48
    sizes: dict[str, int] = {}
    for one in after:
        for size, pieces in one["sizes"].items():
            sizes[size] = sizes.get(size, 0) + pieces
    assert sizes == {"M": 20, "L": 28}
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_a_share_that_no_longer_fits_is_dealt_anew_before_the_consumer_is_asked(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await busy_street(client, provider)
    order = await street.placed(sizes={"M": 20, "L": 28}, needed_by=(await today() + timedelta(days=25)).isoformat())
    for offer in await street.offers(order):
        if offer["kind"] != "tailor":
            succeeded(await street.accept(offer), 201)
    goes, *stay = sorted(await street.offers(order, kind="tailor"), key=lambda offer: int(offer["pieces"]))
    for offer in stay:
        succeeded(await street.accept(offer), 201)
    succeeded(await street.decline(goes), 201)
    await _until_too_tight(order)
    await settle()
    assert await street.status(order) == "placed"
    offers = await street.offers(order, live=False)
    after = [one for one in offers if one["kind"] == "tailor" and one["status"] in ("sent", "accepted")]
    withdrawn = [one for one in offers if one["status"] == "withdrawn"]
    assert {one["id"] for one in withdrawn} & {one["id"] for one in stay}
    assert sum(one["pieces"] for one in after) == 48
    assert goes["organisation"] not in tailors_in(after)
    assert len(set(tailors_in(after))) == len(after)
    assert {party for party, _ in await loads()} >= {str(ids.read("org", one["organisation"])) for one in after}
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def _until_too_tight(order: str) -> None:
    """Move the wished day nearer, until the shares that stand no longer fit before it, but others would."""
    found = ids.read("ord", order)
    for _ in range(25):
        async with db.transaction() as session:
            gap = await service.find_gap(session, order_id=found, now=await business_now(session))
        assert gap is not None
        if solve(gap.market, gap.ask).refusal is not None:
            assert solve(gap.market, replace(gap.ask, pins={})).refusal is None
            return
        async with db.transaction() as session:
            await session.execute(update(Order).where(Order.id == found).values(needed_by=Order.needed_by - 1))
    raise AssertionError("no day is too tight")


async def test_a_supplier_who_declines_makes_place_for_another_lot_at_the_same_price(street: Street) -> None:
    order = await street.placed()
    price = (await street.order(order))["price"]
    succeeded(await street.accept(await only(street, order, "tailor")), 201)
    gone = await decline(street, order, "supplier")
    offer = await only(street, order, "supplier")
    assert (gone["organisation"], offer["organisation"]) == tuple(ids.show("org", one.id) for one in street.suppliers)
    cloth = {key: amounts for key, amounts in (await loads()).items() if key[1] == "cm"}
    assert cloth == {(str(street.lots[1].id), "cm"): (0, 2_040, 0)}
    assert (await only(street, order, "tailor"))["status"] == "accepted"
    assert (await street.order(order))["price"] == price
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_a_brand_that_declines_an_open_design_makes_place_for_another_brand(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await open_street(client, provider, design={"open_to_brands": True})
    async with db.transaction() as session:
        other = await parties.make_brand(session, name="Busana Mawar", fee_idr=15_500)
        street.people[other.id] = await signed_in(session, client, Role.BRAND_OWNER, other.id)
    order = await street.placed()
    gone = await decline(street, order, "brand")
    assert gone["organisation"] == ids.show("org", street.brand.id)
    assert (await only(street, order, "brand"))["organisation"] == ids.show("org", other.id)
    assert (await street.order(order))["brand"] == ids.show("brd", other.id)
    assert refusal(await street.dewi.get(f"/v1/orders/{order}"), 404) == "order_not_found"
    weeks = {party for party, _ in await loads()}
    assert (str(other.id) in weeks, str(street.brand.id) in weeks) == (True, False)
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_a_brand_that_declines_its_own_design_leaves_the_choice_to_the_consumer(street: Street) -> None:
    order = await street.placed()
    await decline(street, order, "brand")
    found = await street.order(order)
    assert found["status"] == "action_required"
    assert {"brand", "brands"} & {limit["code"] for limit in found["reason"]["limits"]}
    assert found["act_before"] is not None
    assert all({"code", "count", "id", "en"} <= limit.keys() for limit in found["reason"]["limits"])


async def exhausted(street: Street) -> str:
    """An order whose makers have no time before its day, because the one who had it declined."""
    soon = await today() + timedelta(days=31)
    order = await street.placed(needed_by=soon.isoformat())
    async with db.transaction() as session:
        taken = TailorWeek.tailor_id.in_([maker.id for maker in street.tailors[1:]])
        until = TailorWeek.monday < soon
        await session.execute(update(TailorWeek).where(taken, until).values(declared=0))
    await decline(street, order, "tailor")
    assert await street.status(order) == "action_required"
    return order


async def test_a_later_day_is_routed_again_at_the_same_price(street: Street) -> None:
    order = await exhausted(street)
    found = await street.order(order)
    earlier = await street.rina.post(f"/v1/orders/{order}/choice", {"needed_by": found["needed_by"]})
    assert [one["pointer"] for one in earlier.json()["errors"]] == ["/needed_by"]
    later = (date.fromisoformat(found["needed_by"]) + timedelta(days=30)).isoformat()
    chosen = succeeded(await street.rina.post(f"/v1/orders/{order}/choice", {"needed_by": later}), 201)
    assert (chosen["status"], chosen["needed_by"], chosen["reason"], chosen["act_before"]) == (
        "placed",
        later,
        None,
        None,
    )
    await settle()
    assert (await only(street, order, "tailor"))["status"] == "sent"
    after = await street.order(order)
    assert (after["status"], after["price"]) == ("placed", found["price"])
    assert after["promise_on"] >= found["promise_on"]
    again = await street.rina.post(f"/v1/orders/{order}/choice", {"needed_by": later})
    assert refusal(again, again.status_code) in ("order_state_conflict", "validation_failed")
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert await street.status(order) == "confirmed"


async def test_without_a_choice_in_two_days_the_order_is_cancelled_paid_back_and_free(street: Street) -> None:
    order = await exhausted(street)
    await pass_time(hours=47)
    assert await street.status(order) == "action_required"
    await pass_time(hours=2)
    assert (await street.status(order), await loads()) == ("cancelled", {})
    assert await count("SELECT count(*) FROM refund WHERE state = 'settled'") == 1
    assert await street.offers(order) == []


async def test_after_many_rounds_a_person_is_asked_and_her_choice_is_routed_once_more(street: Street) -> None:
    order = await street.placed()
    async with db.transaction() as session:
        await session.execute(update(Plan).where(Plan.state == "adopted").values(round=settings().offers.max_rounds))
    await decline(street, order, "tailor")
    found = await street.order(order)
    assert (found["status"], [one["code"] for one in found["reason"]["limits"]]) == ("action_required", ["rounds"])
    later = (date.fromisoformat(found["needed_by"]) + timedelta(days=7)).isoformat()
    succeeded(await street.rina.post(f"/v1/orders/{order}/choice", {"needed_by": later}), 201)
    await settle()
    assert (await street.status(order), (await only(street, order, "tailor"))["status"]) == ("placed", "sent")


async def test_a_rerouting_that_runs_twice_asks_once(street: Street) -> None:
    order = await street.placed()
    await decline(street, order, "tailor")
    told, standing = await events(), await street.offers(order)
    await tasks.reroute(order_id=str(ids.read("ord", order)))
    assert (await events(), await street.offers(order)) == (told, standing)


async def test_every_new_round_is_explained_and_proved(street: Street) -> None:
    order = await street.placed()
    await decline(street, order, "tailor")
    await settle()
    assert await count("SELECT count(*) FROM plan WHERE explanation IS NULL") == 0
    assert await count("SELECT count(*) FROM solution WHERE certificate->>'verified' = 'true'") == 2
    plan = await count("SELECT count(*) FROM plan WHERE state = 'replaced'")
    assert plan == 1
