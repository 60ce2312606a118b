"""Workshops that want to join: an officer reads what they have answered, takes them in or says why not."""

import pytest
from sqlalchemy import select

from clothingline.accounts.models import Account, Organisation
from clothingline.joining.models import APPLICATION, TailorApplication
from clothingline.kit import db, ids, states
from clothingline.pilot import cast as people
from clothingline.pilot.cast import Person
from clothingline.tailors.models import Tailor
from tests.web.admin.conftest import Seat
from tests.web.desk import Desk, words_of

HOME = "/admin/pendaftaran"


@pytest.fixture
async def nining(database: db.Database) -> TailorApplication:
    """Somebody who has answered everything and handed in."""
    async with db.transaction() as session:
        organisation = Organisation(kind="tailor", name="Nining Yuningsih")
        session.add(organisation)
        await session.flush()
        account = (await session.scalars(select(Account.id).order_by(Account.id).limit(1))).one()
        row = TailorApplication(id=organisation.id, account_id=account, regency_code="32.73", state="draft")
        row.garments, row.machines = ["kemeja"], ["lockstitch"]
        row.weekly_pieces, row.weekdays, row.skipped = 12, [1, 2, 3, 4, 5], []
        session.add(row)
        await session.flush()
        await states.move(session, APPLICATION, TailorApplication, "submit", TailorApplication.id == row.id, by=account)
    return row


def path_of(row: TailorApplication, act: str) -> str:
    return f"{HOME}/{ids.show('apl', row.id)}/{act}"


async def state_of(row: TailorApplication) -> tuple[str, str | None, bool]:
    """Its state, the reason, and whether the workshop is a tailor."""
    async with db.transaction() as session:
        kept = await session.get_one(TailorApplication, row.id)
        return kept.state, kept.reason, await session.get(Tailor, row.id) is not None


async def test_the_queue_counts_them_and_the_page_says_what_they_have_answered(
    wahyu: Desk, nining: TailorApplication
) -> None:
    assert "Pendaftaran menunggu keputusan" in words_of(await wahyu.page("/admin"))
    said = words_of(await wahyu.page(HOME))
    assert all(word in said for word in ("Nining Yuningsih", "Kemeja", "Bandung"))


async def test_whoever_is_taken_in_is_a_tailor_from_then_on(wahyu: Desk, nining: TailorApplication) -> None:
    path = path_of(nining, "terima")
    said = words_of(await wahyu.follow(await wahyu.send(path, on=HOME, kind="workshop")))
    assert await state_of(nining) == ("admitted", None, True)
    assert "Tidak ada pendaftaran yang menunggu." in said


async def test_whoever_is_not_reads_why(wahyu: Desk, nining: TailorApplication) -> None:
    await wahyu.follow(await wahyu.send(path_of(nining, "tolak"), on=HOME, reason="Kuota angkatan ini sudah penuh"))
    assert await state_of(nining) == ("refused", "Kuota angkatan ini sudah penuh", False)


async def test_what_lacks_something_that_work_needs_cannot_be_taken_in(wahyu: Desk, nining: TailorApplication) -> None:
    async with db.transaction() as session:
        (await session.get_one(TailorApplication, nining.id)).machines = []
    page = await wahyu.page(HOME)
    assert "Masih kurang: Mesin." in words_of(page)
    assert path_of(nining, "terima") not in page


@pytest.mark.parametrize("who", [people.FIELD_OFFICER, people.AUDITOR])
async def test_who_may_only_look_decides_nothing(seat: Seat, nining: TailorApplication, who: Person) -> None:
    page = await (await seat(who)).page(HOME)
    assert "Nining Yuningsih" in words_of(page)
    assert path_of(nining, "tolak") not in page
