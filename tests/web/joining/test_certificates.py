"""Certificates on a tailor's phone: photos, what stands against one, and how each stands."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from clothingline.certification import service
from clothingline.certification.models import CertificatePhoto, ShownCertificate
from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.kit import db, ids, storage
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now, local_date
from tests.cast import Actor, Cast
from tests.certification.paper import certificate, dark, jpeg
from tests.parties import make_certificate, make_tailor, member
from tests.web.joining.signing_up import START, Drain, Newcomer
from tests.web.tailor.posting import words_of

LIST = "/t/saya/sertifikat"


@pytest.fixture
async def nining(browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger) -> Newcomer:
    """Somebody who has said a name."""
    newcomer = Newcomer(browser, drain, messages, "0812-3456-7891")
    await newcomer.come_in()
    await newcomer.answer("nama", name="Nining")
    return newcomer


async def upload(who: Newcomer, page: str, picture: Image.Image | None, **fields: str) -> httpx.Response:
    """Send the form of a page with a photo of the front."""
    opened = await who.browser.get(page)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', opened.text))
    action = re.search(r'<form class="stack" method="post" action="([^"]+)"', opened.text)
    assert action
    files: dict[str, Any] = {"units": ("", b"", "application/octet-stream")}
    if picture is not None:
        files["front"] = ("foto.jpg", jpeg(picture), "image/jpeg")
    return await who.browser.post(action[1], data={**hidden, **fields}, files=files)


async def shown() -> ShownCertificate:
    async with db.transaction() as session:
        return (await session.scalars(select(ShownCertificate))).one()


async def answer(event: str, **said: Any) -> None:
    """What an officer does about the only certificate in photos."""
    one = await shown()
    async with db.transaction() as session:
        act = getattr(service, event)
        await act(session, shown_id=one.id, reach=Reach(everything=True), by=ids.new_id(), **said)


async def test_a_photo_is_kept_without_what_the_phone_wrote_into_it_and_the_way_goes_on(nining: Newcomer) -> None:
    sent = await upload(nining, f"{START}/sertifikat", certificate())
    assert (sent.status_code, sent.headers["location"]) == (303, f"{START}/tempat")
    assert ((await shown()).state, (await shown()).number) == ("waiting", None)
    async with db.transaction() as session:
        photo = (await session.scalars(select(CertificatePhoto))).one()
    kept = b"".join([part async for part in storage.current().read(photo.path)])
    assert (kept[:3], b"RAHASIA" in kept, len(kept) == photo.size) == (b"\xff\xd8\xff", False, True)
    seen = await nining.browser.get(f"{LIST}/foto/{ids.show('cph', photo.id)}")
    assert (seen.status_code, seen.content == kept) == (200, True)
    assert "Sertifikat Sudah" in await nining.words(f"{START}/selesai")


async def test_a_photo_that_nobody_could_read_is_refused_before_it_is_kept(nining: Newcomer) -> None:
    refused = await upload(nining, f"{START}/sertifikat", dark(), number="14111 7531")
    assert refused.status_code == 422
    assert "Foto kurang jelas. Dekatkan dan cari tempat terang." in refused.text
    assert 'value="14111 7531"' in refused.text
    async with db.transaction() as session:
        assert (await session.scalars(select(CertificatePhoto))).all() == []


async def test_without_a_photo_the_page_says_what_to_do_and_it_can_be_passed_over(nining: Newcomer) -> None:
    refused = await upload(nining, f"{START}/sertifikat", None)
    assert (refused.status_code, "Foto dulu bagian depan sertifikat" in refused.text) == (422, True)
    passed = await upload(nining, f"{START}/sertifikat", None, lewati="true")
    assert passed.headers["location"] == f"{START}/tempat"


async def test_a_photo_that_is_asked_for_again_says_why_and_leads_to_the_camera(nining: Newcomer) -> None:
    await upload(nining, f"{START}/sertifikat", certificate())
    assert "Sedang diperiksa" in await nining.words(LIST)
    await answer("ask_for_photo", reason="Nomor tidak terbaca")
    page = await nining.browser.get(LIST)
    words = words_of(page)
    assert "Nomor tidak terbaca" in words
    assert "Perlu foto ulang" in words
    link = re.search(rf'href="({LIST}/baru\?ulang=shc_\w+)"', page.text)
    assert link
    assert "Perlu foto ulang: Nomor tidak terbaca" in await nining.words(link[1])
    sent = await upload(nining, link[1], certificate())
    assert sent.headers["location"] == LIST
    assert (await shown()).state == "waiting"


async def test_a_certificate_that_does_not_count_says_why(nining: Newcomer) -> None:
    await upload(nining, f"{START}/sertifikat", certificate())
    await answer("refuse_shown", reason="Bukan sertifikat SKKNI")
    words = await nining.words(LIST)
    assert "Bukan sertifikat SKKNI Tidak diterima" in words
    assert await nining.resume() == f"{START}/tempat"


@pytest.fixture
async def siti(cast: Cast) -> tuple[Actor, Any]:
    """A tailor at work."""
    async with db.transaction() as session:
        tailor = await make_tailor(session)
        return await member(cast, session, "0812-3456-7802", Role.TAILOR, tailor.id), tailor


@pytest.mark.parametrize(("days", "words"), [(400, "Berlaku sampai"), (30, "Habis 30 hari lagi"), (-2, "Habis")])
async def test_a_certificate_says_until_when_it_holds(
    browser: httpx.AsyncClient, siti: tuple[Actor, Any], days: int, words: str
) -> None:
    async with db.transaction() as session:
        today = local_date(await business_now(session))
        until = today + timedelta(days=days)
        await make_certificate(session, siti[1].id, issued_on=until - timedelta(days=1000), valid_until=until)
    browser.cookies.set("sesi", siti[0].token)
    assert words in words_of(await browser.get(LIST))


async def test_whoever_has_none_is_told_what_that_means_and_where_to_begin(
    browser: httpx.AsyncClient, siti: tuple[Actor, Any]
) -> None:
    browser.cookies.set("sesi", siti[0].token)
    page = await browser.get(LIST)
    assert "Belum ada sertifikat" in page.text
    assert f'href="{LIST}/baru"' in page.text
    assert (await browser.get(f"{LIST}/baru?ulang=shc_{'0' * 26}")).status_code == 404
    assert (await browser.get(f"{LIST}/foto/cph_{'0' * 26}")).status_code == 404


async def test_a_photo_is_seen_by_nobody_else(
    nining: Newcomer, siti: tuple[Actor, Any], cast: Cast, browser: httpx.AsyncClient
) -> None:
    await upload(nining, f"{START}/sertifikat", certificate())
    async with db.transaction() as session:
        photo = (await session.scalars(select(CertificatePhoto.id))).one()
        officer = await member(cast, session, "0812-3456-7809", Role.ADMIN)
    path = f"{LIST}/foto/{ids.show('cph', photo)}"
    answers = []
    for token in (siti[0].token, officer.token, ""):
        browser.cookies.clear()
        browser.cookies.set("sesi", token)
        answers.append((await browser.get(path)).status_code)
    assert answers == [404, 200, 303]
