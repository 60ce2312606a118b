"""People in front of a browser: a context of their own each, signed in where they have a name."""

import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from re import Pattern
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Playwright

from clothingline.accounts.door import COOKIE
from clothingline.pilot.cast import Person
from tests.browser.devices import FLAGS, PHONE, Device
from tests.browser.serving import Site
from tests.browser.waiting import PATIENCE_SECONDS, until
from tests.browser.watching import Watch

IS_BOUND = "() => document.readyState === 'complete' && performance.getEntriesByName('siap').length > 0"


@dataclass
class Visitors:
    """Opens pages for people; whatever a page complains of fails the test."""

    site: Site
    browser: Browser
    watch: Watch
    stack: AsyncExitStack

    async def open(self, device: Device = PHONE, who: Person | None = None, **options: Any) -> Page:
        """A page in a context of its own, at no address yet. `options` are those of `new_context`:

        `color_scheme="dark"`, `java_script_enabled=False`, `locale="en-GB"`, `service_workers="block"` …
        """
        context = await self.browser.new_context(base_url=self.site.url, **{**device.options, **options})
        self.stack.push_async_callback(context.close)
        await settle_in(context, self.watch)
        if who is not None:
            await sign_in(context, self.site, who)
        return await context.new_page()


async def settle_in(context: BrowserContext, watch: Watch) -> None:
    """What every context gets."""
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    await watch.over(context)


async def sign_in(context: BrowserContext, site: Site, who: Person) -> None:
    """Give a context the cookie of a new device of that person."""
    actor = await site.cast.sign_in(who.phone, who.name, device="Peramban")
    await context.add_cookies(
        [{"name": COOKIE, "value": actor.token, "url": site.url, "httpOnly": True, "sameSite": "Lax"}]
    )


@dataclass
class Handset:
    """A phone that can be switched off at any moment and keeps what it has stored: `kill`, then `start`.

    A browser writes cookies down after half a minute; here they are kept from the first moment, as a sign-in of
    yesterday would be. IndexedDB and caches are on the disk when the page was told so; `localStorage` may be lost.
    """

    site: Site
    playwright: Playwright
    path: str
    profile: Path
    watch: Watch
    options: dict[str, Any] = field(default_factory=dict)
    context: BrowserContext | None = None
    cookies: list[Any] = field(default_factory=list)

    @property
    def here(self) -> BrowserContext:
        """The phone that is switched on."""
        assert self.context is not None
        return self.context

    async def start(self) -> Page:
        """Switch it on, where there is a signal; the page is at no address yet."""
        self.site.door.shut = False
        self.context = await self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.path,
            args=FLAGS,
            base_url=self.site.url,
            **{**PHONE.options, **self.options},
        )
        await settle_in(self.context, self.watch)
        await self.context.add_cookies(self.cookies)
        return self.context.pages[0]

    async def sign_in(self, who: Person) -> None:
        """Sign somebody in on it."""
        assert self.context is not None
        await sign_in(self.context, self.site, who)

    async def kill(self) -> None:
        """The battery falls out: the browser's process is killed, nothing is put in order."""
        assert self.context is not None
        browser = self.context.browser
        assert browser is not None
        self.cookies = await self.context.cookies()
        wire = await browser.new_browser_cdp_session()
        processes = (await wire.send("SystemInfo.getProcessInfo"))["processInfo"]
        [pid] = [one["id"] for one in processes if one["type"] == "browser"]
        async with _gone(self.context):
            os.kill(pid, signal.SIGKILL)
        self.context = None

    async def lose_signal(self) -> None:
        """The browser lets nothing out. On a busy machine a request once slipped by: it would find the door shut."""
        await self.here.set_offline(True)
        self.site.door.shut = True

    async def find_signal(self) -> None:
        """The line is back."""
        self.site.door.shut = False
        await self.here.set_offline(False)

    async def stop(self) -> None:
        """Switch it off in good order."""
        if self.context is not None:
            await self.context.close()
            self.context = None


@asynccontextmanager
async def _gone(context: BrowserContext) -> AsyncIterator[None]:
    """The context is closed at the end of the block."""
    async with context.expect_event("close"):
        yield


async def bound(page: Page) -> None:
    """Wait until the page's own behaviours are there, and the modules beside them.

    A page that a tap led to must have been seen before: the one that is left is bound as well. Playwright's own wait
    looks again by `eval` in the page, which the content policy forbids from the second look on.
    """
    await until(lambda: page.evaluate(IS_BOUND))


async def give(page: Page, label: str | Pattern[str], files: Path | Sequence[Path]) -> None:
    """Give a photo or a file to a field that was touched first: then no newer copy of the page takes its place."""
    field = page.get_by_label(label)
    await field.focus()
    await field.set_input_files(files)
