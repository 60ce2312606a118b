"""The tax of a brand: its number, and why nothing is to be withheld from what it earns."""

from typing import Annotated

from fastapi import Form, Response

from clothingline.desk.one_brand import ChosenBrand
from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.taxes import giving
from clothingline.taxes.forms import Declared
from clothingline.taxes.standing import standing_of
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

HOME = "/merek/uang/pajak"

pages = page_router()


@pages.get(HOME)
@stands_for("tax_declarations_list", Role.BRAND_OWNER)
async def show_tax(session: Session, chosen: ChosenBrand, show: Show) -> Response:
    """What is withheld from one brand, and how each of its declarations stands."""
    tax = await standing_of(session, chosen.id, chosen.reach)
    return show("taxes/brand.html", chosen=chosen, tax=tax, here=HOME)


@pages.post(HOME)
@stands_for("tax_declarations_create", Role.BRAND_OWNER)
async def declare(
    form: Annotated[Declared, Form()], session: Session, caller: CurrentCaller, chosen: ChosenBrand
) -> Response:
    """Declare why nothing is to be withheld; an officer looks at it."""
    return await giving.give(
        session, form, seller=chosen.id, reach=chosen.reach, caller=caller, home=HOME + chosen.query
    )
