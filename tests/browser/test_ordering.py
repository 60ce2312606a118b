"""Ordering on a phone, from the first page to the money: what it may cost in taps and typing, and what it keeps."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.serving import Site
from tests.browser.shopping import (
    SHIRT,
    choose_design,
    come_back,
    pay,
    say_measures,
    say_when_and_where,
    say_who_and_where,
)
from tests.browser.visiting import Visitors


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
async def shopper(visitors: Visitors, request: pytest.FixtureRequest) -> Page:
    """Somebody new with a phone, whether or not it runs scripts."""
    return await visitors.open(PHONE, java_script_enabled=request.param)


async def test_a_first_order_in_a_ready_size_takes_at_most_16_taps_and_12_inputs(site: Site, shopper: Page) -> None:
    budget = Budget(shopper)
    await choose_design(budget, SHIRT)
    await budget.tap("Lanjut")
    await budget.tap("Lanjut")
    await budget.choose("M")
    await budget.tap("Lanjut")
    await budget.tap("Belum tahu")
    await say_when_and_where(budget)
    assert await shopper.context.cookies() == []  # nobody had to say who they are
    price = await shopper.locator(".plan .money").first.inner_text()
    await budget.tap_on(shopper.get_by_role("button", name="Pilih rencana ini").first)
    await say_who_and_where(site, budget)
    await expect(shopper.get_by_text(price)).to_be_visible()
    await budget.tap("Setuju dan lanjut bayar")
    await pay(site, budget)
    budget.within(taps=16, inputs=12)
    code = await come_back(shopper)
    await expect(shopper.get_by_role("heading", level=1)).to_have_text("Pesanan Anda diterima")
    await expect(shopper.get_by_text(code, exact=True)).to_be_visible()


async def test_seven_measures_of_ones_own_take_at_most_24_taps_and_19_inputs(site: Site, shopper: Page) -> None:
    budget = Budget(shopper)
    await choose_design(budget, SHIRT)
    await budget.tap("Lanjut")
    await budget.tap("Lanjut")
    await budget.choose("Ukur sendiri 7 ukuran, ± 6 menit. Paling pas.")
    await budget.tap("Lanjut")
    await budget.choose("Laki-laki")
    await budget.choose("Ya, saya setuju")
    await budget.tap("Lanjut")
    await say_measures(budget)
    await shopper.get_by_role("link", name="Kembali").click()
    await expect(shopper.locator("output.echo")).to_have_text("17 cm")
    await expect(shopper.get_by_label("Hasil ukur")).to_have_value("17")
    await shopper.go_back()
    await budget.tap("Belum tahu")
    await say_when_and_where(budget)
    await budget.tap_on(shopper.get_by_role("button", name="Pilih rencana ini").first)
    await say_who_and_where(site, budget)
    await budget.tap("Setuju dan lanjut bayar")
    budget.within(taps=24, inputs=19)
    await expect(shopper.get_by_role("heading", level=1)).to_contain_text("Bayar CL-")
