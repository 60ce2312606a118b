"""Orders: found by a part of a code or name, by state or day, and one with everything that has happened to it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Response

from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.office import queues, till, trade
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.office.told import EVENT_WORDS
from clothingline.orders import queries as orders
from clothingline.orders.models import ORDER
from clothingline.orders.schemas import OrderRef
from clothingline.web.forms import day_of
from clothingline.web.route import page_router, stands_for

HOME = "/admin/pesanan"
Words = Annotated[str | None, Query(alias="q", max_length=80)]
State = Annotated[str | None, Query(alias="keadaan", pattern=f"^({'|'.join(ORDER.states)})?$")]
Until = Annotated[str | None, Query(alias="sampai", pattern=r"^(\d{4}-\d\d-\d\d)?$")]

pages = page_router()


@pages.get(HOME)
@stands_for("orders_list", *OFFICERS)
async def list_orders(
    *, session: Session, asked: Asked, desk: OnDesk, words: Words = None, state: State = None, until: Until = None
) -> Response:
    """Orders, newest first; the filters stand in the address."""
    wanted = trade.Wanted((words or "").strip() or None, state or None, needed_by=day_of(until))
    page = await trade.list_orders(session, wanted, asked=asked)
    chosen = {"q": wanted.words, "keadaan": wanted.state, "sampai": wanted.needed_by}
    older = urlencode({**{name: value for name, value in chosen.items() if value}, "starting_after": page.next_cursor})
    return desk(
        "admin/orders.html",
        page=page,
        wanted=wanted,
        states=ORDER.states,
        older=f"{HOME}?{older}" if page.next_cursor else "",
    )


@pages.get(HOME + "/{order}")
@stands_for("orders_show", *OFFICERS)
async def show_order(
    order: OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach, desk: OnDesk
) -> Response:
    """One order: its line, its money for whom it concerns, its run, and what has happened, newest first."""
    found = await orders.get_order(session, order, reach)
    events = await orders.timeline(session, found.id)
    sees_money = queues.sees(caller.roles, "payments_list") and queues.sees(caller.roles, "refunds_list")
    sheet = await trade.sheet_of(session, found, money=sees_money)
    people = await till.names_of_people(session, [*(one.actor for one in events), *till.deciders(sheet.refunds)])
    return desk(
        "admin/order.html",
        order=found,
        sheet=sheet,
        sees_money=sees_money,
        events=list(reversed(events)),
        actors=people,
        officers=people,
        told=EVENT_WORDS,
        now=await business_now(session),
    )
