"""What a supplier sets up once: name and business number, whether it accepts by itself, and where its money goes."""

import re
from functools import partial
from typing import Annotated, Any

from fastapi import Form, Request, Response
from pydantic import AfterValidator, BeforeValidator

from clothingline.accounts.queries import names_of
from clothingline.desk.paying import DAYS, Paying
from clothingline.kit.access import Role
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, look_think, secret_answer
from clothingline.kit.page import Window
from clothingline.materials.service import acting_supplier
from clothingline.payouts import onboarding
from clothingline.payouts import queries as payouts
from clothingline.payouts import service as payout_service
from clothingline.payouts.schemas import PayeeId
from clothingline.suppliers import queries, service
from clothingline.taxes.queries import find_profile
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

SETUP = "/pemasok/setelan"

pages = page_router()


def _without_blanks(typed: Any) -> Any:
    return re.sub(r"[\s.\-]", "", typed) if isinstance(typed, str) else typed


def _whole(number: str) -> str:
    if not re.fullmatch(r"[0-9]{13}", number):
        raise ValueError("Tulis 13 angka NIB, atau kosongkan. (Write the 13 digits of the NIB, or leave it empty.)")
    return number


Nib = Annotated[str, BeforeValidator(_without_blanks), AfterValidator(_whole)]


class Store(PageForm):
    """Name and business number of a supplier, and whether what its lots cover is confirmed without asking."""

    name: Line
    nib: Nib | None = None
    standing_acceptance: bool = False


@pages.get(SETUP)
@stands_for("suppliers_update", Role.SUPPLIER)
async def show_setup(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What is set up, in its forms, and how the supplier is known to the tax office."""
    supplier = await queries.get_supplier(session, acting_supplier(None, reach))
    return show(
        "suppliers/setup.html",
        supplier=supplier,
        name=(await names_of(session, [supplier.id]))[supplier.id],
        payees=(await payouts.list_payees(session, reach, state=None, asked=Window())).rows,
        days=DAYS,
        taxed=await find_profile(session, supplier.id),
    )


@pages.post(SETUP)
@stands_for("suppliers_update", Role.SUPPLIER)
async def change_setup(
    form: Annotated[Store, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Change name, number and standing acceptance; requests that wait already keep waiting for an answer."""
    await service.update_supplier(
        session, ref=acting_supplier(None, reach), changes=form.model_dump(), reach=reach, by=caller.account
    )
    return see(SETUP, later("Setelan pemasok tersimpan."))


@pages.post(SETUP + "/penerima")
@stands_for("payees_create", Role.SUPPLIER)
async def open_payee(
    form: Annotated[Paying, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Register to be paid; a repeat changes nothing."""
    supplier_id, given = acting_supplier(None, reach), form.model_dump()
    await payout_service.open_payee(session, organisation_id=supplier_id, reach=reach, by=caller.account, **given)
    return see(SETUP, later("Penerima terdaftar. Lanjutkan dengan rekening bank."))


@pages.post(SETUP + "/penerima/{payee_id}")
@stands_for("payees_update", Role.SUPPLIER)
async def change_payee(
    payee_id: PayeeId, form: Annotated[Paying, Form()], session: Session, reach: CurrentReach
) -> Response:
    """Say how often money is to leave."""
    await payout_service.update_payee(session, payee_id=payee_id, reach=reach, **form.model_dump())
    return see(SETUP, later("Jadwal kiriman tersimpan."))


@pages.post(SETUP + "/penerima/{payee_id}/rekening")
@stands_for("payees_onboard", Role.SUPPLIER)
@secret_answer
@look_think(onboarding.look_at_payee, partial(onboarding.fetch_link, back=SETUP))
async def onboard(payee_id: PayeeId, request: Request, session: Session, reach: CurrentReach, show: Show) -> Response:
    """The way to the provider's page on which the bank account is entered; we never see its number."""
    await payouts.get_payee(session, payee_id, reach)
    return show("suppliers/onboarding.html", link=request.state.thought)
