"""What people call themselves and their things is text, whatever it is: it runs nothing, fits, and is shown whole."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Dialog, Page

from clothingline.kit.access import Role
from tests.browser import examples, hostile, office, visits
from tests.browser.devices import PHONE
from tests.browser.measuring import fits
from tests.browser.rounds import GoRound, Round
from tests.browser.visits import Visit
from tests.clones import Clones

# A page that holds names of people; the reference of the API and the gallery hold none.
ONCE_EACH = [one for one in visits.once_each() if not one.route.startswith(("/api", "/gaya"))]
EVERY = [one for one in visits.of_pages() if one not in ONCE_EACH and not one.route.startswith(("/api", "/gaya"))]
LEAST_FIELDS = 400

# Text in a box that cuts it off; what only a reader of the screen says stands in a box of one pixel on purpose.
CUT_OFF = """
() => {
  const found = []
  for (const node of document.querySelectorAll("body *")) {
    const style = getComputedStyle(node), box = node.getBoundingClientRect()
    const cuts = /hidden|clip/.test(style.overflowX + style.overflowY) || style.textOverflow === "ellipsis"
    if (!cuts || box.width < 2 || box.height < 2 || !node.checkVisibility()) continue
    const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), range = document.createRange()
    while (walk.nextNode()) {
      range.selectNode(walk.currentNode)
      const text = range.getBoundingClientRect()
      const over = Math.max(text.right - box.right, text.bottom - box.bottom, box.left - text.left, box.top - text.top)
      const unseen = walk.currentNode.parentElement.closest(".unseen")
      if (text.width && over > 1 && !unseen) found.push(`${walk.currentNode.data.trim()} by ${Math.round(over)} px`)
    }
  }
  return found
}
"""
# Letters from right to left stand in an element of their own that is isolated, and no mark turns what follows.
NOT_ALONE = """
() => {
  const turning = /[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/
  const back = /[\\u0590-\\u08ff]/
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walk.nextNode()) {
    const node = walk.currentNode
    const isolated = node.parentElement.closest("bdi")  // a paragraph is isolated too, but from its neighbours only
    if (node.parentElement.closest("option, textarea, script, style, title, svg")) continue
    const wrong = turning.test(node.data) || back.test(node.data) && !isolated
    if (wrong) found.push(node.parentElement.outerHTML.slice(0, 160))
  }
  return found
}
"""


@pytest.fixture(
    scope="module", params=[0, pytest.param(5, marks=pytest.mark.web), pytest.param(13, marks=pytest.mark.web)]
)
async def hostile_round(
    request: pytest.FixtureRequest, clones: Clones, story_template: str, go_round: GoRound
) -> AsyncIterator[Round]:
    """The story, with such names; each parameter shifts them over the fields."""
    with clones.held(story_template) as clone:
        office.keep_waiting(clone.owner)
        assert hostile.write(clone.owner, request.param) >= LEAST_FIELDS
        async with go_round(clone.name, visits.of_pages()) as going:
            yield going


@pytest.mark.parametrize("visit", [*ONCE_EACH, *(pytest.param(one, marks=pytest.mark.web) for one in EVERY)], ids=str)
async def test_a_name_is_only_text_and_breaks_no_page(hostile_round: Round, visit: Visit) -> None:
    async with hostile_round.visit(visit, PHONE) as (page, path):
        opened: list[str] = []

        async def close(one: Dialog) -> None:
            opened.append(one.message)
            await one.dismiss()

        page.on("dialog", close)
        answer = await page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status == examples.ANSWERS.get(visit.route, 200), path
        await _is_harmless(page)
        assert opened == []
        await fits(page)
        assert await page.evaluate(CUT_OFF) == []
        assert await page.evaluate(NOT_ALONE) == []


async def _is_harmless(page: Page) -> None:
    """Nothing that a name says has been done, also not when something is pointed at or has the focus."""
    await page.keyboard.press("Tab")
    assert await page.evaluate("() => window.__x") is None
    assert await page.locator("[onerror], [onload], [onfocus], main script").count() == 0


async def test_every_name_is_shown_as_it_was_written(hostile_round: Round) -> None:
    """The list of people, read as text, holds each of them to the letter."""
    shown = ""
    async with hostile_round.visit(Visit("/admin/pengguna", Role.ADMIN), PHONE) as (page, path):
        await page.goto(path)
        while True:
            shown += f" {await page.locator('main').inner_text()}"
            further = page.locator("main a[href*=starting_after]")
            if not await further.count():
                break
            await page.goto(str(await further.last.get_attribute("href")))
    assert [one for one in hostile.PAYLOADS if _words(one) not in _words(shown)] == []


def _words(text: str) -> str:
    return " ".join(text.split())
