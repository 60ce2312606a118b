"""An order is confirmed only when everybody has accepted and can no longer take it back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from clothingline.kit import db, ids
from clothingline.kit.access import Reach, Role
from clothingline.routing import queries, service, tasks
from clothingline.routing.service import answering
from clothingline.settings import settings
from tests.routing.street import Street, count, events, move_clock, pass_time, refusal, settle, stored_offer, succeeded

UNDO = timedelta(minutes=10)


async def test_an_order_is_confirmed_when_all_have_accepted_past_the_undo(street: Street) -> None:
    order = await street.placed()
    offers = await street.offers(order)
    for offer in offers[:-1]:
        succeeded(await street.accept(offer), 201)
    await pass_time(minutes=11)
    assert await street.status(order) == "placed", "one has not answered"
    succeeded(await street.accept(offers[-1]), 201)
    await pass_time(minutes=9)
    assert await street.status(order) == "placed", "the last may still take it back"
    await pass_time(minutes=2)
    assert await street.status(order) == "confirmed"
    assert await events("OrderConfirmed") == ["OrderConfirmed"]
    assert await count("SELECT count(*) FROM run") == 1
    await settle()
    await tasks.confirm_orders()
    assert await events("OrderConfirmed") == ["OrderConfirmed"]


async def test_a_confirmed_order_keeps_its_acceptances(street: Street) -> None:
    order = await street.confirmed()
    for offer in await street.offers(order):
        assert refusal(await street.undo(offer)) == "undo_too_late"


async def test_an_undo_that_waits_for_the_confirmation_comes_too_late(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The undo begins in time but gets its turn only after the order was confirmed."""
    order, offer = await _all_accepted(street)
    undone: list[asyncio.Task[httpx.Response]] = []

    async def look_late(*given: Any, **named: Any) -> list[UUID]:
        undone.append(asyncio.create_task(street.undo(offer)))
        await _somebody_waits()
        await move_clock(minutes=11)
        return await original(*given, **named)

    original = queries.list_confirmable
    monkeypatch.setattr(queries, "list_confirmable", look_late)
    async with db.transaction() as session:
        assert await service.confirm_order(session, order_id=ids.read("ord", order), undo=UNDO)
    assert refusal(await undone[0]) == "undo_too_late"
    assert (await street.status(order), (await stored_offer(offer)).state) == ("confirmed", "accepted")


async def test_without_the_orders_lock_that_undo_would_slip_in_behind_the_confirmation(
    street: Street, monkeypatch: pytest.MonkeyPatch, owner: Callable[[str], None]
) -> None:
    """The control of the test above: with the lock taken away, its assertion turns red."""

    async def nothing(*_: Any) -> None:
        return None

    monkeypatch.setattr(answering, "_lock_order", nothing)
    order, offer = await _all_accepted(street)
    undone: list[asyncio.Task[httpx.Response]] = []
    original = queries.list_confirmable

    async def look_late(*given: Any, **named: Any) -> list[UUID]:
        undone.append(asyncio.create_task(street.undo(offer)))
        await _somebody_waits()
        await move_clock(minutes=11)
        return await original(*given, **named)

    monkeypatch.setattr(queries, "list_confirmable", look_late)
    async with db.transaction() as session:
        await service.confirm_order(session, order_id=ids.read("ord", order), undo=UNDO)
    assert (await undone[0]).status_code == 200
    assert (await street.status(order), (await stored_offer(offer)).state) == ("confirmed", "seen")
    owner("UPDATE offer SET state = 'accepted', accepted_at = expires_at WHERE state = 'seen'")


async def test_a_confirmation_that_waits_for_an_undo_does_not_happen(street: Street) -> None:
    """The undo has its turn first; the confirmation, begun past the minutes, sees what it left."""
    order, offer = await _all_accepted(street)
    async with _undo_in_flight(street, offer):
        await move_clock(minutes=11)
        confirming = asyncio.create_task(tasks.confirm_orders())
        await _somebody_waits()
    assert await confirming == 0
    assert (await street.status(order), (await stored_offer(offer)).state) == ("placed", "seen")


async def _all_accepted(street: Street) -> tuple[str, dict[str, Any]]:
    order = await street.placed()
    await street.accept_all(order)
    [offer] = await street.offers(order, kind="tailor")
    return order, offer


@asynccontextmanager
async def _undo_in_flight(street: Street, offer: dict[str, Any]) -> AsyncIterator[None]:
    """An undo that has done its work but not committed yet."""
    reach = Reach(organisations={Role.TAILOR: frozenset({ids.read("org", offer["organisation"])})})
    async with db.transaction() as session:
        await service.undo_acceptance(
            session, offer_id=ids.read("off", offer["id"]), reach=reach, by=None, rules=settings().offers
        )
        yield


async def _somebody_waits() -> None:
    """Until a connection of this database waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(20):
        while True:
            async with db.transaction() as session:
                if await session.scalar(waiting):
                    return
            await asyncio.sleep(0.02)
