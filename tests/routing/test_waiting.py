"""Answers that wait for one another, and offers that wait for an answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from clothingline.kit import db, ids
from clothingline.routing import queries
from clothingline.routing.models import Offer
from tests.routing.asked import only
from tests.routing.street import Street, move_clock, refusal, succeeded


@pytest.fixture
def impatient(database: db.Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for a lock end after a fifth of a second."""
    monkeypatch.setattr(database, "limits", replace(database.limits, lock="200ms"))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("act", ["accept", "decline", "extend", "undo"])
async def test_an_answer_behind_one_that_takes_too_long_is_told_to_come_again(street: Street, act: str) -> None:
    order = await street.placed()
    offer = await only(street, order, "tailor")
    if act == "undo":
        succeeded(await street.accept(offer), 201)
    async with db.transaction() as session:
        await session.execute(text("SELECT FROM offer FOR UPDATE"))
        answer = await getattr(street, act)(offer)
    assert (refusal(answer), answer.json()["retryable"]) == ("offer_moved_meanwhile", True)
    assert answer.headers["retry-after"] == "1"
    succeeded(await getattr(street, act)(offer), 200 if act == "undo" else 201)


async def test_of_offers_that_are_over_the_longest_over_end_first(street: Street) -> None:
    order = await street.placed()
    numbers = [ids.read("off", offer["id"]) for offer in await street.offers(order)]
    async with db.transaction() as session:
        for hours, number in enumerate(numbers):
            over = Offer.expires_at - timedelta(hours=hours)
            await session.execute(update(Offer).where(Offer.id == number).values(expires_at=over))
    await move_clock(days=9)
    async with db.transaction() as session:
        await session.execute(text("SET LOCAL enable_indexscan = off"))  # the index alone would give them in order
        assert await queries.list_lapsed_offers(session, limit=2) == numbers[:0:-1]
