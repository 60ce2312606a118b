"""After ordering, on a phone: where it is, that it is good, that it ends, and measures that are forgotten."""

import pytest
from playwright.async_api import Page, Response, expect

from clothingline.kit.access import Role
from clothingline.pilot.cast import Person
from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.measuring import reflow
from tests.browser.serving import Site
from tests.browser.visiting import Visitors
from tests.browser.waiting import until
from tests.conftest import database_name
from tests.fulfilment.test_shipping import delivered, shipped
from tests.production.camera import submitted_job
from tests.production.scene import Scene, read_order, released_jobs, set_scene
from tests.web.measurements.test_my_sizes import GONE, measured

__all__ = ["database_name"]  # nobody but the people of the scene

RINA = Person("Rina Kartika", "0812-3456-7801", Role.CONSUMER)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the phone runs scripts."""
    return bool(request.param)


async def rinas(visitors: Visitors, *, scripts: bool = True) -> Page:
    """The phone of the one who ordered."""
    return await visitors.open(PHONE, RINA, java_script_enabled=scripts)


async def scene_of(site: Site, stage: str) -> Scene:
    return await set_scene(site.cast, stage=stage)


async def test_an_order_is_tracked_by_code_and_phone_in_two_taps_and_two_inputs(
    site: Site, visitors: Visitors, scripts: bool
) -> None:
    scene = await scene_of(site, "confirmed")
    page = await visitors.open(PHONE, java_script_enabled=scripts)
    budget = Budget(page)
    await page.goto("/bantuan")
    await budget.tap_on(page.locator("header").get_by_role("link", name="Lacak"))
    await budget.fill("Kode pesanan", scene.code)
    await budget.fill("Nomor HP yang memesan", "0812-3456-7801")
    await budget.tap("Lihat pesanan")
    await expect(page.get_by_text("Disiapkan").first).to_be_visible()
    budget.within(taps=2, inputs=2)
    shared = await visitors.open(PHONE)
    await shared.goto(page.url)
    await expect(shared.get_by_role("heading", level=1)).to_contain_text(scene.code)


async def test_saved_sizes_are_deleted_in_three_taps_and_gone_from_the_tailors_view_at_once(
    site: Site, visitors: Visitors, scripts: bool
) -> None:
    _, scene, job = await measured(site.cast)
    siti = await visitors.open(PHONE, Person("Siti", "0812-3456-7810", Role.TAILOR))
    await siti.goto(f"/t/kerja/{job}/ukuran")
    await expect(siti.get_by_text("92 cm")).to_be_visible()
    page = await rinas(visitors, scripts=scripts)
    await page.goto("/ukuran-saya")
    budget = Budget(page)
    await budget.follow("Hapus ukuran Ibu")
    await budget.tap("Ya, hapus sekarang")
    await expect(page.get_by_text(GONE)).to_be_visible()
    budget.within(taps=3, inputs=1)
    async with visitors.watch.bearing("status of 404"):
        await siti.reload()
        await expect(siti.get_by_role("heading", level=1)).to_be_visible()
    assert await siti.get_by_text("92 cm").count() == 0
    assert scene.code


async def test_goods_that_came_are_accepted_in_two_taps_and_going_back_accepts_nothing_twice(
    site: Site, visitors: Visitors, scripts: bool
) -> None:
    scene = await scene_of(site, "ready")
    await delivered(scene)
    page = await rinas(visitors, scripts=scripts)
    await page.goto(f"/pesanan/{scene.code}")
    budget = Budget(page)
    await budget.follow("Periksa dan terima")
    await budget.tap("Ya, saya terima")
    await expect(page.get_by_text("Sudah diterima.")).to_be_visible()
    budget.within(taps=2, inputs=0)
    await page.go_back()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Pesanan ini sudah diterima")
    assert (await read_order(scene)).state == "accepted"


async def test_an_order_ends_after_what_comes_back_was_read(site: Site, visitors: Visitors, scripts: bool) -> None:
    scene = await scene_of(site, "placed")
    page = await rinas(visitors, scripts=scripts)
    await page.goto(f"/pesanan/{scene.code}")
    budget = Budget(page)
    await budget.follow("Batalkan pesanan")
    await expect(page.get_by_text("Semua yang sudah dibayar kembali.")).to_be_visible()
    await budget.tap("Ya, batalkan dan kembalikan Rp 1.200.000")
    await expect(page.get_by_text("Pesanan ini dibatalkan.")).to_be_visible()
    budget.within(taps=2, inputs=0)
    assert (await read_order(scene)).state == "cancelled"


async def test_an_open_page_shows_what_happens_without_being_loaded_again(site: Site, visitors: Visitors) -> None:
    scene = await scene_of(site, "ready")
    page = await rinas(visitors)
    async with page.expect_response("**/peristiwa"):
        await page.goto(f"/pesanan/{scene.code}")
    await page.evaluate("window.unchanged = true")
    await shipped(scene)
    await expect(page.get_by_text("nomor resi CGK1234567890")).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="Ada kabar baru: Dikirim")).to_be_visible()
    assert await page.evaluate("window.unchanged")


HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden })
  document.dispatchEvent(new Event("visibilitychange"))
}"""


async def test_a_page_behind_others_holds_no_line_and_asks_for_what_it_missed_when_it_is_seen_again(
    site: Site, visitors: Visitors
) -> None:
    scene = await scene_of(site, "ready")
    page = await rinas(visitors)
    async with page.expect_request("**/peristiwa") as calling:
        await page.goto(f"/pesanan/{scene.code}")
    line = await calling.value
    async with page.expect_event("requestfailed", lambda request: request == line):
        await page.evaluate(HIDE, arg=True)
    await shipped(scene)
    async with page.expect_request("**/peristiwa"):
        await page.evaluate(HIDE, arg=False)
    await expect(page.get_by_text("nomor resi CGK1234567890")).to_be_visible()


async def test_a_line_that_was_refused_is_called_again(site: Site, visitors: Visitors) -> None:
    """As by whatever stands before the server while it is started again: a browser gives up there."""
    scene = await scene_of(site, "ready")
    page = await rinas(visitors)
    await page.clock.install()
    await page.route("**/peristiwa", lambda route: route.fulfill(status=503), times=1)
    async with visitors.watch.bearing("status of 503"):
        await page.goto(f"/pesanan/{scene.code}")
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))  # noqa: PLW0108  # a method of a list takes no mark

    async def is_called() -> bool:
        await page.clock.fast_forward("01:00")
        return any(one.url.endswith("/peristiwa") and one.ok for one in answers)

    await until(is_called)
    await shipped(scene)
    await expect(page.get_by_text("nomor resi CGK1234567890")).to_be_visible()


async def test_a_picture_of_the_work_opens_large_and_the_page_fits_a_narrow_phone(
    site: Site, visitors: Visitors
) -> None:
    scene = await scene_of(site, "confirmed")
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    page = await rinas(visitors)
    await page.goto(f"/pesanan/{scene.code}")
    await page.get_by_role("button", name="Perbesar foto").click()
    large = page.get_by_role("dialog").get_by_role("img")
    await expect(large).to_be_visible()
    await expect(large).to_have_js_property("naturalWidth", 640)
    await page.keyboard.press("Escape")
    await reflow(page)
