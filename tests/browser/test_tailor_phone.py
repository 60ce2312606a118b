"""The app on a tailor's phone: whose it is, what it reads aloud, when it is full, when it may be installed."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser import tailors
from tests.browser.devices import PHONE
from tests.browser.tailors import Maker
from tests.browser.visiting import Visitors, give
from tests.browser.waiting import IN_CACHE, until
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template

__all__ = ["database_name", "pilot_template", "story_template"]

A_VOICE = """
window.heard = []
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "en-US" }, { lang: "id_ID" }], cancel() {}, addEventListener() {},
  speak: (said) => window.heard.push([said.lang, said.text]),
} })
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
"""
ALMOST_FULL = """
(who) => new Promise((done) => {
  const ask = indexedDB.open("antrean", 1)
  ask.onsuccess = () => {
    const trip = ask.result.transaction("antrean", "readwrite")
    trip.objectStore("antrean").put({ who, label: "Foto lama", lane: "x", state: "wrong", said: "", at: 0, bytes: 2e7 })
    trip.oncomplete = () => { ask.result.close(); done() }
  }
})
"""


async def phone_of(visitors: Visitors, maker: Maker) -> Page:
    """The phone of a tailor, at no address yet."""
    page = await visitors.open(PHONE)
    await maker.sign_in(page.context, visitors.site)
    return page


async def test_what_is_read_aloud_is_what_is_written(visitors: Visitors) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker)
    await page.add_init_script(A_VOICE)
    await page.goto(maker.offer)
    await page.get_by_role("button", name="Dengarkan").click()
    [[language, text]] = await page.evaluate("() => window.heard")
    assert language == "id-ID"
    assert text.startswith(await page.locator("h1").inner_text())
    assert "Upah bersih" in text


async def test_without_an_indonesian_voice_nothing_offers_to_read(visitors: Visitors) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker)
    await page.goto(maker.offer)
    await expect(page.locator("[data-listen]")).to_be_hidden()


async def test_whoever_signs_in_next_finds_nothing_of_the_one_before(visitors: Visitors) -> None:
    first, second = await tailors.sewing(), await tailors.asked()
    assert first.account != second.account
    page = await phone_of(visitors, first)
    await page.goto("/t")
    await until(lambda: page.evaluate(IN_CACHE, [first.job]))
    await second.sign_in(page.context, visitors.site)
    await page.goto("/t")
    await expect(page.locator("#kata")).to_have_attribute("data-who", str(second.account))

    async def is_gone() -> bool:
        return not await page.evaluate(IN_CACHE, [first.job])

    await until(is_gone)
    await expect(page.locator(f'a[href="{second.offer}"]')).to_be_visible()


async def test_a_phone_that_is_full_of_photos_says_so_and_keeps_the_form(visitors: Visitors, tmp_path: Path) -> None:
    maker = await tailors.sewing()
    picture = tmp_path / "foto.jpg"
    Image.new("RGB", (800, 600), "navy").save(picture)
    page = await phone_of(visitors, maker)
    await page.goto(f"{maker.job}/langkah/3")
    await page.evaluate(ALMOST_FULL, str(maker.account))
    await give(page, "Foto pekerjaan", picture)
    await page.get_by_role("button", name="Kirim").click()
    await expect(page.get_by_role("status").filter(has_text="HP penuh: 20 MB foto menunggu.")).to_be_visible()
    await expect(page.get_by_label("Foto pekerjaan")).to_be_visible()
    button = page.get_by_role("button", name="Kirim")
    await expect(button).to_be_visible()
    await expect(button).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize("done", [True, False], ids=["after a step", "before any step"])
async def test_the_home_screen_is_offered_after_the_first_step(visitors: Visitors, done: bool) -> None:
    maker = await tailors.sewing()
    page = await phone_of(visitors, maker)
    await page.goto(f"{maker.job}/langkah/1")
    if done:
        await page.get_by_role("button", name="Tandai selesai").click()
        await page.wait_for_url(f"**{maker.job}")
    await page.evaluate("() => dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }))")
    banner = page.get_by_text("Pasang di layar HP supaya cepat dibuka.")
    await (expect(banner).to_be_visible() if done else expect(banner).to_be_hidden())
    if done:
        await page.get_by_role("button", name="Nanti saja").click()
        await expect(banner).to_be_hidden()
