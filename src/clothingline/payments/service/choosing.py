"""The consumer chooses how to pay: an instalment is asked for anew by that method, in parts where it has a limit."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.orders import queries as orders
from clothingline.payments import queries
from clothingline.payments.errors import MethodNotOffered, PaymentOver, PaymentUnderWay
from clothingline.payments.machines import AWAITED
from clothingline.payments.models import Instalment, Payment
from clothingline.payments.service.ending import expire_payments
from clothingline.payments.service.instalments import call_for, missing, parts_of, wish_parts


async def choose_method(
    session: AsyncSession,
    *,
    payment_id: UUID,
    method: str,
    reach: Reach,
    now: datetime,
    most_idr: int | None,
    offered: Sequence[str],
) -> list[Payment]:
    """The payments by which the rest of a payment's instalment is to be paid by `method`, at most `most_idr` each.

    What was asked for in another way ends; money that still comes for it goes back. Raises `PaymentUnknown`,
    `MethodNotOffered`, `PaymentOver` or `PaymentUnderWay`.
    """
    found = await queries.get_payment(session, payment_id, reach)
    if method not in offered:
        raise MethodNotOffered(offered=", ".join(offered))
    order = await orders.get_order_by_id(session, found.order_id, lock=True)
    instalment = await queries.get_instalment_for_update(session, found.instalment_id)
    parts = await queries.list_parts_for_update(session, instalment.id)
    awaited = _that_may_change(instalment, parts, now)
    rest = missing(instalment, parts)
    amounts = parts_of(rest, most_idr=most_idr or rest)
    if [(one.method, one.amount_idr) for one in awaited] == [(method, amount) for amount in amounts]:
        return awaited
    await expire_payments(session, Payment.id.in_([one.id for one in awaited]))
    captured = [one for one in parts if one not in awaited]
    wished = await wish_parts(session, instalment, captured, amounts, method)
    await call_for(session, order, wished)
    return wished


def _that_may_change(instalment: Instalment, parts: Sequence[Payment], now: datetime) -> list[Payment]:
    if instalment.state != "due" or (instalment.due_at is not None and instalment.due_at <= now):
        raise PaymentOver
    awaited = sorted((one for one in parts if one.state in AWAITED), key=attrgetter("part"))
    if any(one.state in ("processing", "authorised") for one in awaited):
        raise PaymentUnderWay
    return awaited


def offered_for(amount_idr: int, *, methods: Sequence[str], qris_most_idr: int) -> tuple[str, ...]:
    """The methods of a provider by which so much can be paid at once."""
    return tuple(one for one in methods if one != "qris" or amount_idr <= qris_most_idr)
