"""What an order owes and when: instalments of its price, each asked for in one part or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.money import split_among
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.events import PaymentWished
from clothingline.payments.machines import AWAITED
from clothingline.payments.models import Instalment, Payment
from clothingline.payments.service.ending import drop_due


@dataclass(frozen=True)
class Owed:
    """An instalment that is to be written down."""

    kind: str
    amount_idr: int
    due_at: datetime | None = None
    quote_id: UUID | None = None


async def wish_instalments(
    session: AsyncSession, *, order_id: UUID, quote_id: UUID, now: datetime, minutes: int
) -> list[Payment]:
    """The payments of an order that waits for its first instalment; none when it waits for none of this quote.

    All of the price, or a deposit, with the balance to follow. What was asked for at an earlier price, or has run out
    of time, ends.
    """
    order = await orders.get_order_by_id(session, order_id, lock=True)
    quote = await orders.find_live_quote(session, order_id)
    if order.state != "pending_payment" or not order.deposit_idr or quote is None or quote.id != quote_id:
        return []
    first = await _standing(session, order, quote_id, now)
    if first is None:
        await drop_due(session, order)
        first, *_ = await _write(session, order, _of_price(order, quote_id, now + timedelta(minutes=minutes)))
    return await ask_for(session, first)


async def _standing(session: AsyncSession, order: Order, quote_id: UUID, now: datetime) -> Instalment | None:
    """The first instalment, when it was written down for this quote at this price and still has time."""
    due = await queries.list_due_instalments(session, order.id)
    for one in due:
        if one.quote_id == quote_id and one.amount_idr == order.deposit_idr and one.due_at and one.due_at > now:
            return one
    return None


def _of_price(order: Order, quote_id: UUID, due_at: datetime) -> list[Owed]:
    price, first = order.price_idr or 0, order.deposit_idr or 0
    if first == price:
        return [Owed("full", price, due_at, quote_id)]
    return [Owed("deposit", first, due_at, quote_id), Owed("balance", price - first, None, quote_id)]


async def wish_balance(session: AsyncSession, *, order_id: UUID) -> list[Payment]:
    """The payments of what is still owed for a finished order, without a deadline; none when nothing is owed."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    owed = (order.price_idr or 0) - order.paid_idr
    if order.state != "ready":
        return []
    due = await queries.list_due_instalments(session, order.id)
    if owed > 0 and [(one.kind, one.amount_idr) for one in due] == [("balance", owed)]:
        return await ask_for(session, due[0])
    await drop_due(session, order)
    if owed <= 0:
        return []
    [balance] = await _write(session, order, [Owed("balance", owed)])
    return await ask_for(session, balance)


async def _write(session: AsyncSession, order: Order, owed: Sequence[Owed]) -> list[Instalment]:
    number = await queries.count_instalments(session, order.id)
    rows = [
        Instalment(order_id=order.id, number=number + place, state="due", **vars(one))
        for place, one in enumerate(owed, 1)
    ]
    session.add_all(rows)
    await session.flush()
    return rows


async def ask_for(session: AsyncSession, instalment: Instalment) -> list[Payment]:
    """The payments that an instalment waits for; what nothing asks for yet is wished in one part."""
    parts = await queries.list_parts_for_update(session, instalment.id)
    if awaited := [part for part in parts if part.state in AWAITED]:
        return awaited
    rest = missing(instalment, parts)
    return await wish_parts(session, instalment, parts, [rest]) if rest else []


def missing(instalment: Instalment, parts: Sequence[Payment]) -> int:
    """Rupiah of an instalment that have not arrived."""
    return instalment.amount_idr - sum(part.captured_idr for part in parts)


async def wish_parts(
    session: AsyncSession,
    instalment: Instalment,
    parts: Sequence[Payment],
    amounts: Sequence[int],
    method: str | None = None,
) -> list[Payment]:
    """Wish payments of these amounts, beside the `parts` that live."""
    taken = {part.part for part in parts}
    free = [number for number in range(1, len(taken) + len(amounts) + 1) if number not in taken]
    wished = [
        Payment(
            order_id=instalment.order_id,
            quote_id=instalment.quote_id,
            instalment_id=instalment.id,
            instalment=instalment.kind,
            part=number,
            amount_idr=amount,
            method=method,
            expires_at=instalment.due_at,
            state="wished",
        )
        for number, amount in zip(free, amounts, strict=False)
    ]
    session.add_all(wished)
    await session.flush()
    return wished


async def call_for(session: AsyncSession, order: Order, wished: Sequence[Payment]) -> None:
    """Let the provider be asked for these payments."""
    for payment in wished:
        await emit(session, PaymentWished(payment.id, order.id), audience=[order.consumer_id])


def parts_of(amount_idr: int, *, most_idr: int) -> list[int]:
    """An amount in as few parts of at most so much as there can be, as equal as whole rupiah allow."""
    number = -(-amount_idr // most_idr)
    return list(split_among(amount_idr, dict.fromkeys(range(number), 1)).values())
