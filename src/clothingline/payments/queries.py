"""Rows of payments. Whose they are stands in every query that a caller's reach goes through."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.orders.models import Order
from clothingline.payments.errors import PaymentUnknown
from clothingline.payments.models import (
    NoticeVerdict,
    Payment,
    ProviderNotice,
    Refund,
)


async def list_payments(session: AsyncSession, reach: Reach, *, order_id: UUID | None, asked: Window) -> Page[Payment]:
    """Payments of the caller's orders, newest first."""
    query = select(Payment).where(_paid_by(reach))
    if order_id is not None:
        query = query.where(Payment.order_id == order_id)
    return await take(session, query, key=Payment.id, asked=asked)


async def get_payment(session: AsyncSession, payment_id: UUID, reach: Reach) -> Payment:
    """A payment of the caller's. Raises `PaymentUnknown`."""
    found = await session.scalar(select(Payment).where(Payment.id == payment_id, _paid_by(reach)))
    if found is None:
        raise PaymentUnknown
    return found


def _paid_by(reach: Reach) -> ColumnElement[bool]:
    if reach.everything:
        return true()
    return Payment.order_id.in_(select(Order.id).where(Order.consumer_id == reach.account))


async def find_payment_by_reference(session: AsyncSession, reference: str) -> Payment | None:
    """The payment whose id is the provider's reference."""
    try:
        payment_id = read("pay", reference)
    except ValueError:
        return None
    return await session.get(Payment, payment_id)


async def get_payment_for_update(session: AsyncSession, payment_id: UUID) -> Payment:
    """A payment, locked and read anew. Raises `PaymentUnknown`."""
    query = select(Payment).where(Payment.id == payment_id).with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise PaymentUnknown
    return found


async def find_live_payment(session: AsyncSession, order_id: UUID, instalment: str) -> Payment | None:
    """The payment of an instalment that is wished, open or captured."""
    query = select(Payment).where(
        Payment.order_id == order_id,
        Payment.instalment == instalment,
        Payment.state.in_(("wished", "open", "captured")),
    )
    return await session.scalar(query.execution_options(populate_existing=True))


async def list_overdue(session: AsyncSession, *, limit: int = 200) -> list[UUID]:
    """Payments whose time is over, the longest over first."""
    query = select(Payment.id).where(Payment.state.in_(("wished", "open")), Payment.expires_at <= business_time())
    return list(await session.scalars(query.order_by(Payment.expires_at).limit(limit)))


async def list_captured_ids(session: AsyncSession, order_id: UUID) -> list[UUID]:
    """Payments of an order whose money has arrived, in the order of their locks."""
    query = select(Payment.id).where(Payment.order_id == order_id, Payment.state.in_(("captured", "captured_late")))
    return list(await session.scalars(query.order_by(Payment.id)))


async def sum_refunds(session: AsyncSession, payment_id: UUID) -> int:
    """Rupiah of a payment that went back or are set aside to; true only under the payment's lock."""
    query = select(func.coalesce(func.sum(Refund.amount_idr), 0)).where(Refund.payment_id == payment_id)
    return int((await session.scalars(query)).one())


async def find_notice(session: AsyncSession, notice_id: UUID) -> ProviderNotice | None:
    """A stored notice that nothing has come of yet."""
    query = select(ProviderNotice).where(
        ProviderNotice.id == notice_id,
        ProviderNotice.id.not_in(select(NoticeVerdict.notice_id)),
    )
    return await session.scalar(query)


async def list_open_notices(session: AsyncSession, charge: str) -> list[UUID]:
    """Notices of a charge that nothing has come of yet, oldest first."""
    query = select(ProviderNotice.id).where(
        ProviderNotice.charge == charge, ProviderNotice.id.not_in(select(NoticeVerdict.notice_id))
    )
    return list(await session.scalars(query.order_by(ProviderNotice.id)))
