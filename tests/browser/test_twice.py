"""What is done twice happens once: a second tap on a slow line, and going back after something was done."""

import re

from playwright.async_api import Locator, Page, expect
from sqlalchemy import func, select

from clothingline.garments.models import Design
from clothingline.kit import db
from clothingline.kit.db import Base
from clothingline.kit.events import Event
from clothingline.orders.models import Order
from clothingline.payments.models import Payment
from clothingline.pilot.cast import KEBAYA_OWNER, RINA
from tests.browser import tailors
from tests.browser.budgets import Budget
from tests.browser.devices import DESK, PHONE
from tests.browser.serving import Site
from tests.browser.shopping import come_back, pay
from tests.browser.visiting import Visitors, bound
from tests.pilot_fixture import pilot_template
from tests.story_fixture import DRAFT, database_name, story_template

__all__ = ["database_name", "pilot_template", "story_template"]

SLOW_SECONDS = 8
# Its words right after the tap, in the same moment, so that no clock is asked; and a second tap by an impatient thumb.
TAP_TWICE = """
(button) => {
  button.click()
  const said = button.textContent.trim()
  setTimeout(() => button.click(), 300)
  return said
}
"""


async def count(table: type[Base]) -> int:
    """How many rows there are."""
    async with db.transaction() as session:
        return (await session.scalar(select(func.count()).select_from(table))) or 0


async def happened(name: str, **facts: str) -> int:
    """How many such events there are."""
    query = select(func.count()).where(Event.name == name)
    for fact, value in facts.items():
        query = query.where(Event.facts[fact].astext == value)
    async with db.transaction() as session:
        return (await session.scalar(query)) or 0


async def come_to_the_summary(page: Page) -> str:
    """Of the story's draft, with a plan of today; its path."""
    await page.goto(f"/pesan/{DRAFT}/rencana")
    await page.get_by_role("button", name="Pilih rencana ini").first.click()
    await expect(page).to_have_url(re.compile(path := f"/pesan/{DRAFT}/ringkasan"))
    return path


async def tap_twice(site: Site, button: Locator, path: str) -> None:
    """On a line on which every answer takes long: the button says at once that it was heard."""
    await bound(button.page)
    site.door.delays[path] = SLOW_SECONDS
    assert await button.evaluate(TAP_TWICE) == "Menyimpan…"
    left = re.compile(f"^(?!.*{re.escape(path)}$)")
    await expect(button.page).to_have_url(left, timeout=(2 * SLOW_SECONDS + 10) * 1000)


async def test_two_taps_on_a_slow_line_place_one_order(site: Site, visitors: Visitors) -> None:
    before = await count(Order)
    page = await visitors.open(PHONE, RINA)
    path = await come_to_the_summary(page)
    await tap_twice(site, page.get_by_role("button", name="Setuju dan lanjut bayar"), path)
    await expect(page).to_have_url(re.compile(r"/pesan/CL-\d{4}-\d{4}/bayar$"))
    assert await count(Order) == before + 1


async def test_two_taps_on_a_slow_line_write_down_one_design(site: Site, visitors: Visitors) -> None:
    before = await count(Design)
    page = await visitors.open(DESK, KEBAYA_OWNER)
    await page.goto(path := "/merek/katalog/baru")
    await page.get_by_label("Nama desain").fill("Kemeja Senja")
    await tap_twice(site, page.get_by_role("button", name="Simpan draf"), path)
    assert await count(Design) == before + 1


async def test_going_back_after_paying_pays_nothing_twice(site: Site, visitors: Visitors) -> None:
    page = await visitors.open(PHONE, RINA)
    await come_to_the_summary(page)
    await page.get_by_role("button", name="Setuju dan lanjut bayar").click()
    await expect(page).to_have_url(re.compile(r"/bayar$"))
    await pay(site, Budget(page))
    before = await count(Payment), await happened("PaymentCaptured")
    code = await come_back(page)
    for _ in range(3):
        await page.go_back()
        await _press(page)
    await site.settle()
    assert (await count(Payment), await happened("PaymentCaptured")) == before
    await page.goto(f"/pesan/{code}/selesai")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Pesanan Anda diterima")


async def _press(page: Page) -> None:
    """The first button about paying that the page still shows, if there is one."""
    button = page.locator("form[method=post] button:visible").first
    if await button.count() and not await page.locator("main h1", has_text="diterima").count():
        await button.click()


async def test_going_back_after_a_yes_says_yes_once(site: Site, visitors: Visitors) -> None:
    maker = await tailors.asked()
    page = await visitors.open(PHONE, java_script_enabled=False)
    await maker.sign_in(page.context, site)
    await page.goto(maker.offer)
    await page.get_by_role("button", name="Ya, saya sanggup").click()
    await page.get_by_role("button", name="Ya, terima").click()
    await expect(page.get_by_text("Pekerjaan masuk ke Kalender")).to_be_visible()
    await page.go_back()
    if await page.get_by_role("button", name="Ya, terima").count():
        await page.get_by_role("button", name="Ya, terima").click()
    await page.goto(maker.offer)
    await expect(page.get_by_text("Anda sudah menerima pekerjaan ini.")).to_be_visible()
    assert await happened("OfferAccepted", offer_id=str(maker.subject)) == 1
