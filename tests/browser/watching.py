"""What a browser complains of while a test looks elsewhere: failed scripts, its console, refused content."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import BrowserContext, ConsoleMessage, Page, WebError

from tests.browser.waiting import PATIENCE_SECONDS

# The console says it as well, but only where the policy is enforced, not where it only reports.
TELL_OF_REFUSED_CONTENT = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by the content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
"""


class Watch:
    """Everything that a context's pages complained of."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._borne: list[str] = []
        self._word = asyncio.Condition()

    async def over(self, context: BrowserContext) -> None:
        """Begin with a context before it has a page."""
        await context.add_init_script(TELL_OF_REFUSED_CONTENT)
        context.on("console", self._hear)
        context.on("weberror", self._fail)

    def bear(self, pattern: str) -> None:
        """Let pass whatever a page says like this."""
        self._borne.append(pattern)

    @asynccontextmanager
    async def bearing(self, pattern: str, seconds: float = PATIENCE_SECONDS) -> AsyncIterator[None]:
        """Let pass, from now on, what a test provokes: `async with watch.bearing("status of 422")`.

        Raises `AssertionError` when nothing of it was heard so long after the block.
        """
        self.bear(pattern)
        before = len(self.heard)
        yield
        try:
            async with asyncio.timeout(seconds), self._word:
                await self._word.wait_for(lambda: any(re.search(pattern, one) for one in self.heard[before:]))
        except TimeoutError:
            raise AssertionError(f"nothing was heard of {pattern!r}") from None

    @property
    def complaints(self) -> list[str]:
        """What was heard and not borne."""
        return [one for one in self.heard if not any(re.search(pattern, one) for pattern in self._borne)]

    async def _hear(self, said: ConsoleMessage) -> None:
        about = said.location["url"]
        if said.type in {"error", "warning", "assert"}:
            await self._note(f"{said.type} on {_where(said.page)}: {said.text} {about}")

    async def _fail(self, failed: WebError) -> None:
        await self._note(f"exception on {_where(failed.page)}: {failed.error}")

    async def _note(self, words: str) -> None:
        self.heard.append(words)
        async with self._word:
            self._word.notify_all()


def _where(page: Page | None) -> str:
    return page.url if page else "a worker"
