"""A bank account for the pay, and the way to the provider's page, on which a tailor writes or changes its number."""

from functools import partial

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.joining import service
from clothingline.joining.queries import find_payee
from clothingline.joining.way import END
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, look_think, secret_answer
from clothingline.payouts.errors import PayeeNotReady
from clothingline.payouts.onboarding import fetch_link
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

MONEY = "/t/uang"

pages = page_router()


@pages.post(f"{MONEY}/rekening")
@stands_for("payees_create", Role.TAILOR)
async def open_account(session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """For whoever was taken in without one: the question of the sign-up may be passed over, and is then closed."""
    await service.open_bank_account(session, reach=reach, by=caller.person)
    return see(MONEY, later("Rekening sedang disiapkan. Muat ulang sebentar lagi."))


async def _look(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> str:
    payee = await find_payee(session, reach)
    if payee is None or payee.provider_account is None:
        raise PayeeNotReady
    return payee.provider_account


@pages.post(f"{END}/rekening")
@stands_for("payees_onboard", Role.TAILOR)
@secret_answer
@look_think(_look, partial(fetch_link, back=END))
async def show_link(request: Request, session: Session, show: Show) -> Response:
    """The link, which only its owner sees; a form of ours leads to no other site."""
    return show("joining/bank_link.html", link=request.state.thought, end=END)


@pages.post(f"{MONEY}/rekening/ganti")
@stands_for("payees_onboard", Role.TAILOR)
@secret_answer
@look_think(_look, partial(fetch_link, back=MONEY))
async def show_change(request: Request, session: Session, show: Show) -> Response:
    """The same link, from where the money stands; a new account rests before money leaves for it."""
    return show("joining/bank_link.html", link=request.state.thought, end=MONEY)
