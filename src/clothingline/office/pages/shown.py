"""Certificates in photos: an officer reads what stands on them, asks for better photos, or refuses."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Form, Response
from pydantic import Field

from clothingline.accounts import queries as accounts
from clothingline.certification import service, shown_queries
from clothingline.certification.number import NUMBER_FORM
from clothingline.certification.photos import SIDES
from clothingline.certification.schemas import ShownId
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.reference import facts
from clothingline.reference.words import SchemeWord, SkillWord
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

QUEUE = "/admin/sertifikat"
HOME = f"{QUEUE}/foto/{{shown_id}}"
RETAKE = {
    "gelap": later("Foto kurang jelas. Dekatkan dan cari tempat terang."),
    "potong": later("Foto terpotong. Seluruh sertifikat harus terlihat."),
    "nomor": later("Nomor tidak terbaca. Foto bagian nomor lebih dekat."),
}
REFUSE = {
    "bukan": later("Ini bukan sertifikat kompetensi BNSP"),
    "orang": later("Sertifikat ini atas nama orang lain"),
}

pages = page_router()


class Reading(PageForm):
    """What stands on the certificate."""

    scheme: SchemeWord
    number: Annotated[str, Field(pattern=NUMBER_FORM, max_length=32)]
    holder: Line
    lsp: Line
    skills: Annotated[list[SkillWord], Field(min_length=1, max_length=30)]
    issued_on: date
    valid_until: date


class Retaking(PageForm):
    """Why other photos are needed."""

    why: Literal["gelap", "potong", "nomor"]


class Refusing(PageForm):
    """Why it does not count."""

    why: Literal["bukan", "orang"]


@pages.get(HOME)
@stands_for("certificates_show", *OFFICERS)
async def show_photos(shown_id: ShownId, session: Session, reach: CurrentReach, desk: OnDesk) -> Response:
    """The photos beside the fields that are read from them."""
    one = await shown_queries.get_shown(session, shown_id, reach)
    names = await accounts.names_of(session, [one.tailor_id])
    photos = (await shown_queries.photos_of(session, [one.id]))[one.id]
    return desk(
        "admin/shown.html",
        one=one,
        workshop=names[one.tailor_id],
        photos=[(side, photos[side]) for side in SIDES if side in photos],
        schemes=facts.skkni_schemes(),
        skills=facts.skills(),
        retake=RETAKE,
        refuse=REFUSE,
    )


@pages.post(HOME + "/baca")
@stands_for("certificates_verify", Role.ADMIN)
async def read(
    shown_id: ShownId,
    form: Annotated[Reading, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """What was read becomes a claim, to be verified like any other."""
    today = local_date(await business_now(session))
    values = form.model_dump(exclude={"scheme"}) | {"scheme_id": form.scheme}
    row = await service.read_shown(
        session, shown_id=shown_id, reading=values, today=today, reach=reach, by=caller.person
    )
    assert row.certificate_id is not None, "what was read has a claim"  # noqa: S101  # typing only
    return see(f"{QUEUE}/{typed_id('crt', row.certificate_id)}", later("Tercatat. Sekarang cocokkan dengan register."))


@pages.post(HOME + "/ulang")
@stands_for("certificates_verify", Role.ADMIN)
async def ask_again(
    shown_id: ShownId,
    form: Annotated[Retaking, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """It cannot be read; the tailor sees why."""
    await service.ask_for_photo(session, shown_id=shown_id, reason=RETAKE[form.why], reach=reach, by=caller.person)
    return see(QUEUE, later("Penjahit diminta memotret ulang."))


@pages.post(HOME + "/tolak")
@stands_for("certificates_refuse", Role.ADMIN)
async def refuse(
    shown_id: ShownId,
    form: Annotated[Refusing, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """It does not count; the tailor sees why."""
    await service.refuse_shown(session, shown_id=shown_id, reason=REFUSE[form.why], reach=reach, by=caller.person)
    return see(QUEUE, later("Foto ditolak. Alasannya terlihat oleh penjahit."))
