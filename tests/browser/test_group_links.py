"""One link for thirty: what it costs whoever arranges it, and what it costs each member, in taps and typing."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.measuring import fits
from tests.browser.serving import Site
from tests.browser.shopping import SHIRT, choose_design, say_measures, say_when_and_where, say_who_and_where
from tests.browser.visiting import Visitors

THANKS = "Terima kasih, isian Anda tersimpan"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the phones run scripts."""
    return bool(request.param)


async def make_link(page: Page) -> tuple[Budget, str]:
    """From the first page to a link for thirty; what it cost, and the link's path."""
    budget = Budget(page)
    await choose_design(budget, SHIRT)
    await budget.choose("12 potong atau lebih Seragam dan acara.")
    await budget.tap("Lanjut")
    await budget.tap("Lanjut")
    await budget.follow("Bagikan satu tautan: tiap orang mengisi ukurannya sendiri")
    await budget.fill("Berapa orang?", "30")
    await budget.fill("Nama acara atau kelompok", "Seragam 6B")
    await budget.tap("Buat tautan")
    link = await page.locator(".link code").inner_text()
    return budget, link[link.index("/k/") :]


async def test_a_link_for_thirty_takes_at_most_8_taps_and_8_inputs(visitors: Visitors, scripts: bool) -> None:
    page = await visitors.open(PHONE, java_script_enabled=scripts)
    budget, link = await make_link(page)
    budget.within(taps=8, inputs=8)
    assert {one["name"] for one in await page.context.cookies()} <= {"pesan"}
    await expect(page.get_by_text("0 dari 30 sudah mengisi")).to_be_visible()
    shared = await page.get_by_role("link", name="Bagikan lewat WhatsApp").get_attribute("href")
    assert link in (shared or "").replace("%2F", "/")


async def test_members_say_their_size_in_at_most_9_inputs_without_signing_in(
    site: Site, visitors: Visitors, scripts: bool
) -> None:
    arranging = await visitors.open(PHONE, java_script_enabled=scripts)
    _, link = await make_link(arranging)
    quick = Budget(await visitors.open(PHONE, java_script_enabled=scripts))
    await quick.page.goto(link)
    await quick.fill("Nama Anda", "Budi Santoso")
    await quick.tap("Lanjut")
    await quick.choose("L")
    await quick.tap("Lanjut")
    await expect(quick.page.get_by_role("heading", level=1)).to_have_text(THANKS)
    quick.within(taps=2, inputs=2)
    exact = await measure(Budget(await visitors.open(PHONE, java_script_enabled=scripts)), link)
    exact.within(taps=12, inputs=9)
    await arranging.reload()
    await expect(arranging.get_by_text("2 dari 30 sudah mengisi")).to_be_visible()
    await expect(arranging.get_by_role("row", name="Siti 🧵")).to_contain_text("ukuran badan, lengkap")
    await go_to_the_money(site, Budget(arranging))


async def measure(budget: Budget, link: str) -> Budget:
    """Name, own measures, done."""
    await budget.page.goto(link)
    await budget.fill("Nama Anda", 'Siti 🧵 "Itoh"')
    await budget.tap("Lanjut")
    await budget.choose("Laki-laki")
    await budget.tap("Lanjut")
    await budget.tap("Ya, saya setuju")
    await say_measures(budget)
    await expect(budget.page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert {one["name"] for one in await budget.page.context.cookies()} <= {"isian"}
    return budget


async def go_to_the_money(site: Site, budget: Budget) -> None:
    """With the sizes that are known to the payment."""
    page = budget.page
    await budget.tap(re.compile("Lanjut dengan 2 potong"))
    await budget.tap("Belum tahu")
    await say_when_and_where(budget)
    await budget.tap_on(page.get_by_role("button", name="Pilih rencana ini").first)
    await say_who_and_where(site, budget)
    await expect(page.get_by_text(re.compile("L\\s×\\s1, ukuran badan\\s×\\s1"))).to_be_visible()
    await budget.tap("Setuju dan lanjut bayar")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Bayar CL-")


async def test_long_and_foreign_names_do_not_break_the_page(visitors: Visitors) -> None:
    arranging = await visitors.open(PHONE)
    _, link = await make_link(arranging)
    for name in ("W" * 60, "محمد عبد الله الأندونيسي", "<b>Siti</b> & 'O'"):
        member = await visitors.open(PHONE)
        await member.goto(link)
        await member.get_by_label("Nama Anda").fill(name)
        await member.get_by_role("button", name="Lanjut").click()
        await member.get_by_label("M", exact=True).check()
        await member.get_by_role("button", name="Lanjut").click()
        await expect(member.get_by_role("heading", level=1)).to_have_text(THANKS)
        await fits(member)
    await arranging.reload()
    await fits(arranging)
    await expect(arranging.get_by_role("rowheader", name="<b>Siti</b> & 'O'")).to_be_visible()
