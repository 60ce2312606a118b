"""Work without a signal: what a phone takes down arrives once and in order, and what is refused is explained."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Page, Route, expect
from sqlalchemy import select

from clothingline.garments.models import Design
from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.events import Event
from clothingline.orders.service import begin_draft
from clothingline.production.models import Job, Submission
from clothingline.routing.models import Offer
from clothingline.web.written import filters
from tests.browser import tailors
from tests.browser.tailors import Maker
from tests.browser.visiting import Handset, give
from tests.browser.waiting import IN_CACHE, until
from tests.browser.watching import Watch
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template

__all__ = ["database_name", "pilot_template", "story_template"]

AWAY = r"net::ERR_|Failed to (fetch|load)|status of 409"
THREE_DAYS_BEHIND = """
(() => {
  const Real = Date, skew = -3 * 24 * 3600e3
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + skew) }
    static now() { return Real.now() + skew }
  }
})()
"""
ACTS = """
() => new Promise((done) => {
  const ask = indexedDB.open("antrean", 1)
  ask.onsuccess = () => {
    const all = ask.result.transaction("antrean").objectStore("antrean").getAll()
    all.onsuccess = () => {
      ask.result.close()
      done(all.result.map(({ path, state, said }) => ({ path, state, said })))
    }
  }
})
"""


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Two photos of the work."""
    paths = [tmp_path / "depan.jpg", tmp_path / "belakang.jpg"]
    for path, size in zip(paths, ((1600, 1200), (1200, 1600)), strict=True):
        Image.radial_gradient("L").resize(size).convert("RGB").save(path, quality=95)
    return paths


async def started(handset: Handset, maker: Maker, *paths: str) -> Page:
    """A phone that has opened the app once, so that these pages are kept."""
    page = await handset.start()
    await maker.sign_in(handset.here, handset.site)
    await page.goto("/t")

    async def is_kept() -> bool:
        return bool(await page.evaluate(IN_CACHE, list(paths)))

    await until(is_kept)
    return page


async def acts(page: Page) -> list[dict[str, Any]]:
    """What the phone keeps, oldest first."""
    found: list[dict[str, Any]] = await page.evaluate(ACTS)
    return found


async def keeps(page: Page, count: int) -> None:
    """Wait until the phone keeps so many acts."""

    async def enough() -> bool:
        return len(await acts(page)) == count

    await until(enough)


async def next_open_days(page: Page, count: int) -> list[date]:
    """The first days that are shown as free."""
    async with db.transaction() as session:
        today = local_date(await business_now(session))
    days = [today + timedelta(days=step) for step in range(1, 14)]
    open_days = [day for day in days if await page.get_by_role("button", name=full(day)).count()]
    return open_days[:count]


def full(day: date) -> str:
    """What the button says that makes a day full."""
    return f"Jadikan penuh {filters('id')['day'](day)}"


async def happened(*names: str) -> list[tuple[str, datetime | None]]:
    """These events that a phone took down, in the order in which they arrived, with the time at which it did."""
    async with db.transaction() as session:
        rows = await session.execute(
            select(Event.name, Event.captured_at)
            .where(Event.name.in_(names), Event.captured_at.is_not(None))
            .order_by(Event.seq)
        )
        return [(name, at) for name, at in rows]


async def take_down_seven(page: Page, maker: Maker, pictures: list[Path]) -> None:
    """Three steps of a job, the last with photos; a problem that comes too late; three days that are full."""
    for number in (1, 2):
        await page.goto(f"{maker.job}/langkah/{number}")
        await page.get_by_role("button", name="Tandai selesai").click()
        await keeps(page, number)
    await page.goto(f"{maker.job}/langkah/3")
    await give(page, "Foto pekerjaan", pictures)
    await page.get_by_role("button", name="Kirim").click()
    await keeps(page, 3)
    await expect(page.get_by_text("Tersimpan di HP. Terkirim otomatis saat ada sinyal.")).to_be_visible()
    await page.goto(f"{maker.job}/masalah")
    await page.get_by_label("Mesin rusak", exact=True).check()
    await page.get_by_role("button", name="Beri tahu merek").click()
    await keeps(page, 4)
    await page.goto("/t/kalender")
    for number, day in enumerate(await next_open_days(page, 3), 5):
        await page.get_by_role("button", name=full(day)).click()
        await keeps(page, number)
    await expect(page.locator("#antrean")).to_contain_text("Tersimpan di HP (7)")


