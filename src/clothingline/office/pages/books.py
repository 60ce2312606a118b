"""Differences with the provider, corrections of the books, and declarations of taxes: each needs another person."""

from typing import Annotated, Literal

from fastapi import Form, Response
from pydantic import Field

from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.ledger import queries as ledger
from clothingline.ledger import service as booking
from clothingline.ledger.schemas import CorrectionId
from clothingline.office import till
from clothingline.office.desk import MONEY, OnDesk
from clothingline.reconciliation import queries as reconciliation
from clothingline.reconciliation import service as resolving
from clothingline.reconciliation.schemas import DifferenceId
from clothingline.taxes import service as taxes
from clothingline.taxes.schemas import TaxDeclarationId
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

DIFFERENCES, CORRECTIONS, TAXES = "/admin/uang/selisih", "/admin/uang/koreksi", "/admin/uang/pajak"

pages = page_router()


class Resolving(PageForm):
    """What a difference is."""

    resolution: Literal["suspend", "explained"]
    reason: Annotated[Line, Field(min_length=5)]


class Refusing(PageForm):
    """Why a declaration does not hold; the seller reads it."""

    reason: Annotated[Line, Field(min_length=5)]


@pages.get(DIFFERENCES)
@stands_for("differences_list", *MONEY)
async def list_differences(session: Session, asked: Asked, desk: OnDesk) -> Response:
    """What the provider and the books do not say alike."""
    page = await reconciliation.list_differences(session, state="open", code=None, asked=asked)
    return desk(
        "admin/differences.html",
        page=page,
        officers=await till.names_of_people(session, [one.resolved_by for one in page.rows]),
        read_until=await reconciliation.read_until(session),
    )


@pages.post(DIFFERENCES + "/{difference_id}/jelaskan")
@stands_for("differences_resolve", Role.ADMIN)
async def resolve(
    difference_id: DifferenceId, form: Annotated[Resolving, Form()], session: Session, caller: CurrentCaller
) -> Response:
    """Propose what it is, or agree with what another has proposed."""
    row = await resolving.resolve(
        session, difference_id=difference_id, resolution=form.resolution, reason=form.reason, by=caller.person
    )
    if row.state == "open":
        return see(DIFFERENCES, later("Usul Anda tercatat. Orang kedua juga harus menyetujui."))
    return see(DIFFERENCES, later("Selisih selesai."))


@pages.get(CORRECTIONS)
@stands_for("corrections_list", *MONEY)
async def list_corrections(session: Session, asked: Asked, desk: OnDesk) -> Response:
    """Corrections that wait for another administrator."""
    page = await ledger.list_corrections(session, state="proposed", asked=asked)
    people = await till.names_of_people(session, [one.proposed_by for one in page.rows])
    return desk("admin/corrections.html", page=page, officers=people)


@pages.post(CORRECTIONS + "/{correction_id}/setuju")
@stands_for("corrections_approve", Role.ADMIN)
async def approve_correction(correction_id: CorrectionId, session: Session, caller: CurrentCaller) -> Response:
    """Book what another has asked for."""
    await booking.approve_correction(session, correction_id=correction_id, by=caller.person)
    return see(CORRECTIONS, later("Koreksi dicatat di buku."))


@pages.post(CORRECTIONS + "/{correction_id}/tolak")
@stands_for("corrections_reject", Role.ADMIN)
async def reject_correction(correction_id: CorrectionId, session: Session, caller: CurrentCaller) -> Response:
    """It is not booked."""
    await booking.reject_correction(session, correction_id=correction_id, by=caller.person)
    return see(CORRECTIONS, later("Koreksi ditolak."))


@pages.get(TAXES)
@stands_for("tax_declarations_list", *MONEY)
async def list_declarations(session: Session, asked: Asked, desk: OnDesk) -> Response:
    """Declarations that wait for an officer."""
    return desk("admin/declarations.html", page=await till.list_declarations(session, asked=asked))


@pages.post(TAXES + "/{declaration_id}/sah")
@stands_for("tax_declarations_confirm", Role.ADMIN)
async def confirm_declaration(
    declaration_id: TaxDeclarationId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """The letter was seen, and it is not the officer's own."""
    await taxes.confirm_declaration(session, declaration_id=declaration_id, reach=reach, by=caller.person)
    return see(TAXES, later("Surat pernyataan sah."))


@pages.post(TAXES + "/{declaration_id}/tolak")
@stands_for("tax_declarations_refuse", Role.ADMIN)
async def refuse_declaration(
    declaration_id: TaxDeclarationId,
    form: Annotated[Refusing, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """It does not hold; the seller reads why."""
    await taxes.refuse_declaration(
        session, declaration_id=declaration_id, reason=form.reason, reach=reach, by=caller.person
    )
    return see(TAXES, later("Surat pernyataan ditolak. Alasannya terlihat oleh penjual."))
