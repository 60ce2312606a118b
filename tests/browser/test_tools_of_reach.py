"""The tools for keyboard, names and moves go red on a page that is made to be wrong."""

import pytest
from playwright.async_api import Page

from tests.browser import crawling
from tests.browser.planting import Plant, plant
from tests.browser.serving import Site
from tests.browser.tabbing import tab_through
from tests.browser.test_hostile_names import CUT_OFF, NOT_ALONE

__all__ = ["plant"]

LINKS = "<p><a href='/a'>tautan</a></p>" * 30
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>'
TEXT = f"<p>{'kata ' * 60}</p>"
# A page may bring no style of its own; what a script sets is not the page's.
BAR = "() => { bar.style.cssText = 'position:fixed;bottom:0;left:0;right:0;height:300px' }"


async def test_the_keyboard_passes_a_page_on_which_all_can_be_seen(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/baik", LINKS))
    await tab_through(phone)


async def test_a_bar_over_what_has_the_focus_is_seen(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/tertutup", LINKS + "<div id=bar class=bar>Bilah</div>"))
    await phone.evaluate(BAR)
    with pytest.raises(AssertionError, match=r"covered by \.bar for \d+ px: <a href"):
        await tab_through(phone)


async def test_a_focus_that_cannot_be_seen_is_seen(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/samar", LINKS))
    await phone.evaluate("() => document.querySelectorAll('a').forEach((one) => { one.style.outline = 'none' })")
    with pytest.raises(AssertionError, match="focus cannot be seen"):
        await tab_through(phone)


async def test_what_comes_out_of_turn_is_seen(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/acak", "<p><a href='/a'>satu</a></p><p><a tabindex=1 href='/b'>dua</a></p>"))
    with pytest.raises(AssertionError, match="comes before the one before it"):
        await tab_through(phone)


async def test_a_page_that_jumps_while_it_loads_is_refused(phone: Page, plant: Plant, site: Site) -> None:
    picture = plant("/gambar", PICTURE, "image/svg+xml")
    site.door.delays[picture] = 1.5
    await crawling.arrive(phone, plant("/diam", f"<img src={picture} width=300 height=300>{TEXT}"))
    with pytest.raises(AssertionError, match="of the view moved"):
        await crawling.arrive(phone, plant("/loncat", f"<img src={picture}>{TEXT}"))


async def test_a_name_that_is_cut_off_or_turns_what_follows_is_seen(phone: Page, plant: Plant) -> None:
    await phone.goto(plant("/nama", "<p id=a>Kemeja panjang sekali</p><p>Untuk \u0645\u062d\u0645\u062f 5 potong</p>"))
    assert await phone.evaluate(CUT_OFF) == []
    await phone.evaluate("() => { a.style.cssText = 'width:40px;overflow:hidden;white-space:nowrap' }")
    assert len(await phone.evaluate(CUT_OFF)) == 1
    assert len(await phone.evaluate(NOT_ALONE)) == 1
    await phone.evaluate("() => { a.nextElementSibling.innerHTML = 'Untuk <bdi>\u0645\u062d</bdi> 5 potong' }")
    assert await phone.evaluate(NOT_ALONE) == []
