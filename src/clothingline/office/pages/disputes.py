"""Refunds that wait for an officer, and chargebacks at the buyer's bank."""

from typing import Annotated, Literal

from fastapi import Query, Response

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.office import till
from clothingline.office.desk import MONEY, OnDesk
from clothingline.payments import service
from clothingline.payments.schemas import RefundId
from clothingline.settings import settings
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

HOME = "/admin/sengketa"
Shown = Annotated[Literal["menunggu", "selesai"], Query(alias="saring")]

pages = page_router()


@pages.get(HOME)
@stands_for("refunds_list", *MONEY)
async def list_cases(session: Session, asked: Asked, desk: OnDesk, shown: Shown = "menunggu") -> Response:
    """What waits, or what is decided, and every chargeback, the open ones first."""
    page = await till.list_refunds(session, waiting=shown == "menunggu", asked=asked)
    return desk(
        "admin/disputes.html",
        page=page,
        shown=shown,
        disputes=await till.list_disputes(session),
        two_from=settings().payments.refund_two_people_from_idr,
        officers=await till.names_of_people(session, [one.refund.approved_by for one in page.rows]),
        now=await business_now(session),
    )


@pages.post(HOME + "/{refund_id}/setuju")
@stands_for("refunds_approve", Role.ADMIN)
async def approve(refund_id: RefundId, session: Session, caller: CurrentCaller) -> Response:
    """The money goes back; above the limit the first of two people says so."""
    limits = service.Limits.of(settings().payments)
    refund = await service.approve_refund(session, refund_id=refund_id, limits=limits, by=caller.person)
    if refund.state == "requested":
        return see(HOME, later("Persetujuan Anda tercatat. Orang kedua juga harus menyetujui."))
    return see(HOME, later("Pengembalian uang disetujui dan sedang dikirim."))


@pages.post(HOME + "/{refund_id}/tolak")
@stands_for("refunds_reject", Role.ADMIN)
async def reject(refund_id: RefundId, session: Session, caller: CurrentCaller) -> Response:
    """The money does not go back."""
    await service.reject_refund(session, refund_id=refund_id, by=caller.person)
    return see(HOME, later("Pengembalian uang ditolak."))
