"""What a tailor does with the phone: the task scripts of the specification, with their budgets of taps and inputs."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.events import Event
from clothingline.production.models import Job, JobProblem, Photo, Submission
from clothingline.routing.models import Offer
from clothingline.tailors.models import TailorDayOff
from clothingline.web.written import filters
from tests.browser import tailors
from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.measuring import in_first_view
from tests.browser.tailors import Maker
from tests.browser.traffic import TAILOR, bytes_of
from tests.browser.visiting import Visitors
from tests.browser.waiting import IN_CACHE, until
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template

__all__ = ["database_name", "pilot_template", "story_template"]

both = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


async def phone_of(visitors: Visitors, maker: Maker, *, scripts: bool = True) -> Page:
    """The phone of a tailor, at no address yet."""
    page = await visitors.open(PHONE, java_script_enabled=scripts)
    await maker.sign_in(page.context, visitors.site)
    return page


async def state_of(maker: Maker) -> str:
    """Where the offer stands."""
    async with db.transaction() as session:
        return (await session.get_one(Offer, maker.subject)).state


async def happened(*names: str) -> list[str]:
    """Names of these events, oldest first."""
    async with db.transaction() as session:
        rows = await session.scalars(select(Event.name).where(Event.name.in_(names)).order_by(Event.seq))
        return list(rows)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photo as a phone takes it: large, and with a place in it."""
    path = tmp_path / "foto.jpg"
    cloth = Image.radial_gradient("L").resize((2400, 1800)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "RAHASIA-PABRIK"
    cloth.save(path, quality=95, exif=exif)
    return path


@both
async def test_a_tailor_accepts_an_offer_in_two_taps_and_takes_it_back(visitors: Visitors, scripts: bool) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker, scripts=scripts)
    before = len(await happened("OfferAccepted"))
    await page.goto(maker.offer)
    assert await in_first_view(page.get_by_role("button", name="Ya, saya sanggup"))
    budget = Budget(page)
    await budget.tap("Ya, saya sanggup")
    await expect(page.get_by_text("Anda berjanji:")).to_be_visible()
    await budget.tap("Ya, terima")
    await expect(page.get_by_role("status").filter(has_text="Pekerjaan masuk ke Kalender")).to_be_visible()
    budget.within(2, 0)
    assert await state_of(maker) == "accepted"
    assert len(await happened("OfferAccepted")) == before + 1
    await page.get_by_role("button", name="Urungkan").first.click()
    await expect(page.get_by_text("Tawaran masih bisa dijawab")).to_be_visible()
    assert await state_of(maker) == "seen"


async def test_a_tailor_accepts_from_today_in_three_taps(visitors: Visitors) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker)
    await page.goto("/t")
    budget = Budget(page)
    await budget.tap_on(page.locator(f'a[href="{maker.offer}"]'))
    await budget.tap("Ya, saya sanggup")
    await budget.tap("Ya, terima")
    await expect(page.get_by_text("Pekerjaan masuk ke Kalender")).to_be_visible()
    budget.within(3, 0)


async def test_the_first_tap_can_be_taken_back_without_a_word_to_anybody(visitors: Visitors) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker)
    await page.goto(maker.offer)
    await page.get_by_role("button", name="Ya, saya sanggup").click()
    await page.get_by_role("link", name="Kembali").last.click()
    await expect(page.get_by_role("button", name="Ya, saya sanggup")).to_be_visible()
    assert await state_of(maker) == "seen"


@both
async def test_a_tailor_declines_with_a_reason_in_two_taps(visitors: Visitors, scripts: bool) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker, scripts=scripts)
    await page.goto(maker.offer)
    budget = Budget(page)
    await budget.follow("Tidak bisa")
    await budget.choose("Sedang penuh")
    await budget.tap("Kirim jawaban")
    await expect(page.get_by_text("Tidak apa-apa. Nilai Anda tidak berubah.")).to_be_visible()
    budget.within(2, 1)
    async with db.transaction() as session:
        offer = await session.get_one(Offer, maker.subject)
        assert (offer.state, offer.reason) == ("declined", "Sedang penuh")


async def test_a_step_is_done_with_a_photo_that_was_made_small_and_says_no_place(
    visitors: Visitors, picture: Path
) -> None:
    maker = await tailors.sewing()
    page = await phone_of(visitors, maker)
    for number in (1, 2):
        await page.goto(f"{maker.job}/langkah/{number}")
        await page.get_by_role("button", name="Tandai selesai").click()
        await page.wait_for_url(f"**{maker.job}")
    bodies: list[bytes] = []
    page.on("request", lambda one: bodies.append(one.post_data_buffer or b"") if one.method == "POST" else None)
    budget = Budget(page)
    await budget.follow("Foto & tandai selesai")
    await budget.attach("Foto pekerjaan", picture)
    await budget.tap("Kirim")
    await expect(page.get_by_text("Terkirim. Merek akan memeriksa.")).to_be_visible()
    budget.within(3, 1)
    assert max(map(len, bodies)) < 152_000
    assert not [body for body in bodies if b"RAHASIA-PABRIK" in body]
    async with db.transaction() as session:
        [photo] = await session.scalars(select(Photo).where(Photo.job_id == maker.subject))
        [said] = await session.scalars(select(Submission).where(Submission.job_id == maker.subject))
    assert max(photo.width, photo.height) == 1280
    assert (said.good, said.faulty, said.photo_ids) == (12, 0, [photo.id])
    assert said.captured_at is not None


