"""What a re-routed plan may cost: agreed prices stand, and its own brand bears what exceeds the price."""

import httpx
from sqlalchemy import update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.materials.models import Lot
from clothingline.tailors.models import Tailor
from tests import parties
from tests.routing.asked import busy_street, only, placed_with_several
from tests.routing.street import count, open_street, settle, succeeded


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


SPLIT = """
    (SELECT sum(pay_idr) FROM offer WHERE kind = 'tailor' AND state = 'sent')
    + (SELECT cm * price_idr / 100 FROM reservation WHERE state = 'requested')
    + (SELECT sum((part->>'amount')::int) FROM jsonb_array_elements(parts) AS part
        WHERE part->>'code' IN ('transport', 'brand_fee'))
"""
