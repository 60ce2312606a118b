"""The way out of a browser, whatever it lets a page keep."""

from playwright.async_api import expect

from clothingline.pilot.cast import RINA
from tests.browser.devices import PHONE
from tests.browser.visiting import Visitors, bound

KEEPS_NOTHING = """
for (const name of ["caches", "indexedDB", "localStorage"])
  Object.defineProperty(globalThis, name, { get() { throw new DOMException("denied", "SecurityError") } })
"""


async def test_a_browser_that_keeps_nothing_keeps_nobody_in(visitors: Visitors) -> None:
    page = await visitors.open(PHONE, RINA)
    await page.add_init_script(KEEPS_NOTHING)
    await page.goto("/profil")
    await bound(page)
    await page.get_by_role("button", name="Keluar", exact=True).click()
    await page.wait_for_url("**/")
    await page.goto("/profil")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Berapa nomor WhatsApp Anda?")
