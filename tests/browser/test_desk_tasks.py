"""What brands and suppliers do at their desks: the task scripts of the specification, with taps and inputs counted."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from clothingline.kit import ids
from tests.browser import desks
from tests.browser.axe import axe
from tests.browser.budgets import Budget
from tests.browser.desks import Asked, sit_down
from tests.browser.devices import DESK, PHONE, Device
from tests.browser.visiting import Visitors, bound
from tests.browser.watching import Watch
from tests.pilot_fixture import pilot_template
from tests.production.camera import submitted_job
from tests.production.scene import Scene, planned_run, read_job, read_run, released_jobs, set_scene
from tests.story_fixture import database_name, story_template, token_of

__all__ = ["database_name", "pilot_template", "story_template"]

both = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


async def desk_of(visitors: Visitors, one: Asked | Scene, device: Device = DESK, *, scripts: bool = True) -> Page:
    """The browser of whoever is asked, or of the brand of a scene, at no address yet."""
    page = await visitors.open(device, java_script_enabled=scripts)
    token = token_of(one.account) if isinstance(one, Asked) else one.dewi.token
    await sit_down(page.context, visitors.site, token)
    return page


def said(page: Page, text: str) -> Locator:
    """The word on what was just done."""
    return page.get_by_role("status").filter(has_text=text).first


@both
async def test_a_brand_accepts_a_plan_in_three_taps_and_takes_it_back(visitors: Visitors, scripts: bool) -> None:
    brand = await desks.asked("brand")
    page = await desk_of(visitors, brand, scripts=scripts)
    await page.goto("/merek/permintaan")
    budget = Budget(page)
    await budget.follow(brand.code)
    await budget.tap(re.compile("Terima rencana"))
    await expect(said(page, f"Rencana {brand.code} diterima.")).to_be_visible()
    budget.within(3, 0)
    assert await brand.state() == "accepted"
    await page.get_by_role("button", name="Urungkan").click()
    await expect(said(page, "menunggu jawaban lagi")).to_be_visible()
    assert await brand.state() == "seen"


async def test_a_brand_accepts_a_plan_by_the_keyboard_alone(visitors: Visitors) -> None:
    brand = await desks.asked("brand")
    page = await desk_of(visitors, brand)
    await page.goto("/merek/permintaan")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("potong")
    await page.keyboard.press("?")
    await expect(page.locator("#pintasan")).to_be_visible()
    await axe(page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("a")
    await expect(said(page, "diterima.")).to_be_visible()
    assert await brand.state() == "accepted"


async def test_a_key_that_is_typed_into_a_field_is_no_command(visitors: Visitors) -> None:
    brand = await desks.asked("brand")
    page = await desk_of(visitors, brand)
    await page.goto(f"/merek/permintaan/{brand.ref}")
    await page.keyboard.press("x")
    await page.get_by_label("Keterangan").fill("")
    await page.get_by_label("Keterangan").press_sequentially("ada apa?")
    assert await page.get_by_label("Keterangan").input_value() == "ada apa?"
    assert await brand.state() == "seen"


@both
async def test_a_card_moves_without_a_drag_and_says_why_where_it_cannot(
    visitors: Visitors, watch: Watch, scripts: bool
) -> None:
    scene = await set_scene(visitors.site.cast)
    run = await planned_run(scene)
    page = await desk_of(visitors, scene, scripts=scripts)
    await page.goto("/merek/produksi")
    async with watch.bearing("status of 409"):
        await page.get_by_label(f"Pindah {scene.code} ke…").select_option(label="Kirim")
        await page.get_by_role("button", name="Pindah").click()
        await expect(page.get_by_role("alert")).to_contain_text("Belum bisa ke Kirim: kain belum dipotong")
    await page.goto("/merek/produksi")
    budget = Budget(page)
    await budget.select(f"Pindah {scene.code} ke…", "Potong")
    await budget.tap("Pindah")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Tandai 12 potong")
    await budget.tap("Ya, sudah dipotong")
    await expect(said(page, "12 potong ditandai selesai potong")).to_be_visible()
    budget.within(3, 1)
    assert (await read_run(run)).state == "released"


async def checked(visitors: Visitors, device: Device, *, scripts: bool) -> tuple[Page, str]:
    """The check of a lot of 240, not planned yet, and the job."""
    scene = await set_scene(visitors.site.cast, pieces=(240,))
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=240)
    run = (await read_job(job)).run_id
    assert run is not None
    page = await desk_of(visitors, scene, device, scripts=scripts)
    await page.goto(f"/merek/produksi/{ids.show('run', run)}/qc")
    return page, job


@both
async def test_32_pieces_with_three_defects_are_checked_in_nine_taps(visitors: Visitors, scripts: bool) -> None:
    page, job = await checked(visitors, PHONE, scripts=scripts)
    budget = Budget(page)
    await budget.tap("Mulai periksa")
    await expect(page.get_by_text("Lot 240 → ambil 32 potong")).to_be_visible()
    for defect, verdict in (
        ("Jahitan loncat", "Sejauh ini LOLOS"),
        ("Noda", "Sejauh ini LOLOS"),
        ("Ukuran meleset", "Sejauh ini TIDAK LOLOS"),
    ):
        await budget.tap(f"{defect}: tambah satu")
        await expect(page.locator("[data-verdict] strong")).to_have_text(verdict)
    await budget.tap("Selesai")
    await expect(said(page, "Kembali ke penjahit untuk diperbaiki.")).to_be_visible()
    budget.within(9, 3)
    assert (await read_job(job)).state == "rework"


async def test_a_tally_goes_on_without_a_signal_and_the_server_agrees_with_its_verdict(visitors: Visitors) -> None:
    page, job = await checked(visitors, PHONE, scripts=True)
    await page.get_by_role("button", name="Mulai periksa").click()
    await expect(page.get_by_text("Lot 240 → ambil 32 potong")).to_be_visible()
    await bound(page)
    await page.context.set_offline(True)
    for defect in ("Jahitan loncat", "Noda", "Noda"):
        await page.get_by_role("button", name=f"{defect}: tambah satu").click()
    await page.get_by_role("button", name="Noda: kurangi satu").click()
    await expect(page.locator("[data-verdict] strong")).to_have_text("Sejauh ini LOLOS")
    await expect(page).to_have_url(re.compile(r"skipped-1\.stain-1"))
    await page.context.set_offline(False)
    await page.reload()
    await expect(page.locator("[data-count=stain]")).to_have_text("1")
    await page.set_viewport_size({"width": DESK.width, "height": DESK.height})
    await axe(page)
    await page.get_by_role("button", name="Selesai").click()
    await expect(said(page, "Lolos periksa mutu.")).to_be_visible()
    assert (await read_job(job)).state == "passed"


@both
async def test_a_supplier_confirms_a_purchase_in_full_in_two_taps(visitors: Visitors, scripts: bool) -> None:
    supplier = await desks.asked("supplier")
    page = await desk_of(visitors, supplier, PHONE, scripts=scripts)
    await page.goto("/pemasok/permintaan")
    budget = Budget(page)
    await budget.tap("Bisa semua")
    await expect(said(page, "Bisa semua:")).to_be_visible()
    budget.within(2, 0)
    assert await supplier.state() == "accepted"


@both
async def test_a_supplier_who_has_only_a_part_is_asked_for_the_metres_alone(visitors: Visitors, scripts: bool) -> None:
    supplier = await desks.asked("supplier")
    page = await desk_of(visitors, supplier, PHONE, scripts=scripts)
    await page.goto(f"/pemasok/permintaan/{supplier.ref}")
    budget = Budget(page)
    await budget.tap_on(page.get_by_text("Bisa sebagian", exact=True))
    await budget.fill("Berapa meter yang ada?", "5")
    await budget.tap("Kirim jawaban")
    await expect(said(page, "hanya ada 5 m")).to_be_visible()
    budget.within(3, 1)
    assert await supplier.state() == "declined"
