"""What a price consists of is frozen when the plan is taken; whatever comes later is a difference that says why."""

from datetime import timedelta

import httpx
import psycopg
import pytest
from sqlalchemy import Executable, insert, select, update
from sqlalchemy.exc import DBAPIError

from clothingline.brands.models import Brand
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.ids import new_id
from clothingline.kit.money import share
from clothingline.materials.models import Lot
from clothingline.orders import queries, service
from clothingline.orders.errors import PriceNotFrozen, SplitExceedsPrice
from clothingline.orders.models import Order, PriceLine
from clothingline.orders.waterfall import Lines, by_code, reduced
from clothingline.reference.taxes import ppn
from clothingline.settings import settings
from clothingline.tailors.models import Tailor
from tests.cast import Actor
from tests.routing.asked import busy_street, placed_with_several
from tests.routing.street import Street, count, open_street, pass_time, refusal, settle, succeeded, today


async def frozen(order: str) -> Lines:
    """The lines of an order as they are now."""
    async with db.transaction() as session:
        found = await queries.find_frozen_price(session, ids.read("ord", order))
    return found.lines if found else {}


async def rows(order: str, reason: str) -> list[PriceLine]:
    """Its lines that were written for this reason."""
    query = select(PriceLine).where(PriceLine.order_id == ids.read("ord", order), PriceLine.reason == reason)
    async with db.transaction() as session:
        return list(await session.scalars(query.order_by(PriceLine.at, PriceLine.id)))


async def reduce(order: str, amount: int) -> tuple[int | None, int, int | None]:
    """Price, paid and deposit after so much went back at the cost of the brand."""
    async with db.transaction() as session:
        row = await queries.get_order_by_id(session, ids.read("ord", order), lock=True)
        await service.reduce_price(session, order=row, amount_idr=amount, bearers=["brand_margin"])
        return row.price_idr, row.paid_idr, row.deposit_idr


async def say(*statements: Executable) -> None:
    """All of them in one transaction."""
    async with db.transaction() as session:
        for statement in statements:
            await session.execute(statement)


async def price(order: str) -> int:
    return await count("SELECT price_idr FROM orders WHERE id = :order", order=ids.read("ord", order))


async def test_price_lines_are_frozen_at_checkout_and_sum_to_the_price(street: Street) -> None:
    order, quote = await street.quoted()
    assert await frozen(order) == {}
    plan = quote["plans"][0]
    succeeded(await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": plan["id"]}), 201)
    lines = by_code(await frozen(order))
    assert sum(lines.values()) == plan["price"]["amount"] == await price(order)
    said = {part["code"]: part["amount"]["amount"] for part in plan["breakdown"]}
    assert lines["cloth"] == said["cloth"]
    assert lines["labour"] == said["sewing_pay"] + said["set_up"]
    assert lines["transport"] == said["transport"]
    assert lines["platform_fee"] + lines["ppn_fee"] + lines["brand_margin"] == said["brand_fee"]
    assert lines["platform_fee"] == (sum(lines.values()) - said["transport"]) * 30 // 1000


async def test_a_quote_that_is_taken_again_has_lines_of_its_own(street: Street) -> None:
    order = await street.checked_out()
    await pass_time(minutes=16)
    assert (await street.status(order), await frozen(order)) == ("draft", {})
    quote = await street.quote(order)
    succeeded(await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]}), 201)
    assert sum((await frozen(order)).values()) == await price(order)
    assert await count("SELECT count(DISTINCT quote_id) FROM price_line") == 2


