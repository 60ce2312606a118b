"""What a supplier sets up once: its name, its business number, and whether it accepts by itself."""

import re
from typing import Annotated, Any

from fastapi import Form, Response
from pydantic import AfterValidator, BeforeValidator

from clothingline.accounts.queries import names_of
from clothingline.kit.access import Role
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.materials.service import acting_supplier
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
    """What is set up, in its form, and how the supplier is known to the tax office."""
    supplier = await queries.get_supplier(session, acting_supplier(None, reach))
    return show(
        "suppliers/setup.html",
        supplier=supplier,
        name=(await names_of(session, [supplier.id]))[supplier.id],
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
