"""T20 in a real browser: an officer reads why, and overrules with a reason; the chain of the books stays whole."""

from typing import Any

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from clothingline.kit import db
from clothingline.office import machines
from clothingline.orders.models import Order
from clothingline.pilot import cast as people
from clothingline.routing.models import Offer
from tests.browser.budgets import Budget
from tests.browser.devices import DESK
from tests.browser.visiting import Visitors
from tests.story_fixture import database_name

__all__ = ["database_name"]

REASON = "Mesin obras bengkel ini rusak sejak kemarin, kata pendamping"


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"])
async def test_an_officer_explains_and_overrules_a_match_in_four_taps(
    visitors: Visitors, options: dict[str, Any]
) -> None:
    """T20."""
    async with db.transaction() as session:
        code = (await session.scalars(select(Order.code).where(Order.state == "placed"))).one()
    page = await visitors.open(DESK, people.ADMIN, **options)
    budget = Budget(page)
    await page.goto("/admin/cocok")
    await budget.follow(code)
    await expect(page.locator(".lead")).to_contain_text("Dipilih dari")
    await budget.tap_on(page.locator("#alihkan summary"))
    chosen = await page.locator("#f-offer option").nth(1).inner_text()
    await budget.select("Tawaran siapa?", chosen)
    await budget.fill("Alasan", REASON)
    await budget.tap("Ya, alihkan")
    await expect(page.get_by_role("status")).to_contain_text("Tawaran dialihkan")
    budget.within(taps=4, inputs=2)
    async with db.transaction() as session:
        kept = (await session.scalars(select(Offer).where(Offer.reason == REASON))).one()
        chain = await machines.chain_of(session)
    assert kept.state == "withdrawn"
    assert chain.place > 0
    assert chain.broken_at is None