async def test_a_replaced_maker_moves_the_difference_to_the_brand_and_nothing_else(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await busy_street(client, provider)
    order = await placed_with_several(street)
    before = await frozen(order)
    succeeded(await street.decline((await street.offers(order, kind="tailor"))[0]), 201)
    await settle()
    after, changed = await frozen(order), await rows(order, "replacement")
    assert sum(after.values()) == sum(before.values()) == await price(order)
    assert sum(line.amount_idr for line in changed) == 0
    assert {line.code for line in changed} <= {"labour", "brand_margin", "transport"}
    for code in ("cloth", "platform_fee", "ppn_fee"):
        assert by_code(after)[code] == by_code(before)[code]
    pays = {offer["organisation"]: offer["pay"]["amount"] for offer in await street.offers(order, kind="tailor")}
    labour = {claim.payee_id: amount for claim, amount in after.items() if claim.code == "labour"}
    assert labour == {ids.read("org", party): pay for party, pay in pays.items()}


async def test_rates_of_today_change_no_order_of_yesterday(
    client: httpx.AsyncClient, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = await busy_street(client, provider)
    order = await placed_with_several(street)
    before = await frozen(order)
    monkeypatch.setattr(settings().orders, "platform_fee_permille", 500)
    async with db.transaction() as session:
        await session.execute(update(Lot).values(price_idr=10_000))
        await session.execute(update(Tailor).values(rate_idr=350))
        await session.execute(update(Brand).values(fee_idr=1))
    assert await frozen(order) == before
    succeeded(await street.decline((await street.offers(order, kind="tailor"))[0]), 201)
    await settle()
    after = by_code(await frozen(order))
    assert [after[code] for code in ("cloth", "platform_fee", "ppn_fee")] == [
        by_code(before)[code] for code in ("cloth", "platform_fee", "ppn_fee")
    ]


async def test_money_that_went_back_lowers_price_and_payment_and_only_the_bearer_loses(street: Street) -> None:
    order = await street.placed()
    before, paid = by_code(await frozen(order)), await price(order)
    assert await reduce(order, 1_000) == (paid - 1_000,) * 3
    assert by_code(await frozen(order)) == before | {"brand_margin": before["brand_margin"] - 1_000}
    with pytest.raises(SplitExceedsPrice):
        await reduce(order, before["brand_margin"])
    assert await price(order) == paid - 1_000


async def test_an_order_without_a_frozen_price_has_nothing_to_change(street: Street) -> None:
    order = await street.draft()
    with pytest.raises(PriceNotFrozen):
        await reduce(order, 1)


async def test_the_database_refuses_lines_that_do_not_add_up(street: Street) -> None:
    order = await street.placed()
    [first, *_] = await rows(order, "frozen")
    line = {"order_id": first.order_id, "quote_id": first.quote_id, "reason": "change"}
    dearer = update(Order).where(Order.id == first.order_id).values(price_idr=Order.price_idr + 1)
    more = [insert(PriceLine).values(id=new_id(), code=code, amount_idr=1, **line) for code in ("cloth", "ppn")]
    less = insert(PriceLine).values(id=new_id(), code="machine", amount_idr=-1, **line)
    for statements in ([more[0]], [less, more[1]], [dearer]):
        with pytest.raises((DBAPIError, psycopg.errors.CheckViolation), match="do not add up"):
            await say(*statements)
    await say(dearer, more[1])
    assert sum((await frozen(order)).values()) == await price(order)


async def test_a_price_that_is_adjusted_follows_its_lines(street: Street) -> None:
    order = await street.checked_out()
    before, agreed = await frozen(order), await price(order)
    wanted = reduced(before, 500, ["brand_margin"])
    async with db.transaction() as session:
        row = await queries.get_order_by_id(session, ids.read("ord", order), lock=True)
        await service.adjust_price_lines(session, order=row, wanted=wanted, reason="change", by=row.consumer_id)
    assert (await frozen(order), await price(order)) == (wanted, agreed - 500)
    [line] = await rows(order, "change")
    assert (line.code, line.amount_idr) == ("brand_margin", -500)


async def lines_for(actor: Actor, order: str) -> dict[str, int | None]:
    """Rupiah by code as this person sees them."""
    found = succeeded(await actor.get(f"/v1/orders/{order}/price-lines"))
    return {line["code"]: line["amount"] and line["amount"]["amount"] for line in found["data"]}


async def test_who_pays_sees_every_amount_and_who_is_paid_only_the_own(street: Street) -> None:
    order = await street.placed()
    whole = by_code(await frozen(order))
    assert await lines_for(street.rina, order) == whole == await lines_for(street.admin, order)
    code = (await street.order(order))["code"]
    assert await lines_for(street.rina, code) == whole
    offer = (await street.offers(order, kind="tailor"))[0]
    assert await lines_for(street.party(offer), order) == dict.fromkeys(whole) | {"labour": whole["labour"]}
    assert await lines_for(street.dewi, order) == dict.fromkeys(whole) | {"brand_margin": whole["brand_margin"]}
    for tailor in street.tailors:
        if ids.show("org", tailor.id) != offer["organisation"]:
            refusal(await street.people[tailor.id].get(f"/v1/orders/{order}/price-lines"), 404)


async def test_a_taxable_brand_adds_ppn_on_top_and_pays_no_fee_of_it(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    day = await today()
    street = await open_street(client, provider, brand={"pkp_since": day})
    order, quote = await street.quoted()
    said = {part["code"]: part["amount"]["amount"] for part in quote["plans"][0]["breakdown"]}
    net = quote["plans"][0]["price"]["amount"] - said["ppn"]
    assert said["ppn"] == ppn(net, day).tax_idr > 0
    succeeded(await street.rina.post(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]}), 201)
    lines = by_code(await frozen(order))
    assert (lines["ppn"], sum(lines.values())) == (said["ppn"], net + said["ppn"])
    assert lines["platform_fee"] == share(net - said["transport"], permille=30)


async def test_the_ceiling_of_an_order_holds_with_the_tax_of_a_taxable_brand(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await open_street(client, provider, brand={"pkp_since": await today()})
    price = (await street.quoted())[1]["plans"][0]["price"]["amount"]
    enough = {"amount": price, "currency": "IDR"}
    assert (await street.quoted(ceiling=enough))[1]["plans"][0]["price"]["amount"] == price
    order = await street.draft(ceiling={"amount": price - 1, "currency": "IDR"})
    answer = await street.rina.post(f"/v1/orders/{order}/quotes")
    if answer.status_code == 201:
        assert answer.json()["plans"][0]["price"]["amount"] < price
    else:
        assert refusal(answer) == "no_plan"


async def test_a_brand_that_will_be_taxable_tomorrow_adds_nothing_today(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await open_street(client, provider, brand={"pkp_since": await today() + timedelta(days=2)})
    _, quote = await street.quoted()
    assert "ppn" not in [part["code"] for part in quote["plans"][0]["breakdown"]]
