"""The same money by Stripe's adaptor, over the wire of the provider that ships."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from fastapi import FastAPI

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import NotWholeRupiah
from clothingline.integrations.payments.stripe import notices
from clothingline.kit.clock import milliseconds
from clothingline.orders.events import OrderCancelled
from tests.integrations.places import SECRET, Place, on_the_wire
from tests.payments.stage import bring, checked_out, ledger, open_payment, order_state, payments, refunds, verdicts

Drain = Callable[[], Awaitable[None]]


@pytest.fixture
async def wire(app: FastAPI, tmp_path: Path) -> AsyncIterator[Place]:
    """Stripe's adaptor in use, and the books behind it."""
    async with on_the_wire(tmp_path) as place:
        providers.use(place.provider)
        yield place


async def tell(client: httpx.AsyncClient, happened: str, session: str, *, secret: str = SECRET) -> httpx.Response:
    """A notice as Stripe sends it."""
    thing = {"id": session, "object": "checkout.session"}
    event = {"id": f"evt_{happened[-4:]}", "type": happened, "livemode": False, "data": {"object": thing}}
    body = json.dumps({"object": "event", **event}).encode()
    signed = notices.sign(secret, timestamp=milliseconds() // 1000, body=body)
    said = {"stripe-signature": signed, "content-type": "application/json"}
    return await client.post("/v1/stripe-notices", content=body, headers=said)


async def test_an_order_is_paid_by_stripe_and_its_money_goes_back(
    wire: Place, client: httpx.AsyncClient, drain: Drain
) -> None:
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    wire.hand.pay(charge)
    assert (await tell(client, "checkout.session.completed", charge)).status_code == 200
    await drain()
    assert (await verdicts(), await order_state(scene)) == ([("captured", None)], ("placed", 1_131_400))
    assert (await ledger())["provider:idr"] == await wire.provider.balance()
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    assert (await wire.provider.fetch_charge(charge)).refunded_idr == 1_131_400
    assert [state for _, _, state in await refunds()] == ["settled"]


async def test_a_notice_that_stripe_has_not_signed_is_refused(
    wire: Place, client: httpx.AsyncClient, drain: Drain
) -> None:
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    answer = await tell(client, "checkout.session.completed", charge, secret="whsec_lain")
    assert (answer.status_code, answer.json()["code"]) == (400, "notice_not_signed")


async def test_an_amount_that_is_not_whole_is_quarantined(
    wire: Place, client: httpx.AsyncClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    wire.hand.pay(charge)

    async def broken(_: str) -> NoReturn:
        raise NotWholeRupiah("113140050 / 100")

    monkeypatch.setattr(wire.provider, "fetch_charge", broken)
    await tell(client, "checkout.session.completed", charge)
    await drain()
    assert await verdicts() == [("quarantined", "amount")]
    assert [one.state for one in await payments(scene)] == ["open"]
