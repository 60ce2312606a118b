"""Work is shared over time: who was offered less than its share of late is asked before who is a little cheaper."""

from typing import Any

import pytest

from clothingline.kit import db, ids
from clothingline.kit.clock import local_date
from clothingline.routing import following
from clothingline.routing.cards import BEHIND
from clothingline.routing.problems import problem_of
from tests.routing.street import Street, move_clock, now, settle, succeeded, time_left


async def credits_now(street: Street) -> list[int]:
    """The credit of each maker of the street."""
    async with db.transaction() as session:
        today = local_date(await now())
        seen = await following.load(session, today=today, until=today)
    by_row = problem_of(seen, []).makers.fair_credit.tolist()
    by_id = {row.id: permille for row, permille in zip(seen.makers.rows, by_row, strict=True)}
    return [by_id[tailor.id] for tailor in street.tailors]


def asked(street: Street, offers: list[dict[str, Any]]) -> list[int]:
    """Numbers on the street of the makers among some offers."""
    numbers = [tailor.id for tailor in street.tailors]
    return [numbers.index(ids.read("org", offer["organisation"])) for offer in offers if offer["kind"] == "tailor"]


async def test_who_was_asked_last_time_is_not_asked_before_the_others(street: Street) -> None:
    assert await credits_now(street) == [0, 0, 0]
    seen = [asked(street, await street.offers(await street.placed())) for _ in range(3)]
    assert sorted(seen) == [[0], [1], [2]]
    assert seen[0] == [0]


async def test_the_credit_is_what_the_others_had_of_the_share(street: Street) -> None:
    await street.placed()
    assert await credits_now(street) == [0, 1_000, 1_000]
    await street.placed()
    assert await credits_now(street) == [0, 0, 1_000]


@pytest.mark.parametrize("answer", ["accept", "decline", "let it lapse"])
async def test_an_offer_counts_whatever_is_answered(street: Street, answer: str) -> None:
    order = await street.placed()
    [offer] = await street.offers(order, kind="tailor")
    if answer == "accept":
        succeeded(await street.accept(offer), 201)
    elif answer == "decline":
        succeeded(await street.decline(offer), 201)
    else:
        await move_clock(seconds=await time_left(offer))
    await settle()
    assert (await credits_now(street))[0] == 0
    assert (await credits_now(street))[2] == 1_000


async def test_an_offer_that_was_withdrawn_counts_no_more(street: Street) -> None:
    order = await street.placed()
    assert await credits_now(street) == [0, 1_000, 1_000]
    succeeded(await street.rina.post(f"/v1/orders/{order}/cancellation"), 201)
    await settle()
    assert await street.offers(order) == []
    assert await credits_now(street) == [0, 0, 0]


async def test_offers_of_more_than_eight_weeks_ago_are_forgotten(street: Street) -> None:
    await street.placed()
    await move_clock(days=7 * 7)
    assert await credits_now(street) == [0, 1_000, 1_000]
    await move_clock(days=7)
    assert await credits_now(street) == [0, 0, 0]


async def test_a_maker_that_was_behind_reads_that_it_counted(street: Street) -> None:
    first, second = [await street.offers(await street.placed(), kind="tailor") for _ in range(2)]
    assert BEHIND not in first[0]["why"]
    assert BEHIND in second[0]["why"]
