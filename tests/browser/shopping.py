"""What somebody does on the way to an order, in taps and inputs."""

import re

from playwright.async_api import Page
from sqlalchemy import select

from clothingline.accounts.models import Account
from clothingline.accounts.secrets import phone_number
from clothingline.kit import db
from clothingline.orders.models import Order
from clothingline.pilot.cast import Person
from tests.browser.budgets import Budget
from tests.browser.serving import Site


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
