"""The tasks of programme officers (T18 …), at a desk, each within its budget."""

from typing import Any

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from clothingline.certification.models import Certificate
from clothingline.kit import db
from clothingline.pilot import cast as people
from tests.browser.budgets import Budget
from tests.browser.devices import DESK
from tests.browser.visiting import Visitors

WITH_AND_WITHOUT = pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"]
)


async def waiting() -> Certificate:
    """What waits for an officer."""
    async with db.transaction() as session:
        return (await session.scalars(select(Certificate).where(Certificate.state == "uploaded"))).one()


async def now_of(one: Certificate) -> Certificate:
    """The same certificate as it stands now."""
    async with db.transaction() as session:
        return await session.get_one(Certificate, one.id)


@WITH_AND_WITHOUT
async def test_an_officer_verifies_a_certificate_in_three_taps(visitors: Visitors, options: dict[str, Any]) -> None:
    """T18."""
    asked = await waiting()
    page = await visitors.open(DESK, people.ADMIN, **options)
    budget = Budget(page)
    await page.goto("/admin/sertifikat")
    await budget.follow(asked.holder)
    await budget.fill("Di mana dan bagaimana Anda mencocokkannya?", "Situs BNSP, 2 Juni 2026, nama cocok")
    await budget.tap("Sah")
    await expect(page.get_by_role("status")).to_contain_text("Penjahit langsung bisa mendapat tawaran")
    budget.within(taps=3, inputs=1)
    assert (await now_of(asked)).state == "active"


@WITH_AND_WITHOUT
async def test_an_officer_refuses_with_a_reason_from_the_list(visitors: Visitors, options: dict[str, Any]) -> None:
    """T18: the reason is a template, nothing is typed."""
    asked = await waiting()
    page = await visitors.open(DESK, people.ADMIN, **options)
    budget = Budget(page)
    await page.goto("/admin/sertifikat")
    await budget.follow(asked.holder)
    await budget.tap_on(page.locator("summary", has_text="Tolak"))
    await budget.select("Alasan", "Nama di sertifikat berbeda dengan nama akun")
    await budget.tap("Ya, tolak")
    await expect(page.get_by_role("status")).to_contain_text("ditolak")
    budget.within(taps=3, inputs=1)
    kept = await now_of(asked)
    assert (kept.state, kept.reason) == ("refused", "Nama di sertifikat berbeda dengan nama akun")


async def test_the_keys_a_and_n_decide_and_go_on(visitors: Visitors) -> None:
    asked = await waiting()
    page = await visitors.open(DESK, people.ADMIN)
    await page.goto("/admin/sertifikat")
    await page.get_by_role("link", name=asked.holder).click()
    await page.get_by_label("Di mana dan bagaimana").fill("Situs BNSP, nama cocok")
    await page.get_by_role("heading", level=1).click()
    await page.keyboard.press("a")
    await expect(page.get_by_role("status")).to_contain_text("sah.")
    assert (await now_of(asked)).state == "active"
