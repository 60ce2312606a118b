"""Whoever has ordered before is asked for nothing that is known: size, address, cloth."""

import re

from playwright.async_api import expect

from clothingline.pilot import cast
from tests.browser.axe import axe
from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.serving import Site
from tests.browser.shopping import newest_order, pay
from tests.browser.visiting import Visitors
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template

__all__ = ["database_name", "pilot_template", "story_template"]
CALM = "Tidak terburu-buru Biasanya paling hemat."


async def test_the_same_once_more_takes_at_most_8_taps_and_5_inputs(site: Site, visitors: Visitors) -> None:
    rina = await visitors.open(PHONE, cast.RINA)
    budget = Budget(rina)
    await rina.goto(f"/pesan/{await newest_order(cast.RINA)}/selesai")
    await budget.tap("Pesan lagi seperti ini")
    await expect(rina.get_by_label("Kota atau kabupaten tujuan")).to_have_value("Kota Bandung")
    await budget.choose(CALM)
    await budget.tap("Lanjut")
    await budget.tap_on(rina.get_by_role("button", name="Pilih rencana ini").first)
    await expect(rina.get_by_text("Jl. Cihampelas 12")).to_be_visible()
    await expect(rina.get_by_text("Ukuran badan yang tersimpan")).to_be_visible()
    await budget.tap("Setuju dan lanjut bayar")
    await pay(site, budget)
    budget.within(taps=8, inputs=5)
    await expect(rina.get_by_text("Sudah dibayar")).to_be_visible()


async def test_another_design_in_a_saved_size_asks_neither_who_nor_where(site: Site, visitors: Visitors) -> None:
    rina = await visitors.open(PHONE, cast.RINA)
    budget = Budget(rina)
    await rina.goto("/desain/kebaya-kutubaru-brokat")
    await budget.tap("Pesan desain ini")
    await budget.tap("Lanjut")
    await budget.tap("Lanjut")
    await budget.choose(re.compile("Ukuran tersimpan"))
    await budget.tap("Lanjut")
    await budget.tap("Belum tahu")
    await budget.choose(CALM)
    await budget.tap("Lanjut")
    await budget.tap_on(rina.get_by_role("button", name="Pilih rencana ini").first)
    await budget.tap("Setuju dan lanjut bayar")
    budget.within(taps=8, inputs=5)
    await expect(rina.get_by_role("heading", level=1)).to_contain_text("Bayar CL-")


async def test_the_page_of_a_payment_bars_nobody_and_goes_on_by_itself(site: Site, visitors: Visitors) -> None:
    rina = await visitors.open(PHONE, cast.RINA)
    budget = Budget(rina)
    await rina.goto(f"/pesan/{await newest_order(cast.RINA)}/selesai")
    await axe(rina)
    await budget.tap("Pesan lagi seperti ini")
    await budget.choose(CALM)
    await budget.tap("Lanjut")
    await budget.tap_on(rina.get_by_role("button", name="Pilih rencana ini").first)
    await axe(rina)
    await budget.tap("Setuju dan lanjut bayar")
    await axe(rina)
    await site.settle()
    button = rina.get_by_role("link", name="Bayar sekarang")
    await expect(button).to_be_visible(timeout=20_000)
    await axe(rina)
    charge = (await button.get_attribute("href") or "").rpartition("/")[2]
    await site.provider.pay(charge)
    await site.settle()
    await expect(rina.get_by_role("heading", level=1)).to_have_text("Pesanan Anda diterima", timeout=30_000)
