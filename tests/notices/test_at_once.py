"""Many at once: whoever hangs delays no other, two workers never do the same, one that dies leaves it to the next."""

import asyncio
from contextlib import AsyncExitStack

import psycopg
import pytest
from sqlalchemy import text

from clothingline import worker
from clothingline.kit import db
from clothingline.notices import message, service, tasks
from tests.notices.conftest import Partner, happen, rows
from tests.notices.receivers import Receiver, accept, hang, receiver


async def test_a_receiver_that_hangs_delays_no_other(
    melati: Partner, kain: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds two places; all others are served to the end while it holds them, and it never gets a third."""
    monkeypatch.setattr(tasks, "LOOK_EVERY_SECONDS", 300)  # the end of one try is what begins the next
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
        await _held(hanging, tasks.MOST_AT_ONCE)
        await asyncio.sleep(0.2)  # twenty more looks, none of which may begin anything
        assert sum(one.open for one in hanging) == tasks.MOST_AT_ONCE
        until.set()
        assert await delivering == 54


async def _held(hanging: list[Receiver], number: int) -> None:
    """Wait until so many connections are being answered."""
    for _ in range(6_000):
        if sum(one.open for one in hanging) == number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError([one.open for one in hanging])


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
        await _held(hanging, tasks.MOST_FAILING)
        await happen(kain.organisation)
        await healthy.heard(1)
        assert sum(one.open for one in hanging) == tasks.MOST_FAILING
        assert max(one.open for one in hanging) == 1
        until.set()
        await delivering


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
        late = service.record_failed(
            session, taken=dead, answered=None, cause="timeout", now=dead.now, shake_permille=0
        )
        assert not await late
        assert not await service.record_delivered(session, taken=dead, answered=204)
        assert await service.record_delivered(session, taken=alive, answered=204)


async def test_a_try_that_fails_in_our_own_code_hinders_no_other(
    melati: Partner, kain: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = message.body_of

    def body(one: service.Taken) -> bytes:
        if one.url.endswith("/broken"):
            raise ZeroDivisionError
        return make(one)

    monkeypatch.setattr(message, "body_of", body)
    async with receiver(accept) as there:
        await kain.subscribe("http://127.0.0.1:9/broken", "OrderPaid")
        await melati.subscribe(there.url, "OrderPaid")
        await happen(melati.organisation, kain.organisation)
        assert await tasks.deliver() == 1
    assert sorted((one.state, one.cause or "") for one in await rows()) == [("delivered", ""), ("waiting", "fault")]


async def test_what_was_sent_and_could_not_be_recorded_is_sent_again_after_its_lease(
    melati: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object, **__: object) -> bool:
        raise psycopg.OperationalError

    async with receiver(accept) as there:
        await melati.subscribe(there.url, "OrderPaid")
        event = await happen(melati.organisation)
        with monkeypatch.context() as away:
            away.setattr(service, "record_delivered", lost)
            assert await tasks.deliver() == 0
        assert await tasks.deliver() == 0, "it is held"
        async with db.transaction() as session:
            await session.execute(text("UPDATE webhook_delivery SET taken_until = clock_timestamp()"))
        assert await tasks.deliver() == 1
    assert [one.headers["webhook-id"] for one in there.got] == [event, event]


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
