"""What an officer reaches without a mouse: the quick search, and the other roles of the same account."""

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from clothingline.accounts.models import Account, RoleHeld
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.orders.models import Order
from clothingline.pilot import cast as people
from tests.browser.devices import DESK
from tests.browser.visiting import Visitors, bound
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template

__all__ = ["database_name", "pilot_template", "story_template"]


async def office(visitors: Visitors, **options: object) -> Page:
    """The first page of the office."""
    page = await visitors.open(DESK, people.ADMIN, **options)
    await page.goto("/admin")
    return page


async def test_the_quick_search_opens_finds_and_leads_there_by_keys_alone(visitors: Visitors) -> None:
    async with db.transaction() as session:
        code = (await session.scalars(select(Order.code).where(Order.state == "placed"))).one()
    page = await office(visitors)
    await bound(page)
    await page.keyboard.press("Control+k")
    box = page.get_by_role("dialog", name="Buka cepat")
    await expect(box.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("rengganis")
    await expect(box.get_by_role("link", name="Kebaya Rengganis")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await expect(box.get_by_role("link").first).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(box.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.press("Control+a")
    await page.keyboard.type(code)
    await expect(box.get_by_role("link")).to_have_text([code])  # one link may be left of the words before, too
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/admin/pesanan/{code}")


async def test_the_quick_search_is_closed_by_escape_and_the_focus_is_where_it_was(visitors: Visitors) -> None:
    page = await office(visitors)
    await bound(page)
    place = page.get_by_role("link", name="Sertifikat").first
    await place.focus()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog", name="Buka cepat")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Buka cepat")).not_to_be_visible()
    await expect(place).to_be_focused()


async def test_a_slash_goes_to_the_search_and_is_a_letter_inside_it(visitors: Visitors) -> None:
    page = await office(visitors)
    await bound(page)
    await page.keyboard.press("/")
    search = page.get_by_role("search").get_by_role("searchbox")
    await expect(search).to_be_focused()
    await page.keyboard.type("a/b")
    await expect(search).to_have_value("a/b")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_an_account_with_two_roles_changes_over_by_keys_alone(visitors: Visitors, scripts: bool) -> None:
    page = await office(visitors, java_script_enabled=scripts)
    async with db.transaction() as session:
        account = (await session.scalars(select(Account.id).where(Account.name == people.ADMIN.name))).one()
        session.add(RoleHeld(account_id=account, role=Role.CONSUMER.value))
    await page.reload()
    summary = page.locator("details.profile summary")
    await summary.focus()
    await page.keyboard.press("Enter")
    roles = page.locator("details.profile li a")
    await expect(roles).to_have_text(["Pembeli", "Program"])
    await expect(roles.nth(1)).to_have_attribute("aria-current", "true")
    await page.keyboard.press("Tab")
    await expect(roles.first).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/pesanan")
    await page.goto("/admin")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def test_an_account_with_one_role_is_offered_no_other(visitors: Visitors) -> None:
    page = await office(visitors)
    await page.locator("details.profile summary").click()
    await expect(page.get_by_text("Pindah peran")).to_have_count(0)
