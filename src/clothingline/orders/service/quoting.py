"""Quotes: offered, accepted at checkout, lapsed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.money import share
from clothingline.kit.states import move
from clothingline.orders import queries
from clothingline.orders.errors import OrderStateConflict, QuoteExpired
from clothingline.orders.events import OrderCheckedOut, OrderQuoted
from clothingline.orders.events import QuoteExpired as QuoteHasExpired
from clothingline.orders.models import ORDER, QUOTE, Order, Quote
from clothingline.settings import OrderSettings


async def offer_quote(session: AsyncSession, *, order: Order, expires_at: datetime) -> Quote:
    """A new version of the order's quote; the one before is replaced. The order's row is locked by the caller."""
    await move(session, QUOTE, Quote, "replace", Quote.order_id == order.id)
    version = await queries.next_quote_version(session, order.id)
    quote = Quote(
        order_id=order.id, order_version=order.version, version=version, state="offered", expires_at=expires_at
    )
    session.add(quote)
    await session.flush()
    if not await move(session, ORDER, Order, "price", Order.id == order.id, by=order.consumer_id):
        raise OrderStateConflict(state=order.state)
    await emit(session, OrderQuoted(order.id, quote.id), by=order.consumer_id, audience=[order.consumer_id])
    return quote


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
