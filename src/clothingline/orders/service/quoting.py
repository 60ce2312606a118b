"""Quotes: offered, accepted at checkout, lapsed."""

from datetime import date, datetime
from functools import partial
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from clothingline.kit.clock import business_time
from clothingline.kit.db import Prebuilt, Sent, Trip, trip
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.kit.money import share
from clothingline.kit.states import move, moving
from clothingline.orders import queries
from clothingline.orders.errors import OrderStateConflict, QuoteExpired
from clothingline.orders.events import OrderCheckedOut, OrderQuoted
from clothingline.orders.events import QuoteExpired as QuoteHasExpired
from clothingline.orders.models import ORDER, QUOTE, Order, Quote
from clothingline.settings import OrderSettings


async def offer_quote(going: Trip, *, order: Order, expires_at: datetime) -> Quote:
    """A new version of the order's quote; the one before is replaced. The order's row is locked by the caller.

    Raises `OrderStateConflict` after the trip, by which the quote also learns its version.
    """
    quote = Quote(id=new_id(), order_id=order.id, order_version=order.version, state="offered", expires_at=expires_at)
    await going.send(_REPLACE, its_order=order.id, moved_by=None)
    given = {"its_id": quote.id, "its_order": order.id, "its_order_version": order.version, "its_end": expires_at}
    version = await going.send(_OFFER, **given)
    priced = await going.send(_PRICE, its_order=order.id, moved_by=order.consumer_id)
    going.afterwards(partial(_offered, going.session, order, quote, version, priced))
    return quote


def _offering() -> ReturningInsert[int]:
    """The quote as a row, one version after the newest of its order."""
    table = cast(Table, Quote.__table__)
    given = {"id": "its_id", "order_id": "its_order", "order_version": "its_order_version", "expires_at": "its_end"}
    values = [bindparam(its, type_=table.c[name].type) for name, its in given.items()]
    version = func.coalesce(func.max(table.c.version), 0) + 1
    row = select(*values, version, literal("offered")).where(table.c.order_id == bindparam("its_order"))
    return insert(table).from_select([*given, "version", "state"], row).returning(table.c.version)


_REPLACE = moving(QUOTE, Quote, "replace", Quote.order_id == bindparam("its_order"))
_OFFER = Prebuilt(_offering(), int)
_PRICE = moving(ORDER, Order, "price", Order.id == bindparam("its_order"))


async def _offered(session: AsyncSession, order: Order, quote: Quote, version: Sent[int], priced: Sent[UUID]) -> None:
    if not await priced.rows():
        raise OrderStateConflict(state=order.state)
    [quote.version] = await version.rows()
    happened = OrderQuoted(order.id, quote.id)
    async with trip(session):
        await emit(session, happened, by=order.consumer_id, audience=[order.consumer_id])


async def accept_quote(
    session: AsyncSession, *, order: Order, price_idr: int, promise_on: date, brand_id: UUID, rules: OrderSettings
) -> Order:
    """Take the live quote at the price of one of its plans. Raises `QuoteExpired` or `OrderStateConflict`."""
    if order.state != "quoted":
        raise OrderStateConflict(state=order.state)
    live = (Quote.order_id == order.id, Quote.expires_at > business_time(), Quote.order_version == order.version)
    taken = await move(session, QUOTE, Quote, "accept", *live, by=order.consumer_id)
    if not taken:
        raise QuoteExpired
    [moved] = await move(
        session,
        ORDER,
        Order,
        "checkout",
        Order.id == order.id,
        by=order.consumer_id,
        price_idr=price_idr,
        deposit_idr=deposit(price_idr, rules),
        promise_on=promise_on,
        brand_id=brand_id,
    )
    await emit(session, OrderCheckedOut(order.id, taken[0].id), by=order.consumer_id, audience=[order.consumer_id])
    return moved


def deposit(price_idr: int, rules: OrderSettings) -> int:
    """The first instalment: half from the limit on, otherwise everything."""
    if price_idr < rules.deposit_from_idr:
        return price_idr
    return share(price_idr, permille=rules.deposit_permille)


async def lapse_quote(session: AsyncSession, *, order_id: UUID) -> bool:
    """End an offered quote whose time is over, and make the order a draft again. False when it was not so."""
    order = await queries.get_order_by_id(session, order_id, lock=True)
    over = (Quote.order_id == order_id, Quote.state == "offered", Quote.expires_at <= business_time())
    ended = await move(session, QUOTE, Quote, "expire", *over)
    if not ended:
        return False
    await move(session, ORDER, Order, "unprice", Order.id == order_id, Order.state == "quoted")
    await emit(session, QuoteHasExpired(order_id, ended[0].id), audience=[order.consumer_id])
    return True


async def forget_price(session: AsyncSession, *, order_id: UUID) -> None:
    """Clear what a fallen quote had set on the order."""
    empty = {"price_idr": None, "deposit_idr": None, "promise_on": None, "brand_id": None}
    await session.execute(update(Order).where(Order.id == order_id, Order.paid_idr == 0).values(**empty))
