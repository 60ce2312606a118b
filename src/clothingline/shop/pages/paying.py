"""Paying what an order owes, and what comes next. Pages of the order's code, so that a bookmark holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Form, Path, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.route import CurrentReach, Now, Session
from clothingline.kit.page import LARGEST, Window
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import queries, service
from clothingline.payments.machines import AWAITED
from clothingline.payments.models import Payment
from clothingline.settings import settings
from clothingline.shop.coming import coming
from clothingline.shop.pages.asking import CODE
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see

pages = page_router()
Code = Annotated[str, Path(pattern=CODE)]
PAID_STATES = ("placed", "confirmed", "action_required", "in_production", "ready", "shipped", "delivered", "accepted")
SECONDS_A_MINUTE = 60


class MethodForm(PageForm):
    """How to pay."""

    method: Literal["qris", "transfer", "card"]


@dataclass(frozen=True)
class Due:
    """What an order owes now: the parts that are open, what has arrived of it, and until when."""

    order: Order
    parts: Sequence[Payment]
    arrived: Sequence[Payment]
    until: datetime | None
    minutes_left: int

    @property
    def amount_idr(self) -> int:
        """What is still to be paid of it."""
        return sum(part.amount_idr for part in self.parts)

    @property
    def preparing(self) -> bool:
        """Whether the provider has not answered yet with the page to pay on."""
        asked = self.order.state == "pending_payment" and not self.parts
        return asked or any(part.state == "wished" for part in self.parts)

    @property
    def stands(self) -> str:
        """A word that changes with everything that the page waits for."""
        return "-".join((self.order.state, *(f"{part.part}{part.state}" for part in self.parts)))

    @property
    def rest_idr(self) -> int:
        """What is due later, before it is sent."""
        return (self.order.price_idr or 0) - self.order.paid_idr - self.amount_idr


@pages.get("/pesan/{code}/bayar")
@stands_for("payments_list", Role.CONSUMER)
async def show_payment(code: Code, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What is due and where to pay it; leads on when there is nothing to pay."""
    order = await orders.get_order(session, code, reach)
    due = await _due(session, order, reach)
    if not due.parts and order.state in PAID_STATES:
        return see(f"/pesan/{code}/selesai")
    limit = settings().payments.qris_most_idr
    offered = providers.current().methods
    minutes = settings().orders.payment_minutes
    return show("shop/bayar.html", order=order, due=due, offered=offered, qris_most=limit, minutes=minutes)


async def _due(session: AsyncSession, order: Order, reach: Reach) -> Due:
    page = await queries.list_payments(session, reach, order_id=order.id, asked=Window(limit=LARGEST))
    parts = sorted((one for one in page.rows if one.state in AWAITED), key=lambda one: (one.created_at, one.part))
    now_paid = {part.instalment_id for part in parts}
    arrived = [one for one in page.rows if one.state == "captured" and one.instalment_id in now_paid]
    until = min((part.expires_at for part in parts if part.expires_at), default=None)
    now = await business_now(session)
    left = max(int((until - now).total_seconds()) // SECONDS_A_MINUTE, 0) if until else 0
    return Due(order, parts, arrived, until, left)


@pages.post("/pesan/{code}/bayar")
@stands_for("payments_choose", Role.CONSUMER)
async def choose_method(
    code: Code, form: Annotated[MethodForm, Form()], session: Session, reach: CurrentReach, now: Now
) -> Response:
    """Pay in another way; QRIS above its limit comes in parts."""
    order = await orders.get_order(session, code, reach)
    due = await _due(session, order, reach)
    if due.parts:
        await service.choose_method(
            session,
            payment_id=due.parts[0].id,
            method=form.method,
            reach=reach,
            now=now,
            most_idr=settings().payments.qris_most_idr if form.method == "qris" else None,
            offered=providers.current().methods,
        )
    return see(f"/pesan/{code}/bayar")


@pages.get("/pesan/{code}/selesai")
@stands_for("orders_show", Role.CONSUMER)
async def show_done(code: Code, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What was ordered and what happens next; whoever comes back from the provider too early is led to wait."""
    order = await orders.get_order(session, code, reach)
    if order.state not in PAID_STATES:
        return see(f"/pesan/{code}/bayar")
    rest = (order.price_idr or 0) - order.paid_idr
    return show("shop/selesai.html", order=order, rest_idr=rest, steps=await coming(session, order))
