"""Letters about tax in every state, as those who gave them see them: they fit, bar nobody and are light."""

from collections.abc import AsyncIterator

import pytest

from clothingline.kit.access import Role
from tests.browser import crawling, office
from tests.browser.devices import PHONE
from tests.browser.rounds import GoRound, Round
from tests.browser.visits import Visit
from tests.clones import Clones

PAGES = [
    Visit("/t/uang/pajak", Role.TAILOR),
    Visit("/merek/uang/pajak", Role.BRAND_OWNER),
    Visit("/pemasok/uang/pajak", Role.SUPPLIER),
]
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true })"


@pytest.fixture(scope="module")
async def declared_round(clones: Clones, story_template: str, go_round: GoRound) -> AsyncIterator[Round]:
    """The story, in which every seller has given declarations."""
    with clones.held(story_template) as clone:
        office.keep_waiting(clone.owner)
        async with go_round(clone.name, PAGES) as going:
            yield going


@pytest.mark.parametrize("visit", PAGES, ids=str)
async def test_declarations_in_every_state_and_the_forms_are_open_to_all(declared_round: Round, visit: Visit) -> None:
    async with declared_round.visit(visit, PHONE) as (page, path):
        await crawling.arrive(page, path)
        said = await page.locator("main").inner_text()
        assert [one for one in ("habis", "ditolak", "sah sampai") if one not in said] == []
        await page.evaluate(OPEN_ALL)
        await crawling.be_in_reach(page)
        await crawling.be_open_to_all(page, (*crawling.CORE, *crawling.REST))
        await crawling.fit(page)
