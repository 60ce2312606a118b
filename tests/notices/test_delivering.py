"""Deliveries: made with their event for whoever hears of it, and signed so that a stranger can verify them."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from clothingline.kit import db, ids
from clothingline.kit.events import Event, emit
from clothingline.notices import tasks
from clothingline.orders.events import OrderPaid
from tests.conftest import ROOT
from tests.notices.conftest import Partner, happen, rows
from tests.notices.receivers import Request, accept, receiver

Advance = Callable[..., Awaitable[None]]


def verified(secret: str, request: Request) -> dict[str, Any]:
    """What a partner's own program does, by the text of Standard Webhooks alone; raises `AssertionError`."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join([request.headers[f"webhook-{one}"].encode() for one in ("id", "timestamp")] + [request.body])
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [one.split(",", 1) for one in request.headers["webhook-signature"].split(" ")]
    assert ["v1", wanted] in given
    said: dict[str, Any] = json.loads(request.body)
    return said


async def test_an_event_and_its_deliveries_commit_together(melati: Partner, kain: Partner) -> None:
    hers, his = [await one.subscribe("http://127.0.0.1:9/x", "OrderPaid") for one in (melati, kain)]
    with pytest.raises(ZeroDivisionError):
        await _happen_and_fail(melati)
    assert await rows() == []
    async with db.transaction() as session:
        await emit(session, OrderPaid(ids.new_id()), audience=[melati.organisation, kain.organisation])
        assert await rows() == []
    async with db.transaction() as session:
        [event] = await session.scalars(select(Event).where(Event.name == "OrderPaid"))
    made = {(ids.show("whk", one.endpoint_id), one.event_id) for one in await rows()}
    assert made == {(hers["id"], event.id), (his["id"], event.id)}


async def _happen_and_fail(partner: Partner) -> None:
    async with db.transaction() as session:
        await emit(session, OrderPaid(ids.new_id()), audience=[partner.organisation])
        raise ZeroDivisionError


async def test_an_endpoint_is_told_of_what_it_subscribed_to_and_its_organisation_hears(
    melati: Partner, kain: Partner
) -> None:
    async with receiver(accept) as all_of_hers, receiver(accept) as some, receiver(accept) as his:
        await melati.subscribe(all_of_hers.url)
        await melati.subscribe(some.url, "RunReleased")
        await kain.subscribe(his.url, "OrderPaid")
        order = ids.new_id()
        event = await happen(melati.organisation, order=order)
        await happen(ids.new_id())
        await tasks.deliver()
    [heard] = [one for one in all_of_hers.got if b'"OrderPaid"' in one.body]
    assert (some.got, his.got) == ([], [])
    assert json.loads(heard.body)["data"] == {"order_id": ids.show("ord", order)}
    assert heard.headers["webhook-id"] == event


async def test_a_partner_can_verify_what_arrives_with_a_program_of_its_own(melati: Partner) -> None:
    async with receiver(accept) as there:
        made = await melati.subscribe(there.url, "OrderPaid")
        event = await happen(melati.organisation)
        assert await tasks.deliver() == 1
    [got] = there.got
    said = verified(made["secret"], got)
    assert (said["id"], said["type"], got.line) == (event, "OrderPaid", "POST /webhooks HTTP/1.1")
    assert datetime.fromisoformat(said["created_at"]).tzinfo is not None
    with pytest.raises(AssertionError):
        verified(made["secret"], Request(got.line, got.headers, got.body.replace(b"OrderPaid", b"OrderSold")))
    with pytest.raises(AssertionError):
        verified("whsec_" + base64.b64encode(b"0" * 32).decode(), got)


def written() -> Callable[[str, dict[str, str], bytes], bool]:
    """The program that the page for partners shows."""
    [program] = re.findall(
        r"^```python\n(.+?)^```", (ROOT / "docs" / "webhooks.md").read_text(), re.MULTILINE | re.DOTALL
    )
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102  # it stands in our own page
    found: Callable[[str, dict[str, str], bytes], bool] = names["is_genuine"]
    return found


async def test_the_program_on_the_page_for_partners_takes_what_is_ours_and_nothing_else(melati: Partner) -> None:
    is_genuine = written()
    async with receiver(accept) as there:
        made = await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        await tasks.deliver()
    [got] = there.got
    assert is_genuine(made["secret"], got.headers, got.body)
    assert not is_genuine(made["secret"], got.headers, got.body + b" ")
    for name, value in (("id", "evt_2"), ("timestamp", "1780362000"), ("signature", "v1,AAAA")):
        assert not is_genuine(made["secret"], {**got.headers, f"webhook-{name}": value}, got.body)


async def test_both_secrets_hold_while_one_is_changed(melati: Partner, advance: Advance) -> None:
    async with receiver(accept) as there:
        old = await melati.subscribe(there.url, "OrderPaid")
        new = (await melati.actor.post(f"/v1/webhook-endpoints/{old['id']}/secrets")).json()
        for hours in (0, 23.9, 0.2):
            await advance(hours=hours)
            await happen(melati.organisation)
            await tasks.deliver()
    assert old["secret"] != new["secret"]
    at_once, late, next_day = there.got
    for request in (at_once, late):
        assert verified(old["secret"], request) == verified(new["secret"], request)
    assert verified(new["secret"], next_day)
    with pytest.raises(AssertionError):
        verified(old["secret"], next_day)


async def test_the_secret_before_the_last_holds_no_longer(melati: Partner) -> None:
    async with receiver(accept) as there:
        made = [await melati.subscribe(there.url, "OrderPaid")]
        for _ in range(2):
            made.append((await melati.actor.post(f"/v1/webhook-endpoints/{made[0]['id']}/secrets")).json())
        await happen(melati.organisation)
        await tasks.deliver()
    [got] = there.got
    assert verified(made[1]["secret"], got) == verified(made[2]["secret"], got)
    with pytest.raises(AssertionError):
        verified(made[0]["secret"], got)
