"""How soon a page shows something, all of it, and answers: from the browser's own entries, on a slow line."""

import asyncio
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.async_api import Page

# Entries are kept from the first moment; a long task blocks for what is over 50 ms of it.
KEEP = """
window.__kept = { lcp: 0, cls: 0, tbt: 0 }
const keep = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
keep("largest-contentful-paint", (one) => { __kept.lcp = one.startTime })
keep("layout-shift", (one) => { if (!one.hadRecentInput) __kept.cls += one.value })
keep("longtask", (one) => { __kept.tbt += Math.max(0, one.duration - 50) })
"""
READ = """
() => ({ ...__kept,
  fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
  ready: performance.getEntriesByName("siap")[0]?.startTime ?? null,
  ttfb: performance.getEntriesByType("navigation")[0].responseStart })
"""
IS_READY = '() => performance.getEntriesByName("siap").length > 0'
SETTLED_MS = 500


@dataclass(frozen=True)
class Look:
    """Milliseconds from the tap; `cls` is a share of the view, None for what a page does not tell."""

    fcp: float | None
    lcp: float
    ready: float | None
    tbt: float
    cls: float
    ttfb: float


COLUMNS = tuple(Look.__dataclass_fields__)


async def look(page: Page, path: str) -> Look:
    """Go there, wait until it answers and is at rest, and read what the browser has kept."""
    await page.add_init_script(KEEP)
    await page.goto(path, wait_until="load", timeout=60_000)
    async with asyncio.timeout(60):
        while not await page.evaluate(IS_READY):  # noqa: ASYNC110  # the browser has no event for it
            await asyncio.sleep(0.1)
    await page.wait_for_timeout(SETTLED_MS)
    found: dict[str, Any] = await page.evaluate(READ)
    rounded: dict[str, Any] = {name: None if value is None else round(value, 3) for name, value in found.items()}
    return Look(**rounded)


def middle(looks: list[Look]) -> Look:
    """The median of each figure; of blocking the least, to which the others of a shared machine can only add."""
    found: dict[str, Any] = {name: _median([getattr(one, name) for one in looks]) for name in COLUMNS}
    return Look(**{**found, "tbt": min(one.tbt for one in looks)})


def _median(found: list[float | None]) -> float | None:
    known = [one for one in found if one is not None]
    return median(known) if known else None
