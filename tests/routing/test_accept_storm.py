"""One offer, a thousand acceptances at once, ten thousand in the proofs: one wins. And a proof that it has teeth.

What guards what. (1) The state in the WHERE of `kit.states.move` decides who wins; nothing else does, so without it
many win: the trigger `guard_transition` lets accepted → accepted pass, and `uq_offer_claim_kind_live` looks at other
rows only. (2) `_check_open` only spares latecomers the wait; it decides nothing. (3) Behind a lost first guard,
`uq_job_offer_id_live` and the idempotent `book_time` still keep one job and one booking, but many people would have
been told "yes", and the event that makes the job would stand there many times.
(4) A second offer for the same work is refused by `uq_offer_claim_kind_live` alone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import ColumnElement, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, states
from clothingline.kit.access import Role
from clothingline.kit.clock import business_time
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import read
from clothingline.routing.models import Offer
from clothingline.routing.service import answering
from tests.cast import Actor
from tests.routing.storm import storm
from tests.routing.street import Street, count, events, seconds_of, settle, signed_in

MEMBERS, AT_ONCE, AT_THE_BARRIER = 20, 300, 8
ALREADY = ("application/problem+json", "offer_already_accepted")
MOVING = ("application/problem+json", "offer_moved_meanwhile")
Move = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
async def database(server: Server, database_name: str) -> AsyncIterator[db.Database]:
    """The usual database with more patience: hundreds wait for eight connections, and nobody may be turned away."""
    patient = db.Limits(role="clothingline_app", pool_size=8, pool_patience=120)
    used = db.use(db.Database(server.url(database_name), patient))
    yield used
    await used.close()


async def offer_of(street: Street) -> tuple[dict[str, Any], list[Actor]]:
    """An offer to a maker, and the people of its workshop, who all hold the button."""
    order = await street.placed()
    [offer] = await street.offers(order, kind="tailor")
    workshop = read("org", offer["organisation"])
    async with db.transaction() as session:
        return offer, [await signed_in(session, street.client, Role.TAILOR, workshop) for _ in range(MEMBERS)]


async def jobs() -> int:
    return await count("SELECT count(*) FROM job")


async def job_making_events() -> int:
    return await count("SELECT count(*) FROM event WHERE name = 'OfferAccepted'")


async def queued_jobs() -> int:
    return await count("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'production.make_job'")


async def bookings() -> int:
    return await count("SELECT count(DISTINCT claim) FROM tailor_booking WHERE state = 'booked'")


@pytest.mark.parametrize("requests", [10_000])
async def test_of_thousands_of_acceptances_one_wins_and_all_others_are_told_so(
    app: FastAPI, street: Street, requests: int
) -> None:
    offer, crowd = await offer_of(street)
    outcome = await storm(app, crowd, f"/v1/offers/{offer['id']}/acceptance", requests=requests, at_once=AT_ONCE)
    assert outcome.statuses == {201: 1, 409: requests - 1}
    # Whoever was waiting for the winner's row when the machine is starved hears that the offer is moving.
    assert outcome.refusals.keys() <= {ALREADY, MOVING}
    assert outcome.refusals[ALREADY] >= requests - 1 - AT_ONCE
    assert (await job_making_events(), await queued_jobs(), await bookings()) == (1, 1, 1)
    await settle()
    assert (await jobs(), await events("OfferAccepted", "JobMade")) == (1, ["OfferAccepted", "JobMade"])
    assert await seconds_of(read("org", offer["organisation"])) == (0, 19_800)


class Barrier:
    """Lets the first few callers pass only when all of them have come."""

    def __init__(self, parties: int) -> None:
        self.parties, self.came, self.full = parties, 0, asyncio.Event()

    async def wait(self) -> None:
        """Wait for the others; who comes later passes."""
        self.came += 1
        if self.came >= self.parties:
            self.full.set()
        await self.full.wait()


def guarded(barrier: Barrier) -> Move:
    """The real conditional statement, begun by all at once."""

    async def move(session: AsyncSession, machine: states.Machine, *rest: Any, **values: Any) -> list[Any]:
        if machine.name == "offer":
            await barrier.wait()
        return await states.move(session, machine, *rest, **values)

    return move


def unguarded(barrier: Barrier) -> Move:
    """The same step as people often write it: read, see that it is open, then write by id alone."""

    async def move(
        session: AsyncSession,
        machine: states.Machine,
        model: Any,
        event: str,
        *where: ColumnElement[bool],
        by: Any = None,
        **values: Any,
    ) -> list[Any]:
        one = machine.transition(event)
        seen = list(await session.scalars(select(model.id).where(model.state.in_(one.source), *where)))
        await barrier.wait()
        new = {"state": one.target, "state_at": business_time(), "state_by": by, **values}
        statement = update(model).where(model.id.in_(seen)).values(new).returning(model)
        return list(await session.scalars(statement.execution_options(populate_existing=True)))

    return move


async def winners(app: FastAPI, street: Street, monkeypatch: pytest.MonkeyPatch, move: Move) -> int:
    offer, crowd = await offer_of(street)
    monkeypatch.setattr(answering, "move", move)
    outcome = await storm(app, crowd, f"/v1/offers/{offer['id']}/acceptance", requests=200, at_once=100)
    assert outcome.statuses.keys() <= {201, 409}
    return outcome.statuses[201]


async def test_one_wins_even_when_all_reach_the_statement_together(
    app: FastAPI, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await winners(app, street, monkeypatch, guarded(Barrier(AT_THE_BARRIER))) == 1
    assert await job_making_events() == 1


async def test_without_the_state_in_the_statement_everybody_at_the_barrier_wins(
    app: FastAPI, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await winners(app, street, monkeypatch, unguarded(Barrier(AT_THE_BARRIER))) == AT_THE_BARRIER
    assert await job_making_events() == AT_THE_BARRIER
    await settle()
    assert (await jobs(), await bookings()) == (1, 1), "the guards behind it still keep one job and one booking"


async def test_without_the_unique_index_of_jobs_a_lost_first_guard_would_make_many_jobs(
    street: Street, owner: Callable[[str], None]
) -> None:
    offer, _ = await offer_of(street)
    await street.accept(offer)
    await settle()
    copy = text(
        "INSERT INTO job (id, order_id, offer_id, tailor_id, pieces, sizes, pay_idr, due_on, state) "
        "SELECT gen_random_uuid(), order_id, offer_id, tailor_id, pieces, sizes, pay_idr, due_on, 'accepted' FROM job"
    )
    with pytest.raises(IntegrityError, match="uq_job_offer_id_live"):
        async with db.transaction() as session:
            await session.execute(copy)
    owner("DROP INDEX uq_job_offer_id_live")
    async with db.transaction() as session:
        await session.execute(copy)
        assert await session.scalar(text("SELECT count(*) FROM job")) == 2
        await session.execute(text("DELETE FROM job WHERE id = (SELECT max(id::text)::uuid FROM job)"))


async def test_the_same_work_is_never_on_offer_twice(street: Street, owner: Callable[[str], None]) -> None:
    offer, _ = await offer_of(street)
    columns = [name for name in Offer.__table__.columns.keys() if name not in ("id", "created_at")]  # noqa: SIM118  # a column collection is no dict
    again = insert(Offer).from_select(
        ["id", *columns],
        select(text("gen_random_uuid()"), *[Offer.__table__.columns[name] for name in columns]).where(
            Offer.id == read("off", offer["id"])
        ),
    )
    with pytest.raises(IntegrityError, match="uq_offer_claim_kind_live"):
        async with db.transaction() as session:
            await session.execute(again)
    owner("DROP INDEX uq_offer_claim_kind_live")
    async with db.transaction() as session:
        await session.execute(again)
        twice = "SELECT max(many) FROM (SELECT count(*) AS many FROM offer GROUP BY claim, kind) AS each"
        assert await session.scalar(text(twice)) == 2
        await session.rollback()
