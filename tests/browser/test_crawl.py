"""Every page, with everybody who may see it: it answers, fits, bars nobody, and costs no more than it may."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page

from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from tests.browser import crawling, visits
from tests.browser.addresses import Address, find_all
from tests.browser.devices import DESK, PHONE, Device
from tests.browser.serving import Door, Site, site_behind
from tests.browser.visiting import Visitors, give_cookie
from tests.browser.visits import Visit
from tests.browser.watching import Watch
from tests.clones import Clones
from tests.conftest import Roaming
from tests.pilot_fixture import pilot_template
from tests.story_fixture import story_template, token_of

__all__ = ["pilot_template", "story_template"]

PAGES = visits.of_pages()


@dataclass(frozen=True)
class Round:
    """One database for all who only look, and where each of them goes."""

    site: Site
    browser: Browser
    addresses: dict[Visit, Address | LookupError]

    @asynccontextmanager
    async def visit(self, visit: Visit, device: Device) -> AsyncIterator[tuple[Page, str]]:
        """A page of the one who makes a visit, and the path; what it complains of fails the test."""
        address, watch = self.addresses[visit], Watch()
        if isinstance(address, LookupError):
            raise address
        async with AsyncExitStack() as stack:
            page = await Visitors(self.site, self.browser, watch, stack).open(device)
            if address.account is not None:
                await give_cookie(page.context, self.site.url, token_of(address.account))
            yield page, address.path
        assert watch.complaints == []


@pytest.fixture(scope="module")
async def round_trip(
    server: Server,
    clones: Clones,
    roaming: Roaming,
    door: Door,
    browser: Browser,
    story_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Round]:
    """The story, for everybody of this module: a page that is read changes nothing that another shows."""
    with clones.lent(story_template) as name:
        roaming.url = server.url(name)
        db.use(roaming)
        async with site_behind(door, tmp_path_factory.mktemp("round")) as site:
            yield Round(site, browser, await find_all(PAGES))
        await roaming.close()


def test_every_page_has_an_example() -> None:
    assert visits.without_example() == []


@pytest.mark.parametrize("visit", PAGES, ids=str)
async def test_a_page_answers_fits_bars_nobody_and_is_light(round_trip: Round, visit: Visit) -> None:
    async with round_trip.visit(visit, PHONE) as (page, path):
        await crawling.arrive(page, path)
        await crawling.say_what_it_is(page, "id")
        await crawling.be_open_to_all(page, crawling.CORE)
        await crawling.fit(page)


@pytest.mark.web
@pytest.mark.parametrize("visit", PAGES, ids=str)
async def test_a_page_is_right_at_a_desk_too_and_in_the_other_looks(round_trip: Round, visit: Visit) -> None:
    async with round_trip.visit(visit, DESK) as (page, path):
        await crawling.arrive(page, path)
        await crawling.be_open_to_all(page, crawling.REST)
