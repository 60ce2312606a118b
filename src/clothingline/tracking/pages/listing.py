"""The orders of whoever is signed in."""

from typing import Annotated

from fastapi import Query, Response

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.kit.page import Window, decode
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.schemas import STEPS
from clothingline.routing.cards import beginnings
from clothingline.tracking import queries, wording
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

A_PAGE = 20
After = Annotated[str | None, Query(alias="sesudah", max_length=40)]

pages = page_router()


@pages.get("/pesanan")
@stands_for("orders_list", Role.CONSUMER)
async def list_orders(session: Session, reach: CurrentReach, show: Show, after: After = None) -> Response:
    """Newest first, those that wait for an answer marked."""
    asked = Window(limit=A_PAGE, after=decode(after) if after else None)
    page = await orders.list_orders(session, reach, state=None, asked=asked)
    designs = await queries.designs_of(session, {one.line.design_id for one in page.rows})
    begin = await beginnings(session, Order.id.in_([one.id for one in page.rows]))
    return show(
        "tracking/list.html", page=page, designs=designs, beginnings=begin, steps=STEPS, wording=wording, after=after
    )
