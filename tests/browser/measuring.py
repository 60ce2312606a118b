"""What can be measured of a page: whether it fits, how large its targets are, what stands in the first view."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page

NARROW, PHONE_WIDTH = 320, 360

# What scrolls in a region of its own may be wider than the page; what is fixed is as wide as others made the page.
_OVERFLOW = """
(width) => {
  const scrolls = (node) => node && (/auto|scroll|hidden|clip/.test(getComputedStyle(node).overflowX)
    && node !== document.body && node !== document.documentElement || scrolls(node.parentElement))
  const words = (node) => {  // a long word may leave a box that fits
    const range = document.createRange()
    return [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => {
      range.selectNode(one)
      return range.getBoundingClientRect()
    })
  }
  const right = (node) => Math.max(...[node.getBoundingClientRect(), ...words(node)].map((box) => box.right))
  const wide = [...document.body.querySelectorAll("*")].filter((node) =>
    right(node) > width + 0.5 && getComputedStyle(node).position !== "fixed" && !scrolls(node.parentElement))
  return {
    over: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - width,
    nodes: wide.slice(0, 5).map((node) => node.outerHTML.slice(0, 120)),
  }
}
"""

_TARGETS = """
() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]"
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && node.getClientRects().length && !node.closest("[inert]")
  const inText = (node) => node.matches("a[href]") && getComputedStyle(node).display === "inline"
    && [...node.parentElement.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim())
  const skip = (node) => node.matches(".skip") && node !== document.activeElement
  const box = (node) => {
    const own = node.getBoundingClientRect()
    const labels = node.matches("input[type=radio], input[type=checkbox], input[type=file]") ? [...node.labels] : []
    const boxes = [own, ...labels.filter(seen).map((label) => label.getBoundingClientRect())]
    const [left, top] = [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top))]
    const [right, bottom] = [Math.max(...boxes.map((b) => b.right)), Math.max(...boxes.map((b) => b.bottom))]
    return { left, top, right, bottom }
  }
  const labelled = (node) => node.matches("input[type=radio], input[type=checkbox], input[type=file]")
    && [...node.labels].some(seen)
  return [...document.querySelectorAll(all)]
    .filter((node) => (seen(node) || labelled(node)) && !inText(node) && !skip(node))
    .map((node) => ({ ...box(node), html: node.outerHTML.slice(0, 120) }))
}
"""


async def reflow(page: Page) -> None:
    """Raises `AssertionError` when a page is wider than a screen of 320 px, or than 360 px with text at 200 %.

    The width that was set is the measure: a mobile browser widens `innerWidth` to what does not fit.
    """
    before = page.viewport_size
    assert before is not None
    for width, text in ((NARROW, "100%"), (PHONE_WIDTH, "200%")):
        await page.set_viewport_size({"width": width, "height": before["height"]})
        await page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)
        await fits(page, text)
    await page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    await page.set_viewport_size(before)


async def fits(page: Page, text: str = "100%") -> None:
    """Raises `AssertionError` when a page is wider than its screen; `text` is the size of its text, for the words."""
    view = page.viewport_size
    assert view is not None
    found = await page.evaluate(_OVERFLOW, view["width"])
    assert found["over"] <= 0, f"{page.url}, text {text}: {found['over']} px over {view['width']}: {found['nodes']}"


@dataclass(frozen=True)
class Box:
    """A target, in CSS pixels from the corner of the view."""

    left: float
    top: float
    right: float
    bottom: float
    html: str

    def is_smaller_than(self, least: float) -> bool:
        """Whether one side is shorter; half a pixel is a matter of rounding."""
        return min(self.right - self.left, self.bottom - self.top) < least - 0.5

    def crowds(self, other: "Box", gap: float) -> bool:
        """Whether two targets stand closer together than `gap`; one within the other is one target to a finger."""
        across = max(self.left, other.left) - min(self.right, other.right)
        down = max(self.top, other.top) - min(self.bottom, other.bottom)
        return max(across, down) < gap - 0.5 and not (across < 0 and down < 0)


async def targets(page: Page, least: float, gap: float = 8) -> None:
    """Raises `AssertionError` for targets that are smaller than `least` or nearer to each other than `gap` (px).

    A link within a sentence is exempt; a radio button, a box to tick and a file field are as large as their labels.
    """
    boxes = [Box(**one) for one in await page.evaluate(_TARGETS)]
    small = [one.html for one in boxes if one.is_smaller_than(least)]
    assert not small, f"{page.url}: smaller than {least} px: {small}"
    pairs = ((one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])
    close = [(one.html, other.html) for one, other in pairs if one.crowds(other, gap)]
    assert not close, f"{page.url}: nearer than {gap} px: {close[:5]}"


async def in_first_view(control: Locator) -> bool:
    """Whether a control can be seen whole without scrolling."""
    box, view = await control.bounding_box(), control.page.viewport_size
    assert box is not None
    assert view is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= view["height"]
