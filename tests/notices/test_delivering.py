"""Deliveries: made with their event, tried for three days, signed so that a stranger can verify them, told apart."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, text

from clothingline import worker
from clothingline.kit import db, ids
from clothingline.kit.events import Event, emit
from clothingline.notices import service, tasks
from clothingline.notices.models import WebhookDelivery, WebhookEndpoint
from clothingline.notices.pauses import next_try
from clothingline.orders.events import OrderPaid
from tests.notices.conftest import Partner, happen
from tests.notices.receivers import Request, accept, answer, flood, hang, receiver, reset

Advance = Callable[..., Awaitable[None]]


async def rows() -> list[WebhookDelivery]:
    async with db.transaction() as session:
        return list(await session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))


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


async def test_a_receiver_that_hangs_delays_no_other(melati: Partner, kain: Partner) -> None:
    """It holds two places; all others are served to the end while it holds them, and it never gets a third."""
    until = asyncio.Event()
    async with receiver(hang(until)) as hanging, receiver(accept) as healthy:
        await melati.subscribe(hanging.url, "OrderPaid")
        await kain.subscribe(healthy.url, "OrderPaid")
        for _ in range(40):
            await happen(melati.organisation, kain.organisation)
        delivering = asyncio.create_task(tasks.deliver())
        await healthy.heard(40)
        assert (hanging.open, until.is_set(), delivering.done()) == (2, False, False)
        until.set()
        assert await delivering == 80
        assert (hanging.most, healthy.most <= 2, len(hanging.got)) == (2, True, 40)


async def test_no_more_than_thirty_two_are_tried_at_once(melati: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LOOK_EVERY_SECONDS", 0.01)
    until = asyncio.Event()
    async with AsyncExitStack() as stack:
        hanging = [await stack.enter_async_context(receiver(hang(until))) for _ in range(18)]
        for one in hanging:
            await melati.subscribe(one.url, "OrderPaid")
        for _ in range(3):
            await happen(melati.organisation)
        delivering = asyncio.create_task(tasks.deliver())
        while sum(one.open for one in hanging) < tasks.MOST_AT_ONCE:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)  # twenty more looks, none of which may begin anything
        assert sum(one.open for one in hanging) == tasks.MOST_AT_ONCE
        until.set()
        assert await delivering == 54


async def test_endpoints_that_are_known_to_fail_leave_places_for_the_others(melati: Partner, kain: Partner) -> None:
    """Far more of them than places hang; whoever answers is served at once."""
    until = asyncio.Event()
    async with AsyncExitStack() as stack:
        hanging = [await stack.enter_async_context(receiver(hang(until))) for _ in range(20)]
        healthy = await stack.enter_async_context(receiver(accept))
        for one in hanging:
            await melati.subscribe(one.url, "OrderPaid")
        async with db.transaction() as session:
            await session.execute(text("UPDATE webhook_endpoint SET failing_since = business_now()"))
        await kain.subscribe(healthy.url, "OrderPaid")
        for _ in range(3):
            await happen(melati.organisation)
        delivering = asyncio.create_task(tasks.deliver())
        while sum(one.open for one in hanging) < tasks.MOST_FAILING:
            await asyncio.sleep(0.01)
        await happen(kain.organisation)
        await healthy.heard(1)
        assert sum(one.open for one in hanging) == tasks.MOST_FAILING
        assert max(one.open for one in hanging) == 1
        until.set()
        await delivering


def schedule(shake: int) -> list[timedelta]:
    """The pauses of a delivery that always fails at once."""
    begun = now = datetime.fromisoformat("2026-06-02T08:00:00+07:00")
    pauses: list[timedelta] = []
    while (again := next_try(tries=len(pauses) + 1, since=begun, now=now, shake_permille=shake)) is not None:
        pauses.append(again - now)
        now = again
    assert now == begun + timedelta(hours=72)
    return pauses


def test_the_pauses_grow_from_five_seconds_to_half_a_day_and_end_after_three_days() -> None:
    seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200]
    usual = schedule(0)
    assert [one.total_seconds() for one in usual[:-1]] == seconds
    assert usual[-1] == timedelta(hours=72) - timedelta(seconds=sum(seconds))
    for shake in (-100, 100):
        shaken = [one // timedelta(milliseconds=1) for one in schedule(shake)[:9]]
        assert shaken == [one * (1_000 + shake) for one in seconds[:9]]


async def test_a_delivery_is_tried_for_72_hours_and_then_parked(melati: Partner, advance: Advance) -> None:
    async with receiver(answer(500)) as there:
        endpoint = await melati.subscribe(there.url, "OrderPaid")
        event = await happen(melati.organisation)
        moments = await _fail_to_the_end(advance)
    [row] = await rows()
    assert (row.state, row.tries, row.answered, row.cause) == ("parked", len(moments), 500, "refused")
    assert len(moments) == len(there.got) == 12
    assert moments[-1] - moments[0] >= timedelta(hours=72)
    assert {one.headers["webhook-id"] for one in there.got} == {event}
    assert len({one.body for one in there.got}) == 1
    assert max(later - former for former, later in pairwise(moments)) <= timedelta(hours=13.3)
    [told] = (await melati.actor.get("/v1/events?name=WebhookDeliveryParked")).json()["data"]
    assert told["facts"] == {"delivery_id": ids.show("dlv", row.id), "endpoint_id": endpoint["id"]}
    [listed] = (await melati.actor.get("/v1/webhook-endpoints")).json()["data"]
    assert listed["failing_since"] is not None


async def _fail_to_the_end(advance: Advance) -> list[datetime]:
    """Business times of every try."""
    moments = []
    while True:
        async with db.transaction() as session:
            now: datetime = (await session.execute(text("SELECT business_now()"))).scalar_one()
        await tasks.deliver()
        moments.append(now)
        [row] = await rows()
        if row.state != "waiting":
            return moments
        assert row.due_at > now
        await advance(seconds=(row.due_at - now).total_seconds())


async def test_a_receiver_that_recovers_gets_what_waited(melati: Partner, advance: Advance) -> None:
    async with receiver(answer(503)) as there:
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        await tasks.deliver()
        there.reply = accept
        assert await tasks.deliver() == 0, "its pause is not over"
        await advance(seconds=6)
        assert await tasks.deliver() == 1
    [shown] = await melati.log()
    assert (shown["status"], shown["tries"], shown["answered"], shown["cause"]) == ("delivered", 2, 204, None)
    [listed] = (await melati.actor.get("/v1/webhook-endpoints")).json()["data"]
    assert listed["failing_since"] is None


@pytest.mark.parametrize(
    ("reply", "answered", "cause"),
    [
        (answer(301, "location: http://127.0.0.1/"), 301, "refused"),
        (answer(404), 404, "refused"),
        (reset, None, "broken"),
    ],
)
async def test_what_went_wrong_stands_in_the_log(melati: Partner, reply: Any, answered: int | None, cause: str) -> None:
    async with receiver(reply) as there:
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        assert await tasks.deliver() == 0
    [shown] = await melati.log()
    assert (shown["status"], shown["tries"], shown["answered"], shown["cause"]) == ("waiting", 1, answered, cause)
    assert shown["next_try_at"] is not None


async def test_an_endless_answer_that_begins_well_is_an_answer(melati: Partner) -> None:
    async with receiver(flood) as there:
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        assert await tasks.deliver() == 1


async def test_an_address_that_became_private_is_not_reached(melati: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiver(accept) as there:
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        monkeypatch.setattr(tasks, "reaches_private", lambda: False)
        assert await tasks.deliver() == 0
    [shown] = await melati.log()
    assert (there.got, shown["cause"]) == ([], "scheme")


async def test_a_parked_and_a_delivered_one_are_replayed_with_the_same_id(melati: Partner, advance: Advance) -> None:
    async with receiver(answer(500)) as there:
        await melati.subscribe(there.url, "OrderPaid")
        event = await happen(melati.organisation)
        await _fail_to_the_end(advance)
        there.reply, failed = accept, len(there.got)
        [parked] = await melati.log(status="parked")
        for _ in range(2):
            again = await melati.actor.post(f"/v1/webhook-deliveries/{parked['id']}/replay")
            assert (again.status_code, again.json()["status"], again.json()["tries"]) == (201, "waiting", 0)
            assert await tasks.deliver() == 1
    assert [one.headers["webhook-id"] for one in there.got[failed:]] == [event, event]
    [shown] = await melati.log()
    assert (shown["status"], shown["tries"]) == ("delivered", 1)


async def test_what_waits_is_tried_at_once_when_it_is_replayed(melati: Partner) -> None:
    async with receiver(answer(500)) as there:
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        await tasks.deliver()
        there.reply = accept
        [waiting] = await melati.log()
        await melati.actor.post(f"/v1/webhook-deliveries/{waiting['id']}/replay")
        assert await tasks.deliver() == 1


async def test_two_takers_never_hold_the_same_delivery_nor_more_than_two_of_an_endpoint(melati: Partner) -> None:
    await melati.subscribe("http://127.0.0.1:9/x", "OrderPaid")
    for _ in range(8):
        await happen(melati.organisation)

    async def take() -> list[service.Taken]:
        async with db.transaction() as session:
            return await service.take_due(session, most=32, failing=False)

    taken = [one for some in await asyncio.gather(*(take() for _ in range(6))) for one in some]
    assert len(taken) == len({one.id for one in taken}) == 2
    assert await take() == []


async def test_what_a_dead_worker_held_is_taken_again_and_its_late_word_counts_no_more(melati: Partner) -> None:
    await melati.subscribe("http://127.0.0.1:9/x", "OrderPaid")
    await happen(melati.organisation)
    async with db.transaction() as session:
        [dead] = await service.take_due(session, most=1, failing=False)
    async with db.transaction() as session:
        assert await service.take_due(session, most=1, failing=False) == []
        await session.execute(text("UPDATE webhook_delivery SET taken_until = clock_timestamp() - interval '1 s'"))
    async with db.transaction() as session:
        [alive] = await service.take_due(session, most=1, failing=False)
    assert (alive.id, alive.lease > dead.lease) == (dead.id, True)
    async with db.transaction() as session:
        given = {"answered": None, "cause": "timeout", "now": dead.now, "shake_permille": 0}
        assert not await service.record_failed(session, taken=dead, **given)
        assert not await service.record_delivered(session, taken=dead, answered=204)
        assert await service.record_delivered(session, taken=alive, answered=204)


async def test_a_try_that_fails_in_our_own_code_hinders_no_other(
    melati: Partner, kain: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tasks.message.body_of

    def body(one: service.Taken) -> bytes:
        if one.url.endswith("/broken"):
            raise ZeroDivisionError
        return make(one)

    monkeypatch.setattr(tasks.message, "body_of", body)
    async with receiver(accept) as there:
        await kain.subscribe("http://127.0.0.1:9/broken", "OrderPaid")
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation, kain.organisation)
        assert await tasks.deliver() == 1
    assert sorted(one.state for one in await rows()) == ["delivered", "waiting"]


async def test_a_deleted_endpoint_is_told_of_nothing_more(melati: Partner) -> None:
    async with receiver(accept) as there:
        made = await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        assert (await melati.actor.call("DELETE", f"/v1/webhook-endpoints/{made['id']}")).status_code == 204
        await happen(melati.organisation)
        assert await tasks.deliver() == 0
    [shown] = await melati.log()
    assert (there.got, shown["status"], shown["cause"]) == ([], "parked", "endpoint_deleted")
    again = await melati.actor.post(f"/v1/webhook-deliveries/{shown['id']}/replay")
    assert (again.status_code, again.json()["code"]) == (410, "endpoint_deleted")


async def test_what_was_made_while_its_endpoint_was_deleted_is_parked(melati: Partner) -> None:
    await melati.subscribe("http://127.0.0.1:9/x", "OrderPaid")
    await happen(melati.organisation)
    async with db.transaction() as session:
        [endpoint] = await session.scalars(select(WebhookEndpoint))
        endpoint.disabled_at = endpoint.created_at
    assert await tasks.deliver() == 0
    assert [one.state for one in await rows()] == ["parked"]


async def test_the_running_worker_delivers(melati: Partner) -> None:
    async with receiver(accept) as there:
        await melati.subscribe(there.url, "OrderPaid")
        working = asyncio.create_task(worker.work(1, signals=False))
        event = await happen(melati.organisation)
        await there.heard(1)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert [one.headers["webhook-id"] for one in there.got] == [event]


async def test_a_worker_that_ends_breaks_off_its_tries_and_leaves_them_waiting(melati: Partner) -> None:
    async with receiver(hang(asyncio.Event())) as there:
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation)
        delivering = asyncio.create_task(tasks.deliver())
        await there.heard(1)
        delivering.cancel()
        await asyncio.wait([delivering])
        assert delivering.cancelled()
    [row] = await rows()
    assert (row.state, row.tries, row.taken_until is None) == ("waiting", 0, False)
