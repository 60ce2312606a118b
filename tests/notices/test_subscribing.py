"""Endpoints: whose they are, where they may be, their secrets, and a ping."""

import json

import pytest

from clothingline.cli import installation
from clothingline.cli.exits import Stop
from clothingline.kit import ids
from clothingline.kit.access import Role
from clothingline.kit.db import Database
from clothingline.notices import tasks
from clothingline.notices.secrets import secret_of
from clothingline.notices.service.subscribing import MOST_ENDPOINTS
from clothingline.settings import settings
from tests.cast import Cast
from tests.notices.conftest import Partner, happen
from tests.notices.receivers import accept, receiver
from tests.parties import make_brand, make_tailor, member

URL = "https://busana-melati.id/clothingline"


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is everywhere but in a trial."""
    monkeypatch.setattr(settings().notices, "reach_private", False)


async def test_the_secret_is_shown_when_it_is_made_and_never_again(melati: Partner) -> None:
    made = await melati.subscribe(URL, "OrderPaid", "RunReleased", "OrderPaid")
    assert made["secret"].startswith("whsec_")
    assert (made["url"], made["events"]) == (URL, ["OrderPaid", "RunReleased"])
    listed = (await melati.actor.get("/v1/webhook-endpoints")).json()["data"]
    newer = (await melati.actor.post(f"/v1/webhook-endpoints/{made['id']}/secrets")).json()
    assert made["secret"] not in json.dumps([listed, newer])
    assert newer["secret"] != made["secret"]
    assert [one["id"] for one in listed] == [made["id"]]


def test_secrets_differ_by_endpoint_and_generation_and_are_256_bits_long() -> None:
    found = {secret_of(endpoint, number) for endpoint in (ids.new_id(), ids.new_id()) for number in (1, 2, 11)}
    assert (len(found), {len(one) for one in found}) == (6, {32})


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://busana-melati.id/x", "scheme"),
        ("https://127.0.0.1/x", "address_not_public"),
        ("https://[::ffff:10.0.0.1]/x", "address_not_public"),
        ("https://169.254.169.254/latest/meta-data", "address_not_public"),
        ("https://2130706433/", "host"),
        ("https://localhost/x", "host"),
        ("https://melati@busana.id/x", "userinfo"),
        ("bukan alamat", "url"),
    ],
)
@pytest.mark.usefixtures("closed")
async def test_an_address_that_is_not_open_on_the_internet_is_refused(melati: Partner, url: str, cause: str) -> None:
    answer = await melati.actor.post("/v1/webhook-endpoints", {"url": url, "events": ["*"]})
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("/url", cause)]


@pytest.mark.parametrize("name", ["OrderSold", "WebhookDeliveryParked", "WebhookPinged", "OrderPaid2"])
async def test_an_event_that_does_not_exist_or_is_of_webhooks_is_refused(melati: Partner, name: str) -> None:
    answer = await melati.actor.post("/v1/webhook-endpoints", {"url": URL, "events": ["OrderPaid", name]})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/events/1"]


async def test_an_organisation_has_at_most_twenty(melati: Partner) -> None:
    for _ in range(MOST_ENDPOINTS):
        made = await melati.subscribe(URL)
    answer = await melati.actor.post("/v1/webhook-endpoints", {"url": URL, "events": ["*"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_endpoints")
    await melati.actor.call("DELETE", f"/v1/webhook-endpoints/{made['id']}")
    await melati.subscribe(URL)


async def test_who_acts_for_several_names_one_of_their_own(cast: Cast, database: Database, kain: Partner) -> None:
    async with database.transaction() as session:
        brands = [await make_brand(session) for _ in range(2)]
        for brand in brands:
            actor = await member(cast, session, "0812-3456-7813", Role.BRAND_OWNER, brand.id)
    body = {"url": URL, "events": ["*"]}
    unnamed = await actor.post("/v1/webhook-endpoints", body)
    assert (unnamed.status_code, unnamed.json()["errors"][0]["pointer"]) == (422, "/organisation")
    named = [ids.show("org", one) for one in (brands[1].id, kain.organisation)]
    own, foreign = [await actor.post("/v1/webhook-endpoints", {**body, "organisation": one}) for one in named]
    assert (own.status_code, own.json()["organisation"]) == (201, named[0])
    assert (foreign.status_code, foreign.json()["code"]) == (404, "organisation_not_yours")


async def test_others_find_neither_an_endpoint_nor_its_deliveries(melati: Partner, kain: Partner) -> None:
    made = await melati.subscribe(URL)
    await happen(melati.organisation)
    [waiting] = await melati.log()
    assert (await kain.log(), (await kain.actor.get("/v1/webhook-endpoints")).json()["data"]) == ([], [])
    for act in (f"webhook-endpoints/{made['id']}/secrets", f"webhook-endpoints/{made['id']}/pings"):
        assert (await kain.actor.post(f"/v1/{act}")).json()["code"] == "endpoint_not_found"
    foreign = await kain.actor.post(f"/v1/webhook-deliveries/{waiting['id']}/replay")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "delivery_not_found")


async def test_a_tailor_has_no_webhooks(cast: Cast, database: Database) -> None:
    async with database.transaction() as session:
        tailor = await make_tailor(session)
        siti = await member(cast, session, "0812-3456-7802", Role.TAILOR, tailor.id)
    assert (await siti.post("/v1/webhook-endpoints", {"url": URL, "events": ["*"]})).status_code == 403


async def test_a_ping_reaches_the_one_endpoint_whatever_it_subscribed_to(melati: Partner) -> None:
    async with receiver(accept) as tried, receiver(accept) as other:
        made = await melati.subscribe(tried.url, "RunReleased")
        await melati.subscribe(other.url)
        before = await tasks.deliver()
        answer = await melati.actor.post(f"/v1/webhook-endpoints/{made['id']}/pings")
        assert (answer.status_code, await tasks.deliver()) == (201, 1)
    [got] = tried.got
    said = json.loads(got.body)
    assert (said["id"], said["type"]) == (answer.json()["event"], "WebhookPinged")
    assert (said["data"], before, other.got) == ({"endpoint_id": made["id"]}, 0, [])
    [shown] = await melati.log(endpoint=made["id"])
    assert (shown["event"], shown["name"], shown["status"]) == (said["id"], "WebhookPinged", "delivered")


async def test_what_happens_to_webhooks_is_not_delivered_by_webhooks(melati: Partner) -> None:
    made = await melati.subscribe(URL)
    await melati.actor.post(f"/v1/webhook-endpoints/{made['id']}/secrets")
    names = [one["name"] for one in (await melati.actor.get("/v1/events")).json()["data"]]
    assert {"WebhookEndpointAdded", "WebhookSecretRotated"} <= set(names)
    assert await melati.log() == []


def test_production_refuses_to_reach_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = settings().model_copy(deep=True)
    chosen.environment, chosen.notices.reach_private = "production", True
    monkeypatch.setattr(installation, "settings", lambda: chosen)
    monkeypatch.setattr(installation, "_missing", lambda _chosen: "")
    with pytest.raises(Stop, match="CLOTHINGLINE_NOTICES__REACH_PRIVATE"):
        installation.read_settings()
