"""What is written of a quote: every plan with a proof of its own, and nothing for an order that went elsewhere."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.states import move
from clothingline.materials.models import Lot
from clothingline.orders import queries as orders
from clothingline.orders.errors import OrderStateConflict
from clothingline.orders.models import ORDER, Order
from clothingline.orders.service import offer_quote
from tests.routing.street import Street, count, events, open_street, settle, succeeded


async def test_each_plan_of_a_quote_is_certified_with_its_own_cost_and_gap(
    client: httpx.AsyncClient, provider: FakeProvider
) -> None:
    street = await open_street(client, provider)
    async with db.transaction() as session:
        await session.execute(update(Lot).where(Lot.id == street.lots[0].id).values(lead_days=9))
    order, quote = await street.quoted()
    assert [plan["label"] for plan in quote["plans"]] == ["balanced", "soonest"]
    for settled in (False, True):
        if settled:
            await settle()
        proofs = [succeeded(await street.admin.get(f"/v1/plans/{plan['id']}/certificate")) for plan in quote["plans"]]
        for plan, proof in zip(quote["plans"], proofs, strict=True):
            said = succeeded(await street.rina.get(f"/v1/plans/{plan['id']}/explanation"))
            assert proof["cost_idr"] == said["cost_idr"]
            assert proof["gap_idr"] == proof["cost_idr"] - proof["bound_idr"]
            assert proof["verified"]
        assert [proof["gap_idr"] > 0 for proof in proofs] == [False, True]
        assert proofs[0]["bound_idr"] == proofs[1]["bound_idr"]
    assert await street.status(order) == "quoted"


async def test_an_order_that_has_left_its_stage_gets_no_quote(street: Street) -> None:
    order_id = ids.read("ord", await street.draft())
    with pytest.raises(OrderStateConflict):
        await quote_a_cancelled(order_id)
    assert await events("OrderQuoted") == []
    assert await count("SELECT count(*) FROM quote") == 0


async def quote_a_cancelled(order_id: UUID) -> None:
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, order_id)
        await move(session, ORDER, Order, "cancel", Order.id == order_id)
        async with db.trip(session) as going:
            await offer_quote(going, order=order, expires_at=order.created_at + timedelta(hours=1))
