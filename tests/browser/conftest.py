"""The ground of the tests in a real browser: one server and one browser per process, one context per person."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright, expect

from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from tests.browser import finding, visits
from tests.browser.addresses import find_all
from tests.browser.devices import DESK, FLAGS, PHONE
from tests.browser.rounds import GoRound, Round
from tests.browser.serving import Door, Site, door_open, site_behind
from tests.browser.visiting import Handset, Visitors
from tests.browser.visits import Visit
from tests.browser.waiting import PATIENCE_SECONDS
from tests.browser.watching import Watch
from tests.clones import Clones
from tests.conftest import Roaming
from tests.pilot_fixture import database_name, pilot_template
from tests.story_fixture import story_template

__all__ = [
    "database_name",
    "pilot_template",
    "story_template",
]  # every test has the pilot, unless its module imports another ground
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser of this machine; without one the tests fail and say what to do."""
    try:
        return finding.require()
    except finding.NoBrowser as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
async def playwright(browser_path: str) -> AsyncIterator[Playwright]:
    """The driver."""
    async with async_playwright() as started:
        yield started


@pytest.fixture(scope="session")
async def browser(playwright: Playwright, browser_path: str) -> AsyncIterator[Browser]:
    """The browser of this process."""
    launched = await playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
    yield launched
    await launched.close()


@pytest.fixture(scope="session")
async def door() -> AsyncIterator[Door]:
    """The address of this process."""
    async with door_open() as opened:
        yield opened


@pytest.fixture
async def site(door: Door, database: db.Database, tmp_path: Path) -> AsyncIterator[Site]:
    """The application on the database of this test."""
    async with site_behind(door, tmp_path) as standing:
        yield standing


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test for whatever a page complained of."""
    kept = Watch()
    yield kept
    assert kept.complaints == []


@pytest.fixture
async def visitors(site: Site, browser: Browser, watch: Watch) -> AsyncIterator[Visitors]:
    """Opens pages for people."""
    async with AsyncExitStack() as stack:
        yield Visitors(site, browser, watch, stack)


@pytest.fixture
async def phone(visitors: Visitors) -> Page:
    """Somebody with a phone, not signed in."""
    return await visitors.open(PHONE)


@pytest.fixture
async def desk(visitors: Visitors) -> Page:
    """Somebody at a desk, not signed in."""
    return await visitors.open(DESK)


@pytest.fixture
async def handset(
    site: Site, playwright: Playwright, browser_path: str, tmp_path: Path, watch: Watch
) -> AsyncIterator[Handset]:
    """A phone with a memory, switched off."""
    made = Handset(site, playwright, browser_path, tmp_path / "profile", watch)
    yield made
    await made.stop()


@pytest.fixture(scope="module")
def go_round(
    server: Server, roaming: Roaming, door: Door, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> GoRound:
    """Opens the site of a database, by its name, to make these visits."""

    @asynccontextmanager
    async def go(name: str, wanted: list[Visit]) -> AsyncIterator[Round]:
        roaming.url = server.url(name)
        db.use(roaming)
        async with site_behind(door, tmp_path_factory.mktemp("round")) as standing:
            yield Round(standing, browser, await find_all(wanted))
        await roaming.close()

    return go


@pytest.fixture(scope="module")
async def the_round(clones: Clones, story_template: str, go_round: GoRound) -> AsyncIterator[Round]:
    """The story, for everybody of a module who only looks: a page that is read changes nothing that another shows."""
    with clones.lent(story_template) as name:
        async with go_round(name, visits.of_pages()) as going:
            yield going
