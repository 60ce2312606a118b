"""One order: will it be on time, where it stands, who makes it, and what can be done with it now."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, Role
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.kit.page import LARGEST, Window
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.schemas import STEPS, OrderRef
from clothingline.papers import queries as papers
from clothingline.payments import queries as payments
from clothingline.payments.machines import AWAITED
from clothingline.payments.models import Payment
from clothingline.tracking import queries, wording
from clothingline.tracking.promise import CAUSES
from clothingline.tracking.proposals import first_guess, proposals
from clothingline.tracking.story import read
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

ALL = Window(limit=LARGEST)

pages = page_router()


@pages.get("/pesanan/{code}")
@stands_for("orders_show", Role.CONSUMER)
async def show_order(code: OrderRef, request: Request, session: Session, reach: CurrentReach, show: Show) -> Response:
    """Everything about an order; htmx gets what may have changed."""
    order = await orders.get_order(session, code, reach)
    word = await queries.find_link(session, order.id)
    return show(
        "tracking/order.html",
        order=order,
        path_here=f"/pesanan/{order.code}",
        story=await read(session, order),
        link=f"/lacak/{word}" if word else None,
        live="hx-request" in request.headers,
        causes=CAUSES,
        wording=wording,
        steps=STEPS,
        **await _money(session, order, reach),
        **_choice(order),
    )


async def _money(session: AsyncSession, order: Order, reach: Reach) -> dict[str, Any]:
    rows = (await payments.list_payments(session, reach, order_id=order.id, asked=ALL)).rows
    kept = await papers.list_documents(session, reach, kind=None, order_id=order.id, asked=ALL)
    return {
        "due_idr": sum(one.amount_idr for one in rows if one.state in AWAITED),
        "came_idr": _sum(rows, "captured_idr"),
        "returned_idr": _sum(rows, "refunded_idr"),
        "papers": kept.rows,
    }


def _sum(rows: Sequence[Payment], column: str) -> int:
    return sum(getattr(one, column) for one in rows)


def _choice(order: Order) -> dict[str, Any]:
    asked = order.state == "action_required"
    return {"proposals": proposals(order) if asked else [], "guess": first_guess(order)}
