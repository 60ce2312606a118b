"""What somebody does on the way to an order, in taps and inputs."""

import re

from playwright.async_api import Page, expect
from sqlalchemy import select

from clothingline.accounts.models import Account
from clothingline.accounts.secrets import phone_number
from clothingline.kit import db
from clothingline.orders.models import Order
from clothingline.pilot.cast import Person
from tests.browser.budgets import Budget
from tests.browser.serving import Site

SHIRT = "Kemeja Formal Lengan Panjang"
BODY = {
    "Berapa lingkar leher?": "38",
    "Berapa lingkar dada?": "96,5",
    "Berapa lingkar pinggang?": "54",
    "Berapa jarak ujung bahu kiri ke ujung bahu kanan?": "44",
    "Berapa panjang lengan?": "60 cm",
    "Berapa panjang baju?": "28 inci",
    "Berapa lingkar pergelangan tangan?": "17",
}
ODD, IN_INCHES = "Berapa lingkar pinggang?", "Berapa panjang baju?"


async def choose_design(budget: Budget, name: str) -> None:
    """From the first page to the first question."""
    await budget.page.goto("/")
    await budget.follow("Mulai pesan")
    await budget.follow(re.compile(name))
    await budget.tap("Pesan desain ini")


async def say_when_and_where(budget: Budget, place: str = "Kota Bandung") -> None:
    """No hurry, and a town."""
    await budget.choose("Tidak terburu-buru Biasanya paling hemat.")
    await budget.fill("Kota atau kabupaten tujuan", place)
    await budget.tap("Lanjut")


async def say_who(budget: Budget, phone: str = "0812-3456-7899") -> None:
    """Name and number; nothing of this was asked before."""
    await budget.fill("Nama Anda", "Ani Wulandari")
    await budget.fill("Nomor WhatsApp", phone)
    await budget.tap("Kirim kode")


async def enter_code(site: Site, budget: Budget) -> None:
    """The code of the message."""
    await site.settle()
    code = re.search(r"\d{6}", site.messages.sent[-1][1])
    assert code
    await budget.fill("Kode 6 angka", code[0])
    await budget.tap("Lanjut")


async def say_who_and_where(site: Site, budget: Budget) -> None:
    """From the plan to the summary, for somebody new."""
    await say_who(budget)
    await enter_code(site, budget)
    await budget.fill("Alamat lengkap", "Jl. Cihampelas 12, Cipaganti, Coblong")
    await budget.tap("Lanjut")


async def say_measures(budget: Budget) -> None:
    """All of a shirt, each beside its drawing; what is odd or in inches is asked back."""
    page = budget.page
    for question, size in BODY.items():
        await expect(page.get_by_role("heading", level=1)).to_have_text(question)
        await expect(page.get_by_role("img", name=question)).to_be_visible()
        await budget.fill("Hasil ukur", size)
        await budget.tap("Simpan dan lanjut")
        if question in (ODD, IN_INCHES):
            await expect(page.get_by_role("heading", level=1)).to_contain_text("54" if question == ODD else "71,1")
            await budget.tap("Ya, benar")


async def pay(site: Site, budget: Budget) -> None:
    """At the provider's own page."""
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


async def newest_order(who: Person) -> str:
    """The code of the newest order of somebody."""
    query = select(Order.code).join(Account, Account.id == Order.consumer_id)
    mine = query.where(Account.phone == phone_number(who.phone)).order_by(Order.id.desc()).limit(1)
    async with db.transaction() as session:
        return (await session.scalars(mine)).one()
