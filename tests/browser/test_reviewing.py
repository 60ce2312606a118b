"""Reviews in a browser: written in few taps with and without scripts, put right, and read on the page of a design."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from clothingline.kit.access import Role
from clothingline.pilot.cast import Person
from tests.aftersales.scenes import arrived
from tests.aftersales.test_learning import sewn_to_measure
from tests.browser.axe import axe
from tests.browser.budgets import Budget
from tests.browser.devices import DESK, PHONE
from tests.browser.measuring import reflow
from tests.browser.serving import Site
from tests.browser.visiting import Visitors
from tests.conftest import database_name
from tests.production.camera import shot
from tests.web.aftersales.reading import design_of

__all__ = ["database_name"]  # nobody but the people of the scene

RINA = Person("Rina Kartika", "0812-3456-7801", Role.CONSUMER)
DEWI = Person("Dewi", "0812-3456-7802", Role.BRAND_OWNER)
SITI = Person("Siti Rahayu", "0812-3456-7810", Role.TAILOR)
ZONES = {"Dada": "Sempit", "Pinggang": "Pas", "Bahu": "Pas", "Lengan": "Pas", "Panjang": "Longgar"}


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the phone runs scripts."""
    return bool(request.param)


async def choose(budget: Budget, group: str, answer: str) -> None:
    """One answer of a question, as a finger does."""
    budget.inputs += 1
    await budget.page.get_by_role("group", name=group, exact=True).get_by_text(answer, exact=True).click()


async def filled(budget: Budget, folder: Path) -> None:
    """The whole form but its button, with a photo and own words."""
    for zone, said in ZONES.items():
        await choose(budget, zone, said)
    await choose(budget, "Jahitannya rapi?", "Sangat rapi")
    await budget.fill("Cerita Anda", "Jahitannya rapi.\nTerima kasih.")
    (folder / "kemeja.jpg").write_bytes(shot(1800, 1200))
    await budget.attach("Foto", folder / "kemeja.jpg")


async def test_an_order_is_reviewed_in_three_taps_and_eight_inputs_and_the_saved_sizes_learn(
    site: Site, visitors: Visitors, scripts: bool, tmp_path: Path
) -> None:
    scene, _ = await sewn_to_measure(site.cast)
    page = await visitors.open(PHONE, RINA, java_script_enabled=scripts)
    await page.goto(f"/pesanan/{scene.code}")
    budget = Budget(page)
    await budget.follow("Ulasan")
    await filled(budget, tmp_path)
    await budget.tap("Kirim ulasan")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ulasan Anda")
    await expect(page.get_by_role("img", name="Foto dari yang mengulas")).to_be_visible()
    await budget.tap("Perbarui ukuran")
    await expect(page.get_by_text("2 ukuran tersimpan diperbarui.")).to_be_visible()
    budget.within(taps=3, inputs=8)
    await page.go_back()
    await page.reload()
    await expect(page.get_by_role("button", name="Kirim ulasan")).to_have_count(0)


async def test_what_is_missing_is_named_and_everything_that_was_chosen_stays(
    site: Site, visitors: Visitors, scripts: bool
) -> None:
    scene, _ = await sewn_to_measure(site.cast)
    page = await visitors.open(PHONE, RINA, java_script_enabled=scripts)
    await page.goto(f"/pesanan/{scene.code}/ulasan")
    budget = Budget(page)
    await choose(budget, "Dada", "Sempit")
    await choose(budget, "Jahitannya rapi?", "Rapi")
    async with visitors.watch.bearing("status of 422"):
        await budget.tap("Kirim ulasan")
        await expect(page.get_by_role("heading", name="Perlu diperbaiki")).to_be_visible()
    await expect(page.get_by_role("group", name="Dada", exact=True).get_by_label("Sempit")).to_be_checked()
    await expect(page.get_by_role("group", name="Jahitannya rapi?").get_by_label("Rapi", exact=True)).to_be_checked()


async def test_the_form_bars_nobody_and_fits_a_narrow_phone(site: Site, visitors: Visitors) -> None:
    scene, _ = await arrived(site.cast)
    page = await visitors.open(PHONE, RINA)
    await page.goto(f"/pesanan/{scene.code}/ulasan")
    await axe(page)
    await reflow(page)


async def test_makers_rate_the_buyer_and_then_everybody_reads_the_review(
    site: Site, visitors: Visitors, scripts: bool
) -> None:
    scene, [job] = await arrived(site.cast)
    answer = await scene.rina.post(
        f"/v1/orders/{scene.code}/reviews",
        {"fit": {"chest": "right"}, "neatness": 5, "on_time": True, "words": "Jahitannya rapi."},
    )
    assert answer.status_code == 201
    siti = await visitors.open(PHONE, SITI, java_script_enabled=scripts)
    await siti.goto(f"/t/kerja/{job}/ulasan")
    await rated(siti)
    dewi = await visitors.open(DESK, DEWI, java_script_enabled=scripts)
    await dewi.goto(f"/merek/ulasan/pesanan/{scene.code}")
    await rated(dewi)
    anybody = await visitors.open(PHONE, java_script_enabled=scripts)
    await anybody.goto(f"/desain/{await design_of(scene)}")
    await expect(anybody.get_by_text("Dada pas 100 %")).to_be_visible()
    await expect(anybody.get_by_text("Jahitannya rapi.")).to_be_visible()


async def rated(page: Page) -> None:
    """A maker reads the review only after having said one thing."""
    budget = Budget(page)
    await expect(page.get_by_text("Jahitannya rapi.")).to_have_count(0)
    await choose(budget, "Bagaimana bekerja untuk pembeli ini?", "Lancar")
    await budget.tap("Simpan penilaian")
    await expect(page.get_by_text("Jahitannya rapi.")).to_be_visible()
    budget.within(taps=1, inputs=1)
