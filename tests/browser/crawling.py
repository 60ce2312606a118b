"""What must be true of every page, whoever looks at it."""

import re
from urllib.parse import urlsplit

from playwright.async_api import Page, Response

from tests.browser.axe import axe
from tests.browser.devices import DESK, PHONE, Device
from tests.browser.measuring import reflow, targets
from tests.browser.tabbing import tab_through
from tests.browser.traffic import bytes_of, class_of

CORE: tuple[tuple[str, Device], ...] = (("light", PHONE), ("dark", DESK))
"""Each theme and each screen once; the other two pairs are looked at by `make test-web`."""
REST: tuple[tuple[str, Device], ...] = (("dark", PHONE), ("light", DESK))


LET_BARS_LIE = """
() => document.querySelectorAll(".bottom-nav, .actions, .opener").forEach((one) => { one.style.position = "static" })
"""


# A page tells while it loads how much of the view has moved under the reader's eyes.
TELL_MOVES = """
window.__moved = 0
window.__add = (moves) => moves.forEach((one) => { __moved += one.hadRecentInput ? 0 : one.value })
window.__moves = new PerformanceObserver((list) => __add(list.getEntries()))
__moves.observe({ type: "layout-shift", buffered: true })
"""
# Two frames: what has just changed is on every element then, as a theme, where axe else meets both at once.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# A move is known after the frame in which it was, and the load may have ended before; told or not yet, it counts.
MOVED = f"""
async () => {{
  await ({DRAWN})()
  await new Promise((done) => setTimeout(done, 50))
  __add(__moves.takeRecords())
  return __moved
}}
"""


async def arrive(page: Page, path: str, status: int = 200) -> None:
    """Go to a page with a cold cache: its status, and bytes and moves within the budget of its class."""
    await page.add_init_script(TELL_MOVES)
    async with bytes_of(page) as traffic:
        answer = await page.goto(path, wait_until="load")
    assert isinstance(answer, Response)
    assert answer.status == status, f"{path}: {answer.status}"
    assert answer.url.endswith(path), f"{path} leads to {answer.url}"
    traffic.check(class_of(path))
    moved = await page.evaluate(MOVED)
    assert moved <= class_of(path).moves, f"{path}: {moved:.3f} of the view moved"


async def be_in_reach(page: Page) -> None:
    """A finger hits what it means, and the keyboard sees where it is."""
    await targets(page, class_of(urlsplit(page.url).path).least, gap=0)
    await tab_through(page)


async def say_what_it_is(page: Page, language: str) -> None:
    """Language, title, one heading, one main landmark."""
    assert await page.locator("html").get_attribute("lang") == language
    assert re.search(r"\w.* · clothingline$", await page.title()), await page.title()
    headings = await page.locator("h1").all_inner_texts()
    assert len(headings) == 1, headings
    assert headings[0].strip()
    assert await page.locator("main").count() == 1


async def be_open_to_all(page: Page, looks: tuple[tuple[str, Device], ...]) -> None:
    """Nothing bars anybody, in any of these themes and sizes.

    Bars that stick lie where they stand in the page meanwhile: what happens to be under one can be scrolled away from
    it (`tab_through` sees to that), and axe takes it for a target that is too small.
    """
    await page.evaluate(LET_BARS_LIE)
    for theme, device in looks:
        # Without motion: a colour that is still on its way to the other theme has the contrast of neither.
        await page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # light or dark
        await page.set_viewport_size({"width": device.width, "height": device.height})
        await page.evaluate(DRAWN)
        await axe(page)


async def fit(page: Page) -> None:
    """It fits the narrowest screen and the largest text."""
    await reflow(page)
