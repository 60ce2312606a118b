"""Rows of orders. Whose order it is stands in every query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, false, func, literal_column, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_time
from clothingline.kit.db import locked
from clothingline.kit.events import Event
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.orders.errors import DraftNotFound, OrderNotFound
from clothingline.orders.models import Draft, Order, PriceLine, Quote
from clothingline.orders.waterfall import Claim, Lines

PAYEES = (Role.TAILOR, Role.SUPPLIER, Role.BRAND_OWNER, Role.BRAND_STAFF)


def visible(reach: Reach) -> ColumnElement[bool]:
    """Orders that a caller may see: its own as consumer, those of its brand, or all."""
    if reach.everything:
        return true()
    consumer = Order.consumer_id == reach.account if reach.account else false()
    return or_(consumer, Order.brand_id.in_(reach.brands))


async def get_order(session: AsyncSession, ref: str, reach: Reach, *, lock: bool = False) -> Order:
    """The order with this id (`ord_…`) or code (`CL-2611-0042`), with its line. Raises `OrderNotFound`."""
    return await _get(session, _with_line().where(_named(ref), visible(reach)), lock=lock)


def _with_line() -> Select[Order]:
    return select(Order).options(joinedload(Order.line)).execution_options(populate_existing=True)


def _named(ref: str) -> ColumnElement[bool]:
    if not ref.startswith("ord_"):
        return Order.code == ref
    try:
        return Order.id == read("ord", ref)
    except ValueError as error:
        raise OrderNotFound from error


async def get_order_by_id(session: AsyncSession, order_id: UUID, *, lock: bool = False) -> Order:
    """The order for a job or a house above, whose right to it is already settled. Raises `OrderNotFound`."""
    return await _get(session, _with_line().where(Order.id == order_id), lock=lock)


async def _get(session: AsyncSession, query: Select[Order], *, lock: bool) -> Order:
    found = await session.scalar(query.with_for_update(of=Order) if lock else query)
    if found is None:
        raise OrderNotFound
    if lock:
        locked(session, "order", [found.id])
    return found


async def list_orders(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Order]:
    """Orders that the caller may see, newest first, with their lines."""
    query = _with_line().where(visible(reach))
    if state is not None:
        query = query.where(Order.state == state)
    return await take(session, query, key=Order.id, asked=asked)


async def timeline(session: AsyncSession, order_id: UUID) -> list[Event]:
    """Everything that has happened to one order, oldest first; at most 500 rows."""
    query = select(Event).where(_tells_of(order_id)).order_by(Event.seq).limit(500)
    return list(await session.scalars(query))


def _tells_of(order_id: UUID) -> ColumnElement[bool]:
    # The name is written out, not sent beside the statement: the index is on this very expression.
    named = Event.facts.op("->>", return_type=Text())(literal_column("'order_id'"))
    return named == str(order_id)


async def list_quotes(session: AsyncSession, order_id: UUID, *, asked: Window) -> Page[Quote]:
    """All versions of an order's quote, newest first."""
    return await take(session, select(Quote).where(Quote.order_id == order_id), key=Quote.id, asked=asked)


async def find_live_quote(session: AsyncSession, order_id: UUID) -> Quote | None:
    """The quote of an order that is offered or accepted."""
    query = select(Quote).where(Quote.order_id == order_id, Quote.state.in_(("offered", "accepted")))
    return await session.scalar(query.execution_options(populate_existing=True))


async def get_draft(session: AsyncSession, token_hash: bytes, *, lock: bool = False) -> Draft:
    """The draft that a link leads to. Raises `DraftNotFound`."""
    query = select(Draft).where(Draft.token_hash == token_hash).execution_options(populate_existing=True)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise DraftNotFound
    if lock:
        locked(session, "draft", [found.id])
    return found


async def list_stale_drafts(session: AsyncSession, *, days: int, limit: int = 500) -> list[UUID]:
    """Drafts without an answer for so many days, the longest untouched first."""
    stale = Draft.touched_at <= business_time() - timedelta(days=days)
    return list(await session.scalars(select(Draft.id).where(stale).order_by(Draft.touched_at).limit(limit)))


