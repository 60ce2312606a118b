"""Money that goes back to the consumer is set aside first: counted on its payment, taken from escrow, then sent."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.kit.events import emit
from clothingline.kit.failpoints import syncpoint
from clothingline.kit.ids import new_id
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.errors import EscrowShort
from clothingline.ledger.service import Posting
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.errors import PaymentUnknown, RefundExceeds
from clothingline.payments.events import RefundApproved
from clothingline.payments.machines import ARRIVED
from clothingline.payments.models import Payment, Refund


async def refund_order(session: AsyncSession, *, order_id: UUID, reason: str) -> int:
    """Send back everything that was captured for an order; returns how many refunds were made now."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    return await refund_all(session, order, Payment.state.in_(ARRIVED), reason=reason)


async def refund_all(session: AsyncSession, order: Order, *which: ColumnElement[bool], reason: str) -> int:
    """Send back what is left of these payments of a locked order; returns how many refunds were made now."""
    found = await queries.list_payments_for_update(session, Payment.order_id == order.id, *which)
    made = [await refund_payment(session, payment_id=one.id, reason=reason) for one in found]
    return sum(refund is not None for refund in made)


async def refund_payment(
    session: AsyncSession, *, payment_id: UUID, reason: str, amount_idr: int | None = None
) -> Refund | None:
    """Set aside a part of a payment, or all that is left, to go back, because the money is not ours to keep.

    None when nothing is left, or it went back for this reason before. Raises `RefundExceeds`, `EscrowShort`.
    """
    order, payment = await lock_payment(session, payment_id)
    amount = payment.left_idr if amount_idr is None else amount_idr
    again = await queries.find_refund_for_reason(session, payment_id, reason)
    if again is not None or payment.state not in ARRIVED or (amount_idr is None and amount == 0):
        return None
    refund = Refund(id=new_id(), payment_id=payment_id, amount_idr=amount, reason=reason)
    return await send_back(session, order, refund)


async def send_back(session: AsyncSession, order: Order, refund: Refund, *, by: UUID | None = None) -> Refund:
    """Write a new refund down as approved, its money set aside. Raises as `set_aside`."""
    refund.state, refund.state_by, refund.step = "approved", by, 0
    for name, value in (await set_aside(session, order, refund, step=0)).items():
        setattr(refund, name, value)
    session.add(refund)
    await emit(session, RefundApproved(refund.id, order.id), by=by, audience=[order.consumer_id])
    return refund


async def lock_payment(session: AsyncSession, payment_id: UUID) -> tuple[Order, Payment]:
    """The order of a payment and the payment, locked in this order. Raises `PaymentUnknown`."""
    found = await queries.payments_of(session, [payment_id])
    if payment_id not in found:
        raise PaymentUnknown
    order = await orders.get_order_by_id(session, found[payment_id].order_id, lock=True)
    return order, await queries.get_payment_for_update(session, payment_id)


async def set_aside(session: AsyncSession, order: Order, refund: Refund, *, step: int) -> dict[str, Any]:
    """Count a refund on its payment and take its money from where it is; returns the columns that say from where.

    Order and payment are locked. What an order has taken comes out of its escrow at the brand's cost, and out of the
    guarantee fund where that is spent; what it has not taken lies in escrow as it came. Raises `RefundExceeds`,
    `EscrowShort`, `FundShort`.
    """
    await syncpoint("payments.refund:summed")
    await _count(session, refund)
    cover = await _cover(session, order, refund)
    sources = ((chart.escrow(order), cover.from_escrow_idr), (chart.GUARANTEE, cover.from_fund_idr))
    lines = (*sources, (chart.clearing("refund", refund.id), -refund.amount_idr))
    said = tuple((account, amount) for account, amount in lines if amount)
    await ledger.book_all(session, [Posting("refund", refund.id, "reserve", said, step), *cover.postings])
    return {"from_escrow_idr": cover.from_escrow_idr, "from_fund_idr": cover.from_fund_idr}


async def _cover(session: AsyncSession, order: Order, refund: Refund) -> earnings.Cover:
    amount, cause = refund.amount_idr, ("refund", refund.id)
    if not await is_taken(session, order, refund.payment_id):
        if await ledger.held(session, chart.escrow(order)) >= amount:
            return earnings.Cover(amount, 0, ())
        if order.state != "accepted":
            raise EscrowShort
        # What lay there for this one went to another refund of the order instead, which is the brand's to pay.
    return await earnings.cover(
        session,
        order=order,
        amount_idr=amount,
        debtor=order.brand_id,
        cause=cause,
        beside_idr=await queries.beside_idr(session, order.id),
        by=refund.state_by,
    )


async def is_taken(session: AsyncSession, order: Order, payment_id: UUID) -> bool:
    """Whether the money of a payment pays for its order: not when it came too late, in part only, or is not needed."""
    payment = await queries.get_payment_for_update(session, payment_id)
    instalment = await queries.get_instalment(session, payment.instalment_id)
    return payment.state == "captured" and instalment.state == "met" and order.state != "cancelled"


async def _count(session: AsyncSession, refund: Refund) -> None:
    gone = Payment.refunded_idr + Payment.disputed_idr
    statement = (
        update(Payment)
        .where(
            Payment.id == refund.payment_id,
            Payment.state.in_(ARRIVED),
            gone + refund.amount_idr <= Payment.captured_idr,
        )
        .values(refunded_idr=Payment.refunded_idr + refund.amount_idr)
        .returning(Payment.id)
        .execution_options(synchronize_session=False)
    )
    if await session.scalar(statement) is None:
        payment = await queries.get_payment_for_update(session, refund.payment_id)
        raise RefundExceeds(left_idr=payment.left_idr)
