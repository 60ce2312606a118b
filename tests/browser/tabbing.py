"""The way of the keyboard through a page: what has the focus can be seen, and comes in the order of the page."""

from typing import Any

from playwright.async_api import Page

MOST = 60
"""Stops after which the rest of a page is taken to be like what was seen of it."""

# Told by each stop itself, so that a page costs one question and not one per stop. A bar is what stays while the rest
# scrolls; whatever is inside it is not covered by it, and what is larger than the free view cannot be seen whole.
_LISTEN = """
() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  const seen = { visibilityProperty: true, opacityProperty: true }
  const bars = () => [...document.querySelectorAll("body *:not(th, td)")].filter((node) =>
    /sticky|fixed/.test(getComputedStyle(node).position) && node.checkVisibility(seen))
  const labelled = "input[type=radio], input[type=checkbox], input[type=file]"
  const whole = (node) => node.matches(labelled) && node.labels[0] || node
  const marked = (node) => {
    const style = getComputedStyle(node)
    return style.boxShadow !== "none" || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
  }
  const overlap = (one, other) => {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
    return across > 1 && down > 1 && down
  }
  const told = { stops: 0, wrong: [] }
  let [first, last, done] = [null, null, false]
  const look = (node) => {
    first ??= node
    done ||= last !== null && node === first // radio buttons of a name are one stop: the way has come round early
    if (done) return
    const say = (words) => told.wrong.push(`${words}: ${node.outerHTML.slice(0, 160)}`)
    const box = whole(node).getBoundingClientRect()
    for (const bar of bars().filter((one) => !one.contains(node) && !node.contains(one))) {
      const down = box.height < innerHeight / 2 && overlap(box, bar.getBoundingClientRect())
      if (down) say(`covered by .${bar.className} for ${Math.round(down)} px`)
    }
    if (box.bottom < 0 || box.top > innerHeight) say("out of the view")
    if (![node, whole(node), node.parentElement].some(marked)) say("focus cannot be seen")
    const inTurn = !last || last.compareDocumentPosition(node) & 4 || last.name && last.name === node.name
    if (!inTurn) say("comes before the one before it")
    last = node
  }
  addEventListener("focusin", (event) => { told.stops += 1; look(event.target) })
  window.__told = told
  return [...document.querySelectorAll(all)].filter((node) => node.checkVisibility()).length
}
"""

# Nothing keeps the focus, so that what only shows while it has it lies over nothing when the page is looked at again.
_REST = """
() => {
  document.activeElement.blur()
  scrollTo(0, 0)
  return window.__told
}
"""


async def tab_through(page: Page) -> None:
    """Raises `AssertionError` for what has the focus and cannot be seen, or comes out of turn."""
    count = min(MOST, await page.evaluate(_LISTEN))
    for _ in range(count):
        await page.keyboard.press("Tab")
    told: dict[str, Any] = await page.evaluate(_REST)
    assert told["stops"] or not count, f"{page.url}: the keyboard reaches nothing"
    assert not told["wrong"], "\n".join([f"{page.url}:", *told["wrong"]])
