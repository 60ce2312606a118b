"""What a re-routed plan may cost: agreed prices stand, and its own brand bears what exceeds the price."""

import httpx
import pytest
from sqlalchemy import select, update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.materials.models import Lot
from clothingline.payments.models import Payment
from clothingline.payments.service import Limits, request_refund
from clothingline.tailors.models import Tailor
from tests import parties
from tests.routing.asked import busy_street, only, placed_with_several
from tests.routing.street import Street, count, open_street, settle, succeeded


async def test_a_cheaper_brand_gives_no_more_than_half_of_its_own_fee(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    """Dearer cloth would leave the new brand less than nothing, although half the old brand's fee would pay for it."""
    street = await open_street(client, provider, design={"open_to_brands": True})
    order = await street.placed()
    async with db.transaction() as session:
        await parties.make_brand(session, name="Busana Mawar", fee_idr=500)
        await session.execute(update(Lot).where(Lot.id == street.lots[1].id).values(price_idr=50_000))
    for kind in ("brand", "supplier"):
        succeeded(await street.decline(await only(street, order, kind)), 201)
    await settle()
    found = await street.order(order)
    assert found["status"] == "action_required"
    assert "price" in [one["code"] for one in found["reason"]["limits"]]


async def test_who_stands_counts_at_the_price_that_was_agreed(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    """Cloth and makers that have become cheaper for others leave no room for a dearer replacement."""
    street = await busy_street(client, provider)
    order = await placed_with_several(street)
    makers = await street.offers(order, kind="tailor")
    async with db.transaction() as session:
        await session.execute(update(Lot).values(price_idr=10_000))
        await session.execute(update(Tailor).values(rate_idr=350))
    succeeded(await street.decline(makers[-1]), 201)
    await settle()
    assert await street.status(order) == "placed"
    assert await count(f"SELECT price_idr - ({SPLIT}) FROM plan WHERE state = 'adopted'") == 0


@pytest.mark.parametrize(("part", "dearer", "status"), [(2, 1, "placed"), (1, 1, "placed"), (1, 2, "action_required")])
async def test_what_went_back_of_the_brands_margin_leaves_room_for_whoever_costs_as_much(
    street: Street, part: int, dearer: int, status: str
) -> None:
    """A replacement that the rest of the margin cannot bear is the consumer's choice."""
    order = await street.placed()
    margin = await count("SELECT sum(amount_idr) FROM price_line WHERE code = 'brand_margin'")
    await go_back(margin // part)
    async with db.transaction() as session:
        await session.execute(update(Tailor).values(rate_idr=Tailor.rate_idr * dearer))
    succeeded(await street.decline(await only(street, order, "tailor")), 201)
    await settle()
    assert await street.status(order) == status
    lines = await count("SELECT sum(amount_idr) FROM price_line")
    assert (await street.order(order))["price"]["amount"] == lines


async def go_back(amount_idr: int) -> None:
    """An officer sends so much of the only payment back; it is the brand's."""
    async with db.transaction() as session:
        payment = (await session.scalars(select(Payment).where(Payment.state == "captured"))).one()
        limits = Limits(officer_from_idr=amount_idr + 1, two_people_from_idr=amount_idr + 1)
        await request_refund(session, payment_id=payment.id, reason="x", limits=limits, amount_idr=amount_idr)
    await settle()


SPLIT = """
    (SELECT sum(pay_idr) FROM offer WHERE kind = 'tailor' AND state = 'sent')
    + (SELECT cm * price_idr / 100 FROM reservation WHERE state = 'requested')
    + (SELECT sum((part->>'amount')::int) FROM jsonb_array_elements(parts) AS part
        WHERE part->>'code' IN ('transport', 'brand_fee'))
"""