async def list_lapsed_quotes(session: AsyncSession, *, limit: int = 100) -> list[UUID]:
    """Orders whose offered quote has run out of time, the longest over first."""
    query = select(Quote.order_id).where(Quote.state == "offered", Quote.expires_at <= business_time())
    return list(await session.scalars(query.order_by(Quote.expires_at).limit(limit)))


async def list_unanswered_choices(session: AsyncSession, *, limit: int = 100) -> list[UUID]:
    """Orders whose consumer has not chosen in time, the longest over first."""
    query = select(Order.id).where(*_unanswered()).order_by(Order.timer_at)
    return list(await session.scalars(query.limit(limit)))


async def find_unanswered_choice_for_update(session: AsyncSession, order_id: UUID) -> Order | None:
    """An order whose consumer has not chosen in time, with its line, locked; None when it is not so (any more)."""
    query = _with_line().where(Order.id == order_id, *_unanswered()).with_for_update(of=Order)
    if (found := await session.scalar(query)) is not None:
        locked(session, "order", [found.id])
    return found


def _unanswered() -> tuple[ColumnElement[bool], ...]:
    return Order.state == "action_required", Order.timer_at <= business_time()


async def orders_of(session: AsyncSession, order_ids: Sequence[UUID]) -> dict[UUID, Order]:
    """Orders by id, in one statement."""
    rows = await session.scalars(select(Order).where(Order.id.in_(set(order_ids))))
    return {order.id: order for order in rows}


@dataclass(frozen=True)
class Frozen:
    """What the price of an order consists of now, and the quote that froze it."""

    quote_id: UUID
    lines: Lines


async def find_frozen_price(session: AsyncSession, order_id: UUID) -> Frozen | None:
    """The sums of the lines of the quote that was taken; None before a checkout, and when that quote fell."""
    query = select(PriceLine.quote_id, *_CLAIM, _TOTAL).join(Quote, Quote.id == PriceLine.quote_id)
    taken = query.where(PriceLine.order_id == order_id, Quote.state.in_(("accepted", "won")))
    rows = (await session.execute(taken.group_by(PriceLine.quote_id, *_CLAIM).having(_TOTAL != 0))).all()
    if not rows:
        return None
    return Frozen(rows[0][0], {Claim(*row[1:5]): int(row[5]) for row in rows})


async def get_order_of_payee(session: AsyncSession, ref: str, reach: Reach) -> Order:
    """An order that the caller may see, or in whose price one of its organisations has a part.

    Raises `OrderNotFound`.
    """
    mine = select(PriceLine.order_id).where(PriceLine.payee_id.in_(reach.of(*PAYEES)))
    return await _get(session, _with_line().where(_named(ref), or_(visible(reach), Order.id.in_(mine))), lock=False)


async def returned_idr(session: AsyncSession, order_id: UUID) -> int:
    """Rupiah by which refunds and chargebacks have lowered the agreed price of an order."""
    lost = (PriceLine.order_id == order_id, PriceLine.reason == "reduction", Quote.state.in_(("accepted", "won")))
    query = select(func.coalesce(-_TOTAL, 0)).join(Quote, Quote.id == PriceLine.quote_id).where(*lost)
    return int((await session.scalars(query)).one())


async def sums_of_cause(session: AsyncSession, order_id: UUID, cause_id: UUID) -> Lines:
    """What one refund or chargeback has changed of the price, in one sum a claim, as far as it still stands."""
    query = select(*_CLAIM, _TOTAL).where(PriceLine.order_id == order_id, PriceLine.cause_id == cause_id)
    rows = (await session.execute(query.group_by(*_CLAIM).having(_TOTAL != 0))).all()
    return {Claim(*row[:4]): int(row[4]) for row in rows}


_CLAIM = (PriceLine.code, PriceLine.payee_id, PriceLine.source_type, PriceLine.source_id)
_TOTAL = func.sum(PriceLine.amount_idr)
