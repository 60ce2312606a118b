"""The cloth of a brand: what is set aside for its orders, what suppliers were asked, and what is on sale."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BeforeValidator

from clothingline.accounts.queries import names_of
from clothingline.desk import cloth
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.materials import queries
from clothingline.materials.schemas import ClothClass
from clothingline.reference import facts
from clothingline.web.forms import none_if_empty
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
Colour = Annotated[Line | None, BeforeValidator(none_if_empty), Query(alias="warna")]
Class = Annotated[ClothClass | None, BeforeValidator(none_if_empty), Query(alias="jenis")]

pages = page_router()


@pages.get("/merek/bahan")
@stands_for("orders_list", *BRAND)
async def show_cloth(
    session: Session, reach: CurrentReach, asked: Asked, show: Show, colour: Colour = None, kind: Class = None
) -> Response:
    """What waits for a supplier first, then cloth on sale by kind and colour."""
    page = await queries.list_lots(
        session, cloth_class=kind, colour=colour, min_free_cm=1, supplier_id=None, asked=asked
    )
    return show(
        "brands/cloth.html",
        own=await cloth.list_cloth(session, reach),
        requests=await cloth.list_requests(session, reach),
        page=page,
        names=await names_of(session, {lot.supplier_id for lot in page.rows}),
        kinds=facts.FABRIC_CLASS_WORDS,
        colour=colour,
        kind=kind,
        now=await business_now(session),
    )
