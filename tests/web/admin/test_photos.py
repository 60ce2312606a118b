"""Certificates in photos: read by an officer, asked for again, refused; by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from clothingline.certification.models import Certificate, CertificatePhoto, ShownCertificate
from clothingline.kit import db, ids
from clothingline.kit.clock import business_now, local_date
from clothingline.pilot import cast as people
from clothingline.pilot.cast import Person
from tests.parties import make_tailor
from tests.web.admin.conftest import Seat
from tests.web.desk import Desk, words_of

NUMBER = "14111 7531 0007777 2025"


@pytest.fixture
async def shown(database: db.Database) -> ShownCertificate:
    """A certificate in one photo, of Budi's workshop."""
    async with db.transaction() as session:
        tailor = await make_tailor(session, name="Penjahit Budi")
        row = ShownCertificate(tailor_id=tailor.id, number=NUMBER, state="waiting")
        session.add(row)
        await session.flush()
        by = (await session.scalars(select(Certificate.state_by).where(Certificate.state_by.is_not(None)))).first()
        photo = CertificatePhoto(shown_id=row.id, side="front", by=by, path="certificates/a.jpg", sha256=b"a" * 32)
        photo.width, photo.height, photo.size = 1400, 1050, 9000
        session.add(photo)
    return row


def path_of(shown: ShownCertificate) -> str:
    return f"/admin/sertifikat/foto/{ids.show('shc', shown.id)}"


async def now(shown: ShownCertificate) -> ShownCertificate:
    async with db.transaction() as session:
        return await session.get_one(ShownCertificate, shown.id)


async def reading(**other: object) -> dict[str, object]:
    async with db.transaction() as session:
        today = local_date(await business_now(session))
    return {
        "number": NUMBER,
        "holder": "Budi Santoso",
        "lsp": "LSP BLK Surabaya",
        "scheme": "blk-sby-lockstitch",
        "skills": "jahit_mesin",
        "issued_on": today - timedelta(days=100),
        "valid_until": today + timedelta(days=900),
        **other,
    }


async def test_photos_wait_in_the_queue_and_show_what_the_tailor_typed(wahyu: Desk, shown: ShownCertificate) -> None:
    assert path_of(shown) in await wahyu.page("/admin/sertifikat")
    assert "1 Foto sertifikat menunggu dibaca" in words_of(await wahyu.page("/admin"))
    page = await wahyu.page(path_of(shown))
    assert "/t/saya/sertifikat/foto/cph_" in page
    assert f'value="{NUMBER}"' in page


async def test_what_is_read_becomes_a_claim_with_its_photos_beside_it(wahyu: Desk, shown: ShownCertificate) -> None:
    answer = await wahyu.send(f"{path_of(shown)}/baca", on=path_of(shown), **await reading())
    page = await wahyu.follow(answer)
    assert "Sekarang cocokkan dengan register" in words_of(page)
    assert "/t/saya/sertifikat/foto/cph_" in page
    kept = await now(shown)
    async with db.transaction() as session:
        claim = await session.get_one(Certificate, kept.certificate_id)
    assert (kept.state, claim.state, claim.skills, claim.holder) == (
        "read",
        "uploaded",
        ["jahit_mesin"],
        "Budi Santoso",
    )


@pytest.mark.parametrize(("field", "value"), [("number", "12"), ("skills", ""), ("valid_until", "2020-01-01")])
async def test_what_cannot_be_is_not_kept(wahyu: Desk, shown: ShownCertificate, field: str, value: str) -> None:
    answer = await wahyu.send(f"{path_of(shown)}/baca", on=path_of(shown), **await reading(**{field: value}))
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert f'id="f-{field}"' in answer.text
    assert (await now(shown)).state == "waiting"


async def test_the_tailor_is_asked_again_in_the_words_of_the_template(wahyu: Desk, shown: ShownCertificate) -> None:
    answer = await wahyu.send(f"{path_of(shown)}/ulang", on=path_of(shown), why="gelap")
    assert answer.status_code == 303
    kept = await now(shown)
    assert (kept.state, kept.reason) == ("needs_photo", "Foto kurang jelas. Dekatkan dan cari tempat terang.")


async def test_what_does_not_count_is_refused_with_the_reason(wahyu: Desk, shown: ShownCertificate) -> None:
    await wahyu.send(f"{path_of(shown)}/tolak", on=path_of(shown), why="orang")
    assert ((await now(shown)).state, (await now(shown)).reason) == ("refused", "Sertifikat ini atas nama orang lain")


@pytest.mark.parametrize("who", [people.FIELD_OFFICER, people.AUDITOR], ids=lambda who: who.role)
async def test_who_may_only_look_decides_nothing(seat: Seat, shown: ShownCertificate, who: Person) -> None:
    desk = await seat(who)
    assert f"{path_of(shown)}/" not in await desk.page(path_of(shown))
    sent = await desk.client.post(f"{path_of(shown)}/ulang", data={"kunci": "a" * 32, "why": "gelap"})
    assert sent.status_code == 403
    assert (await now(shown)).state == "waiting"
