"""Every page, with everybody who may see it: it answers, fits, bars nobody, and costs no more than it may."""

import pytest

from tests.browser import crawling, examples, visits
from tests.browser.devices import DESK, PHONE
from tests.browser.rounds import Round
from tests.browser.visits import Visit

PAGES, ONCE_EACH = visits.of_pages(), visits.once_each()


def test_every_page_has_an_example() -> None:
    assert visits.without_example() == []


@pytest.mark.parametrize("visit", ONCE_EACH, ids=str)
async def test_a_page_answers_fits_bars_nobody_and_is_light(the_round: Round, visit: Visit) -> None:
    async with the_round.visit(visit, PHONE) as (page, path):
        await crawling.arrive(page, path, examples.ANSWERS.get(visit.route, 200))
        await crawling.say_what_it_is(page, "id")
        await crawling.be_in_reach(page)
        await crawling.be_open_to_all(page, crawling.CORE)
        await crawling.fit(page)


@pytest.mark.web
@pytest.mark.parametrize("visit", PAGES, ids=str)
async def test_a_page_is_right_in_english_at_a_desk_in_the_other_looks_and_for_every_role(
    the_round: Round, visit: Visit
) -> None:
    async with the_round.visit(visit, DESK, "en") as (page, path):
        await crawling.arrive(page, path, examples.ANSWERS.get(visit.route, 200))
        await crawling.say_what_it_is(page, "en")
        await crawling.be_in_reach(page)
        await crawling.be_open_to_all(page, crawling.REST if visit in ONCE_EACH else (*crawling.CORE, *crawling.REST))
        await crawling.fit(page)
