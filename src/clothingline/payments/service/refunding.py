"""Money back to the consumer: set aside under the payment's lock, sent under the refund's own id, then booked."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.errors import EscrowShort
from clothingline.orders import queries as orders
from clothingline.payments import queries
from clothingline.payments.events import RefundApproved, RefundSettled
from clothingline.payments.models import REFUND, Payment, Refund


async def refund_order(session: AsyncSession, *, order_id: UUID, reason: str) -> int:
    """Send back everything that was captured for an order; returns how many refunds were made now."""
    await orders.get_order_by_id(session, order_id, lock=True)
    ids = await queries.list_captured_ids(session, order_id)
    made = [await refund_payment(session, payment_id=payment_id, reason=reason) for payment_id in ids]
    return sum(refund is not None for refund in made)


async def refund_payment(session: AsyncSession, *, payment_id: UUID, reason: str) -> Refund | None:
    """Set aside what is left of a payment to go back; None when nothing is left. Raises `EscrowShort`.

    The sum of refunds is taken under the payment's lock, and what escrow holds under the account's.
    """
    payment = await queries.get_payment_for_update(session, payment_id)
    left = payment.amount_idr - await queries.sum_refunds(session, payment_id)
    if payment.state not in ("captured", "captured_late") or left <= 0:
        return None
    order = await orders.get_order_by_id(session, payment.order_id)
    escrow = chart.escrow(order)
    if await ledger.held(session, escrow) < left:
        raise EscrowShort
    refund = Refund(payment_id=payment_id, amount_idr=left, reason=reason, state="approved")
    session.add(refund)
    await session.flush()
    lines = [(escrow, left), (chart.on_its_way_back(refund.id), -left)]
    await ledger.book(session, source_type="refund", source_id=refund.id, kind="reserve", lines=lines)
    await emit(session, RefundApproved(refund.id, order.id), audience=[order.consumer_id])
    return refund


async def send_refund(session: AsyncSession, *, refund_id: UUID) -> tuple[Refund, Payment] | None:
    """Note that the provider is being asked; None when it has paid back already."""
    await move(session, REFUND, Refund, "send", Refund.id == refund_id)
    refund = await session.get_one(Refund, refund_id, populate_existing=True)
    if refund.state != "sent":
        return None
    return refund, await session.get_one(Payment, refund.payment_id)


async def settle_refund(session: AsyncSession, *, refund_id: UUID) -> bool:
    """The provider has paid back; False when that was known."""
    moved = await move(session, REFUND, Refund, "settle", Refund.id == refund_id)
    for refund in moved:
        payment = await session.get_one(Payment, refund.payment_id)
        order = await orders.get_order_by_id(session, payment.order_id)
        lines = [(chart.on_its_way_back(refund.id), refund.amount_idr), (chart.PROVIDER, -refund.amount_idr)]
        await ledger.book(session, source_type="refund", source_id=refund.id, kind="settle", lines=lines)
        await emit(session, RefundSettled(refund.id, order.id), audience=[order.consumer_id])
    return bool(moved)
