"""A round of the pages: one database for all who only look."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
from playwright.async_api import Browser, Page

from clothingline.accounts.door import COOKIE
from clothingline.web.showing import LANGUAGE
from tests.browser import examples
from tests.browser.addresses import Address
from tests.browser.devices import Device
from tests.browser.serving import Site
from tests.browser.visiting import Visitors
from tests.browser.visits import Visit
from tests.browser.watching import Watch
from tests.story_fixture import token_of


@dataclass(frozen=True)
class Round:
    """Where each visit leads, and how it is made."""

    site: Site
    browser: Browser
    addresses: dict[Visit, Address | LookupError]

    def address(self, visit: Visit) -> Address:
        """Where a visit leads. Raises `LookupError`."""
        found = self.addresses[visit]
        if isinstance(found, LookupError):
            raise found
        return found

    @asynccontextmanager
    async def visit(self, visit: Visit, device: Device, language: str = "id") -> AsyncIterator[tuple[Page, str]]:
        """A page of the one who makes a visit, not yet there, and the path; what it complains of fails the test."""
        address, watch = self.address(visit), Watch()
        if status := examples.ANSWERS.get(visit.route):
            watch.bear(f"status of {status}")
        async with AsyncExitStack() as stack:
            page = await Visitors(self.site, self.browser, watch, stack).open(device)
            cookies = cookies_of(visit, address, language)
            await page.context.add_cookies(
                [{"name": name, "value": value, "url": self.site.url} for name, value in cookies.items()]
            )
            yield page, address.path
        assert watch.complaints == []

    async def read(self, visit: Visit, language: str) -> str:
        """The mark-up that a visit is answered with, without a browser."""
        address = self.address(visit)
        said = {"accept": "text/html"}
        async with httpx.AsyncClient(
            base_url=self.site.url, headers=said, cookies=cookies_of(visit, address, language)
        ) as client:
            answer = await client.get(address.path)
        assert answer.status_code == examples.ANSWERS.get(visit.route, 200), (address.path, answer.status_code)
        return answer.text


def cookies_of(visit: Visit, address: Address, language: str) -> dict[str, str]:
    """What the browser of a visitor has kept."""
    signed_in = {COOKIE: token_of(address.account)} if address.account is not None else {}
    return {LANGUAGE: language, **signed_in, **examples.COOKIES.get(visit.route, {})}


GoRound = Callable[[str, list[Visit]], AbstractAsyncContextManager[Round]]
"""Opens the site of a database to make visits."""
