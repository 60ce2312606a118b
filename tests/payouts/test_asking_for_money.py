"""What a party sees and does through the API: its registration, what is available, its payouts; nobody else's."""

from typing import Any

import httpx
import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.ids import show
from tests.cast import Actor, Cast
from tests.parties import member
from tests.payouts.stage import Advance, Drain, Stage, owe, set_up

SITI, DEWI = "081234567802", "081234567803"


async def two_tailors(cast: Cast, provider: FakeProvider) -> tuple[Stage, Actor, Actor]:
    """Two workshops with their owners."""
    stage = await set_up(provider)
    async with db.transaction() as session:
        siti = await member(cast, session, SITI, Role.TAILOR, stage.scene.tailors[0])
        dewi = await member(cast, session, DEWI, Role.TAILOR, stage.scene.tailors[1])
    return stage, siti, dewi


def body(answer: httpx.Response, status: int) -> dict[str, Any]:
    """What was answered."""
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def test_a_tailor_registers_on_the_page_of_the_provider_and_is_paid_when_she_asks(
    cast: Cast, provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage, siti, dewi = await two_tailors(cast, provider)
    payee = body(await siti.post("/v1/payees", {"cadence": "on_demand"}), 201)
    assert (payee["state"], payee["available"]) == ("invited", {"amount": 0, "currency": "IDR"})
    path = f"/v1/payees/{payee['id']}"
    assert body(await siti.post(f"{path}/onboarding"), 409)["code"] == "payee_not_ready"
    await drain()
    page = str(body(await siti.post(f"{path}/onboarding"), 201)["link"])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(provider.app), base_url="http://bayar.test") as browser:
        assert (await browser.get(page)).status_code == 200
    await provider.happen(provider.books.allow, page.rpartition("/")[2])
    await drain()
    assert body(await siti.get(path), 200)["state"] == "active"
    await owe(stage.scene.order, stage.tailor, 400_000, 150_000)
    assert body(await siti.get(path), 200)["available"] == {"amount": 550_000, "currency": "IDR"}
    assert body(await siti.post("/v1/payouts", {"payee": payee["id"]}), 409)["code"] == "account_just_changed"
    await advance(hours=25)
    payout = body(await siti.post("/v1/payouts", {"payee": payee["id"]}), 201)
    assert (payout["state"], payout["amount"]) == ("approved", {"amount": 550_000, "currency": "IDR"})
    listed = body(await siti.get("/v1/payouts"), 200)["data"]
    assert [one["id"] for one in listed] == [payout["id"]]
    for hidden in (path, f"/v1/payouts/{payout['id']}"):
        assert (await dewi.get(hidden)).status_code == 404
    assert body(await dewi.get("/v1/payouts"), 200)["data"] == []
    assert (await dewi.post("/v1/payouts", {"payee": payee["id"]})).status_code == 404


async def test_a_link_is_shown_once_and_its_repeat_does_not_show_it_again(
    cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    _, siti, _ = await two_tailors(cast, provider)
    payee = body(await siti.post("/v1/payees", {}), 201)
    await drain()
    path = f"/v1/payees/{payee['id']}/onboarding"
    first = await siti.post(path, idempotency_key="satu")
    again = await siti.post(path, idempotency_key="satu")
    assert "link" in first.json()
    assert "link" not in again.json()


async def test_a_provider_that_does_not_answer_is_said_to_be_away(
    cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    _, siti, _ = await two_tailors(cast, provider)
    payee = body(await siti.post("/v1/payees", {}), 201)
    await drain()
    provider.play("busy_before", "onboarding_link")
    refused = body(await siti.post(f"/v1/payees/{payee['id']}/onboarding"), 503)
    assert (refused["code"], refused["retryable"]) == ("provider_away", True)


@pytest.mark.parametrize("again", [{"cadence": "daily"}, {"weekday": 2}, {}])
async def test_how_often_money_leaves_is_changed_and_what_is_left_out_stays(
    cast: Cast, provider: FakeProvider, again: dict[str, object]
) -> None:
    stage, siti, _ = await two_tailors(cast, provider)
    own = {"organisation": show("org", stage.tailor)}
    payee = body(await siti.post("/v1/payees", {**own, "cadence": "weekly", "weekday": 3}), 201)
    repeated = body(await siti.post("/v1/payees", {**own, "cadence": "daily"}), 201)
    assert (repeated["id"], repeated["cadence"]) == (payee["id"], "weekly")
    changed = body(await siti.call("PATCH", f"/v1/payees/{payee['id']}", again), 200)
    expected = {"cadence": "weekly", "weekday": 3} | again
    assert {name: changed[name] for name in expected} == expected


async def test_somebody_elses_business_cannot_be_registered(cast: Cast, provider: FakeProvider) -> None:
    stage, siti, _ = await two_tailors(cast, provider)
    other = {"organisation": show("org", stage.scene.tailors[1])}
    assert body(await siti.post("/v1/payees", other), 404)["code"] == "party_not_yours"
