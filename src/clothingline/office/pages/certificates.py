"""Certificates of tailors: what waits, what can be told of each, and the decision of a person."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from fastapi import Form, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries as accounts
from clothingline.certification import queries, service, shown_queries
from clothingline.certification.checking import Check, checks
from clothingline.certification.models import Certificate
from clothingline.certification.schemas import CertificateId, Reason
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.kit.page import Page
from clothingline.office import till
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.reference import facts
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

HOME = "/admin/sertifikat"
REASONS = {
    "nama": later("Nama di sertifikat berbeda dengan nama akun"),
    "register": later("Nomor tidak ada di register BNSP"),
    "habis": later("Masa berlaku sudah habis"),
    "skema": later("Skema tidak cocok dengan keahlian yang diajukan"),
    "lain": later("Alasan lain, tulis di bawah"),
}
REVOKED = {
    "lsp": later("Penerbit (LSP) menyatakan sertifikat ini tidak berlaku lagi"),
    "keliru": later("Sertifikat ini ternyata tidak ada di register BNSP"),
    "sanksi": later("Keputusan akhir program atas pelanggaran"),
    "lain": later("Alasan lain, tulis di bawah"),
}
Shown = Annotated[Literal["menunggu", "berlaku", "semua"], Query(alias="saring")]

pages = page_router()


class Seen(PageForm):
    """Where and how the certificate was found."""

    evidence: Reason


class Refusing(PageForm):
    """Why it does not hold; the tailor reads it."""

    reason: Literal["nama", "register", "habis", "skema", "lain"]
    more: Line | None = None

    @property
    def words(self) -> str:
        """The reason as it is kept. Raises `Invalid` for another reason that is not said."""
        return _said(REASONS, self.reason, self.more)


class Revoking(PageForm):
    """Why it ends before its day; the tailor reads it."""

    reason: Literal["lsp", "keliru", "sanksi", "lain"]
    more: Line | None = None

    @property
    def words(self) -> str:
        """The reason as it is kept. Raises `Invalid` for another reason that is not said."""
        return _said(REVOKED, self.reason, self.more)


def _said(reasons: Mapping[str, str], chosen: str, more: str | None) -> str:
    if chosen == "lain" and more is None:
        raise Invalid("/more", "Tulis alasannya", "Write the reason")
    words = "" if chosen == "lain" else reasons[chosen]
    return ": ".join(one for one in (words, more) if one)


@pages.get(HOME)
@stands_for("certificates_list", *OFFICERS)
async def list_certificates(
    session: Session, reach: CurrentReach, asked: Asked, desk: OnDesk, shown: Shown = "menunggu"
) -> Response:
    """What waits, the longest waiting first; or what holds, or all, newest first."""
    today, photographs = local_date(await business_now(session)), []
    if shown == "menunggu":
        page = Page(await queries.list_uploaded(session), None)
        photographs = await shown_queries.list_shown(session, reach=reach, states=["waiting"])
    else:
        day = today if shown == "berlaku" else None
        page = await queries.list_certificates(session, reach=reach, in_force_on=day, asked=asked)
    names = await accounts.names_of(
        session, {one.tailor_id for one in page.rows} | {one.tailor_id for one in photographs}
    )
    return desk(
        "admin/certificates.html",
        page=page,
        shown=shown,
        photographs=photographs,
        names=names,
        today=today,
        schemes=_titles(page),
    )


def _titles(page: Page[Certificate]) -> dict[str, str]:
    return {one.scheme_id: facts.skkni_schemes()[one.scheme_id].title_id for one in page.rows}


@pages.get(HOME + "/{certificate_id}")
@stands_for("certificates_show", *OFFICERS)
async def show_certificate(
    certificate_id: CertificateId, session: Session, reach: CurrentReach, desk: OnDesk
) -> Response:
    """What the tailor typed, what can be told of it, and the next one that waits."""
    one = await queries.get_certificate(session, certificate_id, reach)
    today = local_date(await business_now(session))
    following = await queries.find_next_uploaded(session, one)
    names = await accounts.names_of(session, [one.tailor_id])
    return desk(
        "admin/certificate.html",
        one=one,
        workshop=names[one.tailor_id],
        title=facts.skkni_schemes()[one.scheme_id].title_id,
        skills=[facts.skills()[slug] for slug in one.skills],
        today=today,
        checks=await _checks(session, one, today),
        photos=await shown_queries.photos_of_claim(session, one.id),
        reasons=REASONS,
        revoked=REVOKED,
        officers=await till.names_of_people(session, [one.state_by]),
        next_ref=typed_id("crt", following.id) if following else None,
    )


async def _checks(session: AsyncSession, one: Certificate, today: date) -> list[Check]:
    people = await accounts.contacts_of(session, one.tailor_id)
    refused = await accounts.names_of(session, await queries.list_refused_of_number(session, one))
    return checks(one, today=today, names={person.name for person in people}, refused_of=refused.values())


@pages.post(HOME + "/{certificate_id}/sah")
@stands_for("certificates_verify", Role.ADMIN)
async def verify(
    *,
    certificate_id: CertificateId,
    form: Annotated[Seen, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """A person has found it in the register; its skills count from now on."""
    one = await service.verify_certificate(
        session,
        certificate_id=certificate_id,
        evidence=form.evidence,
        today=local_date(await business_now(session)),
        reach=reach,
        by=caller.account,
    )
    return await _onward(session, one, later("Sertifikat %(holder)s sah. Penjahit langsung bisa mendapat tawaran."))


@pages.post(HOME + "/{certificate_id}/tolak")
@stands_for("certificates_refuse", Role.ADMIN)
async def refuse(
    certificate_id: CertificateId,
    form: Annotated[Refusing, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """It does not hold, for a reason that the tailor reads."""
    one = await service.refuse_certificate(
        session, certificate_id=certificate_id, reason=form.words, reach=reach, by=caller.account
    )
    return await _onward(session, one, later("Sertifikat %(holder)s ditolak. Alasannya terlihat oleh penjahit."))


@pages.post(HOME + "/{certificate_id}/cabut")
@stands_for("certificates_revoke", Role.ADMIN)
async def revoke(
    certificate_id: CertificateId,
    form: Annotated[Revoking, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """It ends before its day, for a reason that the tailor reads."""
    one = await service.revoke_certificate(
        session, certificate_id=certificate_id, reason=form.words, reach=reach, by=caller.account
    )
    said = later("Sertifikat %(holder)s dicabut. Alasannya terlihat oleh penjahit.")
    return see(f"{HOME}/{typed_id('crt', one.id)}", said, holder=one.holder)


async def _onward(session: AsyncSession, one: Certificate, said: str) -> Response:
    """To the next that waits, else to the empty queue."""
    following = await queries.find_next_uploaded(session, one)
    path = f"{HOME}/{typed_id('crt', following.id)}" if following else HOME
    return see(path, said, holder=one.holder)