class LosesTwo:
    """The way to the server on which the first request does not arrive, and the answer to the second is lost."""

    def __init__(self) -> None:
        self.seen = 0

    async def __call__(self, route: Route) -> None:
        """Carry a request and its answer, from the third on."""
        self.seen += 1
        if self.seen > 2:
            await route.continue_()
            return
        if self.seen == 2:
            await route.fetch()
        await route.abort()


async def test_seven_acts_with_photos_a_killed_phone_and_a_wrong_clock_arrive_once_and_in_order(
    handset: Handset, watch: Watch, pictures: list[Path]
) -> None:
    maker = await tailors.sewing()
    steps = [f"{maker.job}/langkah/{number}" for number in (1, 2, 3)]
    page = await started(handset, maker, "/t/kalender", maker.job, f"{maker.job}/masalah", *steps)
    async with db.transaction() as session:
        begun = await business_now(session)
    way = LosesTwo()
    async with watch.bearing(AWAY):
        await handset.here.add_init_script(THREE_DAYS_BEHIND)
        await handset.lose_signal()
        await page.goto("/t")
        await expect(page.get_by_text("Data pukul")).to_be_visible()
        await take_down_seven(page, maker, pictures)
        assert await happened("KitReceived") == []
        await handset.kill()
        page = await handset.start()
        await handset.here.add_init_script(THREE_DAYS_BEHIND)
        await handset.here.route("**/langkah/1", way)
        await page.goto("/t/antrean")
        await until(lambda: is_sent(page))
        await expect(page.locator("#antrean")).to_contain_text("Perlu tindakan (1)")
    assert way.seen >= 3  # more where the machine is so slow that a try runs out of time
    await see_that_all_arrived(maker, begun)
    [refused] = await acts(page)
    assert refused["path"] == f"{maker.job}/masalah"
    await page.goto("/t/antrean")
    await expect(page.locator("#daftar")).to_contain_text(refused["said"])
    await page.get_by_role("button", name="Saya mengerti").click()
    await expect(page.get_by_text("Tidak ada yang menunggu.")).to_be_visible()


async def see_that_all_arrived(maker: Maker, begun: datetime) -> None:
    """Each act once, those of the job in order, at the time at which they were taken down; the problem was refused."""
    names = ("KitReceived", "JobStarted", "PhotoTaken", "JobSubmitted", "JobProblemReported", "DayOffAdded")
    arrived = await happened(*names)
    of_job = [name for name, _ in arrived if name != "DayOffAdded"]
    assert of_job == ["KitReceived", "JobStarted", "PhotoTaken", "PhotoTaken", "JobSubmitted"]
    assert [name for name, _ in arrived].count("DayOffAdded") == 3
    async with db.transaction() as session:
        ended = await business_now(session)
        [said] = await session.scalars(select(Submission).where(Submission.job_id == maker.subject))
        assert (await session.get_one(Job, maker.subject)).state == "submitted"
    assert len(said.photo_ids) == 2
    assert all(begun <= at <= ended for _, at in arrived if at is not None)


async def is_sent(page: Page) -> bool:
    """Whether nothing waits any more; presses the button as somebody would who is impatient."""
    await page.evaluate("() => document.querySelector('#kirim:not([hidden])')?.click()")
    return all(one["state"] != "waiting" for one in await acts(page))


