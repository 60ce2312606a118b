"""The tax of a tailor: its number, and why nothing is to be withheld from what it earns."""

from typing import Annotated

from fastapi import Form, Response

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.taxes import giving
from clothingline.taxes.forms import Declared, Taxed
from clothingline.taxes.service import seller_of
from clothingline.taxes.standing import standing_of
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

HOME = "/t/uang/pajak"

pages = page_router()


@pages.get(HOME)
@stands_for("tax_declarations_list", Role.TAILOR)
async def show_tax(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What is withheld, and how each declaration stands."""
    return show("taxes/tailor.html", tax=await standing_of(session, seller_of(None, reach), reach), here=HOME)


@pages.post(HOME + "/nomor")
@stands_for("tax_profiles_update", Role.TAILOR)
async def enter_number(
    form: Annotated[Taxed, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Enter the tax number; it is kept encrypted."""
    return await giving.keep_number(session, form, seller=seller_of(None, reach), reach=reach, caller=caller, home=HOME)


@pages.post(HOME)
@stands_for("tax_declarations_create", Role.TAILOR)
async def declare(
    form: Annotated[Declared, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Declare why nothing is to be withheld; an officer looks at it."""
    return await giving.give(session, form, seller=seller_of(None, reach), reach=reach, caller=caller, home=HOME)
