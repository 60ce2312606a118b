"""Ordering on a phone, from the first page to the money: what it may cost in taps and typing, and what it keeps."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.serving import Site
from tests.browser.visiting import Visitors

SHIRT, KEBAYA = "Kemeja Formal Lengan Panjang", "Kebaya Encim Brokat"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
async def shopper(visitors: Visitors, request: pytest.FixtureRequest) -> Page:
    """Somebody new with a phone, whether or not it runs scripts."""
    return await visitors.open(PHONE, java_script_enabled=request.param)


async def choose_design(budget: Budget, name: str) -> None:
    """From the first page to the first question."""
    await budget.page.goto("/")
    await budget.follow("Mulai pesan")
    await budget.follow(re.compile(name))
    await budget.tap("Pesan desain ini")


async def say_when_and_where(budget: Budget, place: str = "Kota Bandung") -> None:
    await budget.choose("Tidak terburu-buru Biasanya paling hemat.")
    await budget.fill("Kota atau kabupaten tujuan", place)
    await budget.tap("Lanjut")


async def say_who(site: Site, budget: Budget, phone: str = "0812-3456-7899") -> None:
    """Name and number, then the code of the message; nothing of this was asked before."""
    await budget.fill("Nama Anda", "Ani Wulandari")
    await budget.fill("Nomor WhatsApp", phone)
    await budget.tap("Kirim kode")
    await site.settle()
    code = re.search(r"\d{6}", site.messages.sent[-1][1])
    assert code
    await budget.fill("Kode 6 angka", code[0])
    await budget.tap("Lanjut")


async def pay(site: Site, budget: Budget) -> None:
    """At the provider's own page, which leads back."""
    await site.settle()
    await budget.page.reload()
    await budget.follow("Bayar sekarang")
    await budget.tap_on(budget.page.locator("form button").first)
    await site.settle()


async def come_back(page: Page) -> str:
    """By the way that the provider was told, on the address of this test; the order's code."""
    back = await page.get_by_role("link", name="Kembali ke toko").get_attribute("href")
    code = re.search(r"CL-\d{4}-\d{4}", back or "")
    assert code
    await page.goto(f"/pesan/{code[0]}/selesai")
    return code[0]


async def test_a_first_order_in_a_ready_size_takes_at_most_16_taps_and_12_inputs(site: Site, shopper: Page) -> None:
    budget = Budget(shopper)
    await choose_design(budget, SHIRT)
    await budget.tap("Lanjut")
    await budget.tap("Lanjut")
    await budget.choose("M")
    await budget.tap("Lanjut")
    await budget.tap("Belum tahu")
    await say_when_and_where(budget)
    assert await shopper.context.cookies() == []
    price = await shopper.locator(".plan .money").first.inner_text()
    await budget.tap_on(shopper.get_by_role("button", name="Pilih rencana ini").first)
    await say_who(site, budget)
    await budget.fill("Alamat lengkap", "Jl. Cihampelas 12, Cipaganti, Coblong")
    await budget.tap("Lanjut")
    await expect(shopper.get_by_text(price)).to_be_visible()
    await budget.tap("Setuju dan lanjut bayar")
    await pay(site, budget)
    budget.within(taps=16, inputs=12)
    code = await come_back(shopper)
    await expect(shopper.get_by_role("heading", level=1)).to_have_text("Pesanan Anda diterima")
    await expect(shopper.get_by_text(code, exact=True)).to_be_visible()
