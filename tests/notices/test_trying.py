"""Tries: for three days with growing pauses, what they met stands in the log, and any of them is replayed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, text

from clothingline.kit import db, ids
from clothingline.notices import tasks
from clothingline.notices.models import WebhookEndpoint
from clothingline.notices.pauses import next_try
from tests.notices.conftest import Partner, happen, rows
from tests.notices.receivers import accept, answer, flood, receiver, reset

Advance = Callable[..., Awaitable[None]]


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
