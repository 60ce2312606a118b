"""What payments do when others have spoken. Every job may run twice; ids arrive as text."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.integrations import payments as providers
from clothingline.kit import db, sweeping
from clothingline.kit.clock import business_now
from clothingline.kit.failpoints import failpoint
from clothingline.kit.ids import show
from clothingline.kit.jobs import task
from clothingline.orders import queries as orders
from clothingline.payments import queries, service
from clothingline.payments.models import Payment
from clothingline.settings import settings


@task
async def open_payment(*, order_id: str, quote_id: str) -> None:
    """The order was checked out: ask the provider for a pay page for its first instalment."""
    async with db.transaction() as session:
        now, minutes = await business_now(session), settings().orders.payment_minutes
        payment = await service.wish_first(
            session, order_id=UUID(order_id), quote_id=UUID(quote_id), now=now, minutes=minutes
        )
    await _open(payment)


@task
async def open_balance(*, order_id: str) -> None:
    """The order is ready: ask for what is still owed."""
    async with db.transaction() as session:
        payment = await service.wish_balance(session, order_id=UUID(order_id))
    await _open(payment)


async def _open(payment: Payment | None) -> None:
    if payment is None or payment.state != "wished":
        return
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, payment.order_id)
    await failpoint("payments.open_charge:wished")
    wish = providers.Wish(show("pay", payment.id), payment.amount_idr, f"Pesanan {order.code}", order_code=order.code)
    charge = await providers.current().open_charge(wish)
    await failpoint("payments.open_charge:opened")
    async with db.transaction() as session:
        await service.record_charge(session, payment_id=payment.id, charge=charge)


@task
async def settle_notice(*, notice_id: str) -> None:
    """The provider has told us something: fetch the charge, compare, and act."""
    async with db.transaction() as session:
        notice = await queries.find_notice(session, UUID(notice_id))
    if notice is None:
        return
    await failpoint("payments.settle_notice:read")
    try:
        charge = await providers.current().fetch_charge(notice.charge)
    except providers.ObjectUnknown:
        async with db.transaction() as session:
            await service.quarantine(session, notice_id=notice.id, reason="charge_unknown")
        return
    await failpoint("payments.settle_notice:fetched")
    async with db.transaction() as session:
        await service.settle(session, notice_id=notice.id, charge=charge)


@task
async def refund_order(*, order_id: str) -> None:
    """The order is cancelled: nothing more is asked for, nothing is expected, and what was paid goes back."""
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, UUID(order_id), lock=True)
        if order.state == "cancelled":
            await service.expire_payments(session, Payment.order_id == order.id)
            await earnings.void(session, order_id=order.id)
            await service.refund_order(session, order_id=order.id, reason="order_cancelled")


@task
async def send_refund(*, refund_id: str, order_id: str) -> None:
    """Money is set aside to go back: ask the provider, under the refund's own id."""
    async with db.transaction() as session:
        found = await service.send_refund(session, refund_id=UUID(refund_id))
    if found is None:
        return
    refund, payment = found
    await failpoint("payments.send_refund:marked")
    await providers.current().refund(str(payment.charge), show("rfd", refund.id), refund.amount_idr)
    await failpoint("payments.send_refund:refunded")
    async with db.transaction() as session:
        await service.settle_refund(session, refund_id=refund.id)


async def ask_again() -> int:
    """Ask the provider about payments of which it has told us nothing final; returns how many were captured.

    A provider that does not answer ends the round and changes nothing: the next question comes after its pause.
    """
    async with db.transaction() as session:
        taken = await service.take_to_ask(session)
    return sum([await _ask(payment) for payment in taken])


async def _ask(payment: Payment) -> bool:
    charge = await providers.current().fetch_charge(str(payment.charge))
    async with db.transaction() as session:
        verdict = await service.settle_asked(session, payment_id=payment.id, charge=charge)
    return verdict in ("captured", "captured_late")


async def expire_payments() -> int:
    """End the payments that were not paid in time; returns how many."""
    async with db.transaction() as session:
        overdue = await queries.list_overdue(session)
    return await sweeping.each(overdue, _expire)


async def _expire(session: AsyncSession, payment_id: UUID) -> bool:
    return await service.expire_overdue(session, payment_id=payment_id)
