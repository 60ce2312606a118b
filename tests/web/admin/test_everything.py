"""Every page of the office: it answers, with nothing and with a story behind it, and only whom it is for."""

import pytest
from sqlalchemy import select

from clothingline import pages as all_pages
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.ledger.models import LedgerTransaction
from clothingline.office.booked import BOOKED
from clothingline.pilot import cast as people
from tests.browser.examples import NO_PAGES
from tests.story_fixture import database_name, story_template
from tests.web.admin.conftest import Seat
from tests.web.desk import Desk

__all__ = ["database_name", "story_template"]

PLAIN = sorted(
    path for path in all_pages.readable() if path.startswith("/admin") and "{" not in path and path not in NO_PAGES
)
TO_ACT = {"/admin/uang/koreksi/baru"}
OUTSIDERS = (people.RINA, people.SITI, people.KEBAYA_OWNER, people.CLOTH_SELLER)


@pytest.mark.parametrize("path", PLAIN)
async def test_an_officer_reads_it(wahyu: Desk, path: str) -> None:
    await wahyu.page(path)


@pytest.mark.parametrize("path", PLAIN)
async def test_an_auditor_reads_it_unless_it_is_only_to_act(retno: Desk, path: str) -> None:
    await retno.page(path, 403 if path in TO_ACT else 200)


@pytest.mark.parametrize("path", PLAIN)
async def test_a_field_officer_reads_what_the_policy_opens(dian: Desk, path: str) -> None:
    is_open = Role.FIELD_OFFICER in all_pages.readable()[path].grants
    await dian.page(path, 200 if is_open else 403)


@pytest.mark.parametrize("path", PLAIN)
async def test_nobody_else_comes_in(seat: Seat, path: str) -> None:
    for who in OUTSIDERS:
        await (await seat(who)).page(path, 403)


@pytest.mark.parametrize("path", [path for path in PLAIN if path not in TO_ACT])
async def test_an_auditor_is_offered_no_decision(retno: Desk, path: str) -> None:
    main = (await retno.page(path)).partition("<main")[2].partition("</main>")[0]
    assert 'method="post"' not in main


async def test_everything_that_a_story_books_is_said_in_words(wahyu: Desk) -> None:
    async with db.transaction() as session:
        pairs = await session.execute(select(LedgerTransaction.source_type, LedgerTransaction.kind).distinct())
        found = {f"{source}.{kind}" for source, kind in pairs}
    assert found
    assert found <= BOOKED.keys()