async def test_a_yes_without_a_signal_is_only_an_intent_and_counts_when_it_arrives_in_time(
    handset: Handset, watch: Watch
) -> None:
    maker = await tailors.asked()
    page = await started(handset, maker, maker.offer)
    async with watch.bearing(AWAY):
        await handset.lose_signal()
        await page.goto(maker.offer)
        await page.get_by_role("button", name="Ya, saya sanggup").click()
        await page.get_by_role("button", name="Ya, terima").click()
        await expect(page.get_by_text("BELUM PASTI sampai ada sinyal")).to_be_visible()
        await handset.find_signal()
        await page.goto("/t/antrean")
        await until(lambda: is_sent(page))
    async with db.transaction() as session:
        offer = await session.get_one(Offer, maker.subject)
    assert offer.state == "accepted"
    assert offer.captured_at is not None
    assert offer.accepted_at is not None
    assert offer.captured_at < offer.accepted_at


async def test_leaving_is_refused_once_while_something_waits_and_then_nothing_stays(
    handset: Handset, watch: Watch
) -> None:
    maker = await tailors.sewing()
    page = await started(handset, maker, "/t/saya", f"{maker.job}/langkah/1")
    async with watch.bearing(AWAY):
        await handset.lose_signal()
        await page.goto(f"{maker.job}/langkah/1")
        await page.get_by_role("button", name="Tandai selesai").click()
        await keeps(page, 1)
        await page.goto("/t/saya")
        await handset.here.route("**/langkah/1", lambda route: route.abort())
        await handset.find_signal()
        await page.get_by_role("button", name="Keluar dari HP ini").click()
        await expect(page.get_by_text("Masih ada yang belum terkirim di HP ini.")).to_be_visible()
        await page.get_by_role("button", name="Tetap keluar").click()
        await page.wait_for_url("**/")
    await nothing_stays(page)


async def nothing_stays(page: Page) -> None:
    """Neither a page nor an act nor a word of who was here."""
    assert await page.evaluate("async () => (await caches.keys()).length") == 0
    assert await page.evaluate("async () => (await indexedDB.databases()).length") in (0, 1)
    assert await page.evaluate("() => localStorage.length") == 0


async def test_every_other_way_out_asks_and_forgets_like_the_tailors_own(handset: Handset, watch: Watch) -> None:
    maker = await tailors.sewing()
    page = await started(handset, maker, "/t/saya", f"{maker.job}/langkah/1")
    watch.bear(AWAY)  # whether the browser says so depends on where the page is by then
    await handset.here.route("**/langkah/1", lambda route: route.abort())
    await page.goto(f"{maker.job}/langkah/1")
    await page.get_by_role("button", name="Tandai selesai").click()
    await keeps(page, 1)
    await page.goto("/profil")
    this = page.get_by_role("listitem").filter(has_text="perangkat ini")
    await this.get_by_role("button", name="Keluarkan").click()
    await expect(this.get_by_text("Masih ada yang belum terkirim di HP ini.")).to_be_visible()
    await expect(this.get_by_role("button", name="Tetap keluar")).not_to_have_attribute("aria-busy", "true")
    await this.get_by_role("button", name="Tetap keluar").click()
    await page.wait_for_url("**/")
    await nothing_stays(page)


async def test_the_shops_own_code_page_makes_the_phone_forget_the_tailor_before(handset: Handset) -> None:
    maker = await tailors.sewing()
    page = await started(handset, maker, "/t", "/t/saya", maker.job)
    await handset.here.clear_cookies()
    await page.goto(await asked_for_a_code())
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tulis kode dari pesan")

    async def is_forgotten() -> bool:
        kept = [await page.evaluate(IN_CACHE, [path]) for path in ("/t", "/t/saya", maker.job)]
        return not any(kept)

    await until(is_forgotten)


async def asked_for_a_code() -> str:
    """The page on which somebody who orders on this phone writes the code of the message."""
    async with db.transaction() as session:
        [design] = await session.scalars(select(Design.id).where(Design.state == "published").limit(1))
        _, word = await begin_draft(session, design_id=design, answers={"phone": "+628123456799"}, account_id=None)
    return f"/pesan/{word}/kontak/kode"
