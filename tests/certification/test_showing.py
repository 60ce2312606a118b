"""A certificate in photos: what can be read, who reads it, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.accounts.service import open_account
from clothingline.certification import queries, service, shown_queries
from clothingline.certification.errors import NumberTaken, ShownNotFound, ShownNotWaiting, WorkshopNotFound
from clothingline.certification.models import ShownCertificate
from clothingline.certification.photos import Fault, Kept, fault_of
from clothingline.kit.access import Membership, Reach, Role
from tests.certification.paper import certificate, dark, jpeg, shaken
from tests.parties import make_tailor

TODAY = date(2026, 6, 2)
EVERYTHING = Reach(everything=True)
READING: Mapping[str, Any] = {
    "scheme_id": "blk-sby-lockstitch",
    "number": "14111 7531 0005487 2025",
    "holder": "Siti Rahayu",
    "lsp": "LSP BLK Surabaya",
    "skills": ["jahit_mesin"],
    "issued_on": TODAY - timedelta(days=30),
    "valid_until": TODAY + timedelta(days=900),
}


@dataclass
class Shower:
    """A workshop, and somebody who acts for it."""

    tailor: UUID
    account: UUID

    @property
    def reach(self) -> Reach:
        """What is the workshop's own."""
        return Reach(organisations={Role.TAILOR: frozenset({self.tailor})})

    async def show(self, session: AsyncSession, name: str = "a", **more: Any) -> ShownCertificate:
        """Send one photo."""
        photos = {"front": Kept(f"certificates/{name}.jpg", b"1" * 32, 1400, 1050, 9)}
        told = {"number": None, "tailor_id": None, **more}
        return await service.show_certificate(session, photos=photos, reach=self.reach, by=self.account, **told)


@pytest.fixture
async def siti(session: AsyncSession) -> Shower:
    tailor = await make_tailor(session)
    account = await open_account(session, phone="+6281234567802", name="Siti", memberships=[Membership(Role.TAILOR)])
    return Shower(tailor.id, account.id)


@pytest.fixture
async def officer(session: AsyncSession) -> Account:
    return await open_account(session, phone="+6281234567809", name="Wahyu", memberships=[Membership(Role.ADMIN)])


async def read(session: AsyncSession, shown: ShownCertificate, officer: Account, **other: Any) -> ShownCertificate:
    return await service.read_shown(
        session, shown_id=shown.id, reading={**READING, **other}, today=TODAY, reach=EVERYTHING, by=officer.id
    )


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (certificate(), None),
        (certificate(900), "small"),
        (dark(), "dark"),
        (shaken(), "blurred"),
        (Image.new("RGB", (1400, 1050), "white"), "blurred"),
    ],
)
def test_a_photo_says_why_nobody_could_read_it(picture: Image.Image, fault: Fault | None) -> None:
    assert fault_of(jpeg(picture)) == fault


def test_a_photo_is_judged_alike_from_a_large_and_from_a_small_camera() -> None:
    assert (fault_of(jpeg(certificate(3000))), fault_of(jpeg(certificate(1000)))) == (None, None)


async def test_what_an_officer_reads_becomes_a_claim_of_that_workshop_that_proves_nothing_yet(
    session: AsyncSession, siti: Shower, officer: Account
) -> None:
    shown = await siti.show(session)
    done = await read(session, shown, officer)
    assert (done.state, done.certificate_id is not None) == ("read", True)
    claim = await queries.get_certificate(session, done.certificate_id or shown.id, siti.reach)
    assert (claim.state, claim.tailor_id, claim.number) == ("uploaded", siti.tailor, READING["number"])
    assert (await queries.skills_of(session, [siti.tailor]))[siti.tailor] == {}


async def test_photos_that_cannot_be_read_are_asked_for_again_and_the_newer_ones_count(
    session: AsyncSession, siti: Shower, officer: Account
) -> None:
    shown = await siti.show(session)
    await service.ask_for_photo(
        session, shown_id=shown.id, reason="Nomor tidak terbaca", reach=EVERYTHING, by=officer.id
    )
    assert (shown.state, shown.reason) == ("needs_photo", "Nomor tidak terbaca")
    with pytest.raises(ShownNotWaiting):
        await read(session, shown, officer)
    again = await siti.show(session, "b", again=shown.id)
    assert (again.id, again.state, again.reason) == (shown.id, "waiting", None)
    photos = (await shown_queries.photos_of(session, [shown.id]))[shown.id]
    assert photos["front"].path == "certificates/b.jpg"
    await read(session, shown, officer)


async def test_photos_are_answered_once(session: AsyncSession, siti: Shower, officer: Account) -> None:
    shown = await siti.show(session)
    await read(session, shown, officer)
    with pytest.raises(ShownNotWaiting):
        await read(session, shown, officer, number="14111 7531 0005488 2025")
    with pytest.raises(ShownNotWaiting):
        await service.refuse_shown(session, shown_id=shown.id, reason="Bukan SKKNI", reach=EVERYTHING, by=officer.id)
    with pytest.raises(ShownNotWaiting):
        await siti.show(session, "b", again=shown.id)


async def test_a_number_that_is_claimed_already_cannot_be_read_from_another_photo(
    session: AsyncSession, siti: Shower, officer: Account
) -> None:
    await read(session, await siti.show(session), officer)
    second = await siti.show(session, "b")
    with pytest.raises(NumberTaken):
        await read(session, second, officer)


async def test_a_photo_is_seen_by_its_workshop_and_by_officers_alone(session: AsyncSession, siti: Shower) -> None:
    shown = await siti.show(session)
    [photo] = (await shown_queries.photos_of(session, [shown.id]))[shown.id].values()
    other = Reach(organisations={Role.TAILOR: frozenset({(await make_tailor(session)).id})})
    for reach in (siti.reach, EVERYTHING):
        assert (await shown_queries.get_photo(session, photo.id, reach)).id == photo.id
    for hidden in (
        shown_queries.get_photo(session, photo.id, other),
        shown_queries.get_shown(session, shown.id, other),
    ):
        with pytest.raises(ShownNotFound):
            await hidden
    assert await shown_queries.list_shown(session, reach=other, states=("waiting",)) == []
    with pytest.raises(WorkshopNotFound):
        await siti.show(session, "b", tailor_id=photo.id)
