"""Changing an order until it is cut: anything before it is paid for, then what leaves the work as agreed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import trip
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders.errors import AlreadyCut, ChangeNeedsNewQuote, OrderStateConflict
from clothingline.orders.events import OrderChanged, OrderChosen
from clothingline.orders.models import ORDER, Order, OrderChange, OrderLine
from clothingline.orders.service.ending import unprice_order
from clothingline.orders.service.placing import FARTHEST, Wish, ask_about, check_place_and_date, compose_line
from clothingline.settings import OrderSettings

FREE = ("draft", "quoted")
AGREED = ("placed", "confirmed")
PRIVATE = ("recipient", "street")
SAME_WORK = ("design_id", "colour", "sizes", "pieces", "standard_seconds", "cloth_cm", "extras_idr", "skills")


async def change_order(
    session: AsyncSession, *, order: Order, wish: Wish, by: UUID, today: date, rules: OrderSettings
) -> Order:
    """Replace what is wished; a new version stands. The order's row is locked by the caller.

    Before it is paid for, everything may change and the quote falls. Afterwards, until the cloth is cut, whatever
    leaves cloth, time, price and day as they were agreed: options of equal price, measures, recipient and street.
    Raises `AlreadyCut`, `ChangeNeedsNewQuote` or `OrderStateConflict`.
    """
    if order.line.cut_at is not None:
        raise AlreadyCut
    if order.state not in (*FREE, *AGREED):
        raise OrderStateConflict(state=order.state)
    check_place_and_date(wish, today)
    async with trip(session) as going:
        asked = await ask_about(going, wish, by)
    line = await compose_line(session, wish, asked, rules)
    before, private = _summary(order), _private_changes(order, wish.recipient, wish.street)
    if order.state in FREE:
        await unprice_order(session, order=order)
    else:
        _check_same_work(order, wish, line)
    await _put(session, order, wish, line)
    await _note(session, order, before=before, private=private, by=by)
    return order


async def redirect_order(session: AsyncSession, *, order: Order, recipient: str, street: str, by: UUID) -> Order:
    """Send a paid order to another door in the same town. The order's row is locked by the caller.

    Raises `AlreadyCut` or `OrderStateConflict`.
    """
    if order.line.cut_at is not None:
        raise AlreadyCut
    if order.state not in AGREED:
        raise OrderStateConflict(state=order.state)
    before, private = _summary(order), _private_changes(order, recipient, street)
    order.recipient, order.street, order.version = recipient, street, order.version + 1
    await _note(session, order, before=before, private=private, by=by)
    return order


async def _note(session: AsyncSession, order: Order, *, before: dict[str, Any], private: list[str], by: UUID) -> None:
    after = _summary(order) | {"private": private}
    session.add(OrderChange(order_id=order.id, version=order.version, before=before, after=after, by=by))
    audience = [order.consumer_id] if order.brand_id is None else [order.consumer_id, order.brand_id]
    await emit(session, OrderChanged(order.id), by=by, audience=audience)


def _check_same_work(order: Order, wish: Wish, line: OrderLine) -> None:
    different = [name for name in SAME_WORK if getattr(order.line, name) != getattr(line, name)]
    agreed = (order.needed_by, order.ceiling_idr, order.regency_code)
    if different or agreed != (wish.needed_by, wish.ceiling_idr, wish.regency):
        raise ChangeNeedsNewQuote


def _private_changes(order: Order, recipient: str, street: str) -> list[str]:
    """Names only: who receives the parcel and where is kept in one place, the order itself."""
    return [name for name, new in zip(PRIVATE, (recipient, street), strict=True) if getattr(order, name) != new]


async def _put(session: AsyncSession, order: Order, wish: Wish, line: OrderLine) -> None:
    await session.delete(order.line)
    await session.flush()
    order.line = line
    order.needed_by, order.ceiling_idr, order.version = wish.needed_by, wish.ceiling_idr, order.version + 1
    order.recipient, order.street, order.regency_code = wish.recipient, wish.street, wish.regency


def _summary(order: Order) -> dict[str, Any]:
    line = order.line
    return {
        "design_id": str(line.design_id),
        "options": line.options,
        "colour": line.colour,
        "measurement_set_id": str(line.measurement_set_id) if line.measurement_set_id else None,
        "sizes": line.sizes,
        "pieces": line.pieces,
        "regency_code": order.regency_code,
        "needed_by": order.needed_by.isoformat(),
        "ceiling_idr": order.ceiling_idr,
    }


async def choose_later(session: AsyncSession, *, order: Order, needed_by: date, by: UUID, today: date) -> Order:
    """Loosen the date of an order for which nothing fits; it is routed again at the same price."""
    if not max(today, order.needed_by) < needed_by <= today + FARTHEST:
        raise Invalid(
            "/needed_by",
            "Pilih tanggal yang lebih lambat dari semula.",
            "Choose a later date than before.",
            code="out_of_range",
            min=str(order.needed_by + timedelta(days=1)),
        )
    moved = await move(
        session, ORDER, Order, "choose", Order.id == order.id, by=by, needed_by=needed_by, timer_at=None, reason=None
    )
    if not moved:
        raise OrderStateConflict(state=order.state)
    await emit(session, OrderChosen(order.id), by=by, audience=[order.consumer_id])
    return moved[0]