NEWER = """
async () => {
  document.querySelector("main").id = "lama";
  navigator.serviceWorker.dispatchEvent(new MessageEvent("message", { data: { newer: location.pathname } }));
  for (let turn = 0; turn < 20; turn += 1) await caches.match(location.href);
}
"""


async def test_a_photo_that_was_chosen_stays_when_a_newer_copy_of_the_page_comes(
    visitors: Visitors, picture: Path
) -> None:
    maker = await tailors.sewing()
    page = await phone_of(visitors, maker)
    for number in (1, 2):
        await page.goto(f"{maker.job}/langkah/{number}")
        await page.get_by_role("button", name="Tandai selesai").click()
        await page.wait_for_url(f"**{maker.job}")
    await page.goto(f"{maker.job}/langkah/3")
    await until(lambda: page.evaluate(IN_CACHE, [f"{maker.job}/langkah/3"]))
    await page.evaluate(NEWER)
    await expect(page.locator("#lama")).to_have_count(0)
    await page.get_by_label("Foto pekerjaan").set_input_files(picture)
    await page.evaluate(NEWER)
    await expect(page.locator("#lama")).to_have_count(1)
    await page.get_by_role("button", name="Kirim").click()
    await expect(page.get_by_text("Terkirim. Merek akan memeriksa.")).to_be_visible()


async def test_a_tailor_sees_when_the_money_comes_with_one_tap(visitors: Visitors) -> None:
    maker = await tailors.to_be_paid(visitors.site)
    page = await phone_of(visitors, maker)
    await page.goto("/t")
    budget = Budget(page)
    await budget.follow("Uang")
    budget.within(1, 0)
    money = page.locator(".money")
    assert await in_first_view(money)
    await expect(money).to_contain_text("Rp")
    await expect(money).to_contain_text("dikirim")


@both
async def test_a_day_is_made_full_in_one_tap_and_free_again(visitors: Visitors, scripts: bool) -> None:
    maker = await tailors.asked()
    page = await phone_of(visitors, maker, scripts=scripts)
    async with db.transaction() as session:
        today = local_date(await business_now(session))
    thursday = today + timedelta(days=(3 - today.weekday()) % 7 or 7)
    await page.goto("/t/kalender")
    budget = Budget(page)
    await budget.tap(f"Jadikan penuh {filters('id')['day'](thursday)}")
    await expect(page.get_by_text("Hari itu sekarang penuh.")).to_be_visible()
    budget.within(2, 1)
    assert await is_off(maker, thursday)
    await page.get_by_role("button", name="Urungkan").click()
    await expect(page.get_by_text("Hari itu sekarang kosong.")).to_be_visible()
    assert not await is_off(maker, thursday)


async def is_off(maker: Maker, day: object) -> bool:
    """Whether the tailor has said that this day is full."""
    async with db.transaction() as session:
        return await session.get(TailorDayOff, (maker.tailor, day)) is not None


async def test_missing_cloth_is_reported_without_typing(visitors: Visitors) -> None:
    maker = await tailors.sewing()
    page = await phone_of(visitors, maker)
    await page.goto(f"{maker.job}/langkah/1")
    await page.get_by_role("button", name="Tandai selesai").click()
    await page.wait_for_url(f"**{maker.job}")
    budget = Budget(page)
    await budget.follow("Ada masalah")
    await budget.choose("Bahan kurang")
    await budget.tap("Beri tahu merek")
    await expect(page.get_by_text("Merek sudah diberi tahu.")).to_be_visible()
    budget.within(3, 1)
    async with db.transaction() as session:
        [problem] = await session.scalars(select(JobProblem).where(JobProblem.job_id == maker.subject))
        job = await session.get_one(Job, maker.subject)
    assert (problem.kind, problem.note, job.state) == ("cloth", "Bahan kurang", "blocked")


async def test_today_and_an_offer_are_light(visitors: Visitors) -> None:
    maker = await tailors.asked()
    for path in ("/t", maker.offer):
        page = await phone_of(visitors, maker)
        async with bytes_of(page) as traffic:
            await page.goto(path, wait_until="networkidle")
        traffic.check(TAILOR)
        assert traffic.total < 48_000
