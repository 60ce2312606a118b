"""Payouts that wait for a person, and the trial balance."""

from typing import Annotated, Literal

from fastapi import Query, Response

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.ledger import statements
from clothingline.office import till
from clothingline.office.desk import MONEY, OnDesk
from clothingline.payouts import service as payouts
from clothingline.payouts.schemas import PayoutId
from clothingline.settings import settings
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

HOME = "/admin/uang"
Shown = Annotated[Literal["menunggu", "semua"], Query(alias="saring")]

pages = page_router()


@pages.get(HOME)
@stands_for("payouts_list", *MONEY)
async def list_payouts(session: Session, asked: Asked, desk: OnDesk, shown: Shown = "menunggu") -> Response:
    """What a person must look at, or everything that was sent."""
    page = await till.list_payouts(session, waiting=shown == "menunggu", asked=asked)
    return desk(
        "admin/payouts.html",
        page=page,
        shown=shown,
        two_from=settings().payouts.two_people_from_idr,
        officers=await till.names_of_people(session, [one.payout.approved_by for one in page.rows]),
    )


@pages.post(HOME + "/{payout_id}/setuju")
@stands_for("payouts_approve", Role.ADMIN)
async def approve(payout_id: PayoutId, session: Session, caller: CurrentCaller) -> Response:
    """The money may leave; from the limit on the first of two people says so."""
    payout = await payouts.approve(session, payout_id=payout_id, by=caller.person)
    if payout.state == "draft":
        return see(HOME, later("Persetujuan Anda tercatat. Orang kedua juga harus menyetujui."))
    return see(HOME, later("Pembayaran disetujui dan sedang dikirim."))


@pages.get(HOME + "/neraca")
@stands_for("trial_balances_show", *MONEY)
async def show_balance(session: Session, desk: OnDesk) -> Response:
    """What every kind of account holds now; debits and credits are equal."""
    until = await statements.await_writers(session)
    kinds = await statements.trial_balance_by_kind(session, until=until)
    return desk("admin/balance.html", kinds=kinds, now=await business_now(session))
