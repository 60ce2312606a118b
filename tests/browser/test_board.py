"""The production board that stays open: by the keyboard alone, by a drag, and while others move its cards."""

import asyncio

from playwright.async_api import Page, Route, expect

from tests.browser.budgets import Budget
from tests.browser.desks import sit_down
from tests.browser.devices import DESK
from tests.browser.visiting import Visitors, bound
from tests.browser.waiting import PATIENCE_SECONDS
from tests.browser.watching import Watch
from tests.pilot_fixture import database_name, pilot_template
from tests.production.camera import submitted_job
from tests.production.scene import Scene, planned_run, read_run, released_jobs, set_scene

__all__ = ["database_name", "pilot_template"]
BOARD = "/merek/produksi"
MOST_TABS = 40


async def board_of(visitors: Visitors, scene: Scene, view: str = "papan") -> Page:
    """The board of the scene's brand, which hears what happens."""
    page = await visitors.open(DESK)
    await sit_down(page.context, visitors.site, scene.dewi.token)
    async with page.expect_response("**/peristiwa"):
        await page.goto(f"{BOARD}?tampilan={view}")
    await bound(page)
    await page.evaluate("window.stillHere = true")
    return page


async def tab_to(page: Page, words: str) -> None:
    """Tab until the focus is on the control of that name."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if words in await page.evaluate("document.activeElement.textContent.trim()"):
            return
    raise AssertionError(f"Tab does not lead to {words}")


async def test_a_card_moves_by_the_keyboard_alone(visitors: Visitors) -> None:
    """T15: j to the card, m to its list, Enter on the button, Enter on the consequence."""
    scene = await set_scene(visitors.site.cast)
    run = await planned_run(scene)
    page = await board_of(visitors, scene)
    budget = Budget(page)
    await page.keyboard.press("j")
    await expect(page.get_by_role("link", name=scene.code)).to_be_focused()
    await page.keyboard.press("m")
    chosen = page.get_by_label(f"Pindah {scene.code} ke…")
    await expect(chosen).to_be_focused()
    assert await chosen.evaluate("one => getComputedStyle(one).boxShadow !== 'none'")
    await page.keyboard.press("Tab")
    await budget.press(page.locator(":focus"))
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Tandai 12 potong")
    await tab_to(page, "Ya, sudah dipotong")
    await budget.press(page.locator(":focus"))
    await expect(page.get_by_role("status")).to_contain_text("12 potong ditandai selesai potong")
    budget.within(3, 1)
    assert (await read_run(run)).state == "released"


async def test_a_move_that_cannot_be_is_explained_to_who_works_by_the_keyboard(
    visitors: Visitors, watch: Watch
) -> None:
    scene = await set_scene(visitors.site.cast)
    await planned_run(scene)
    page = await board_of(visitors, scene)
    async with watch.bearing("status of 409"):
        await page.keyboard.press("j")
        await page.keyboard.press("m")
        await page.keyboard.press("End")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.get_by_role("alert")).to_contain_text("Belum bisa ke Kirim: kain belum dipotong")


async def test_a_card_that_is_dropped_on_the_next_column_asks_as_its_button_does(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast)
    await planned_run(scene)
    page = await board_of(visitors, scene)
    await page.locator("article[data-card]").drag_to(page.locator("[data-column=cut]"))
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Tandai 12 potong")


async def test_a_card_that_is_dropped_where_it_cannot_be_is_back_with_the_reason(
    visitors: Visitors, watch: Watch
) -> None:
    scene = await set_scene(visitors.site.cast)
    await planned_run(scene)
    page = await board_of(visitors, scene)
    async with watch.bearing("status of 409"):
        await page.locator("article[data-card]").drag_to(page.locator("[data-column=sew]"))
        await expect(page.get_by_role("alert")).to_contain_text("Belum bisa ke Jahit: kain belum dipotong")
    await expect(page.locator("[data-column=ready] article")).to_have_count(1)


async def test_a_card_that_is_dropped_where_it_was_stays_there(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast)
    await planned_run(scene)
    page = await board_of(visitors, scene)
    await page.locator("article[data-card]").drag_to(page.locator("[data-column=ready] h3"))
    assert await page.evaluate("window.stillHere")


async def test_what_a_tailor_does_moves_the_card_here_and_nobody_loses_their_place(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast, pieces=(12, 7))
    mine, theirs = await released_jobs(scene)
    page = await board_of(visitors, scene)
    chosen = page.locator(f"#ke-{mine}")
    await chosen.focus()
    await chosen.select_option(label="Periksa mutu")
    await submitted_job(scene, theirs, maker=1, pieces=7)
    await expect(page.locator(f"[data-column=check] [data-card={theirs}]")).to_be_visible()
    await expect(page.get_by_role("status")).to_contain_text(f"{scene.code} sekarang di Periksa mutu.")
    await expect(chosen).to_be_focused()
    await expect(chosen).to_have_value("check")
    assert await page.evaluate("window.stillHere")


async def test_an_answer_that_comes_late_does_not_bring_back_what_was(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast, pieces=(12, 7))
    mine, theirs = await released_jobs(scene)
    page = await board_of(visitors, scene)
    held, let_go = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        held.set()
        await let_go.wait()
        await route.fulfill(response=answer)

    await page.route(f"**{BOARD}?*", hold, times=1)
    await submitted_job(scene, theirs, maker=1, pieces=7)
    await asyncio.wait_for(held.wait(), PATIENCE_SECONDS)
    await submitted_job(scene, mine, pieces=12)
    checked = page.locator("[data-column=check] [data-card]")
    await expect(checked).to_have_count(2)
    async with page.expect_event("requestfinished", lambda one: BOARD in one.url):
        let_go.set()
    await page.evaluate("() => fetch('/ping').then(() => new Promise((done) => setTimeout(done, 100)))")
    await expect(checked).to_have_count(2)


async def test_a_run_that_is_cut_is_said_to_have_moved_and_not_to_have_left(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast, pieces=(12, 7))
    run = await planned_run(scene)
    page = await board_of(visitors, scene)
    assert (await scene.dewi.post(f"/v1/runs/{run}/release")).status_code == 201
    await expect(page.locator("[data-column=cut] [data-card]")).to_have_count(2)
    said = page.get_by_role("status").get_by_text(scene.code)
    await expect(said).to_have_text(f"{scene.code} sekarang di Potong.")


async def test_the_focus_goes_along_with_a_card_that_somebody_else_moves(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast)
    [job] = await released_jobs(scene)
    page = await board_of(visitors, scene)
    await page.locator(f"[data-card={job}] a").focus()
    await submitted_job(scene, job)
    await expect(page.locator(f"[data-column=check] [data-card={job}] a")).to_be_focused()


async def test_the_table_is_as_live_as_the_board(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast)
    [job] = await released_jobs(scene)
    page = await board_of(visitors, scene, "tabel")
    await submitted_job(scene, job)
    await expect(page.locator(f"[data-column=check] [data-card={job}]")).to_be_visible()
    await expect(page.get_by_role("status")).to_contain_text("sekarang di Periksa mutu.")
    assert await page.evaluate("window.stillHere")


async def test_an_open_board_that_is_empty_gets_its_first_card(visitors: Visitors) -> None:
    scene = await set_scene(visitors.site.cast)
    page = await board_of(visitors, scene)
    await expect(page.get_by_text("Belum ada produksi.")).to_be_visible()
    run = await planned_run(scene)
    await expect(page.locator(f"[data-card={run}]")).to_be_visible()
    assert await page.evaluate("window.stillHere")
