"""Rows of payments. Whose they are stands in every query that a caller's reach goes through."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.db.locking import locked
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.orders.models import Order
from clothingline.payments.errors import DisputeUnknown, PaymentUnknown, RefundUnknown
from clothingline.payments.machines import AWAITED, LIVE
from clothingline.payments.models import Dispute, Instalment, NoticeVerdict, Payment, ProviderNotice, Refund


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


async def find_payment_by_charge(session: AsyncSession, charge: str) -> Payment | None:
    """The payment that a charge of the provider's was opened for."""
    return await session.scalar(select(Payment).where(Payment.charge == charge))


async def get_payment_for_update(session: AsyncSession, payment_id: UUID) -> Payment:
    """A payment, locked and read anew. Raises `PaymentUnknown`."""
    query = select(Payment).where(Payment.id == payment_id).with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise PaymentUnknown
    locked(session, "payment", [found.id])
    return found


async def get_instalment_for_update(session: AsyncSession, instalment_id: UUID) -> Instalment:
    """The instalment of a payment, locked and read anew."""
    query = select(Instalment).where(Instalment.id == instalment_id).with_for_update()
    found = (await session.scalars(query.execution_options(populate_existing=True))).one()
    locked(session, "instalment", [found.id])
    return found


async def get_instalment(session: AsyncSession, instalment_id: UUID) -> Instalment:
    """The instalment of a payment, as it is now."""
    return await session.get_one(Instalment, instalment_id, populate_existing=True)


async def list_due_instalments(session: AsyncSession, order_id: UUID) -> list[Instalment]:
    """What an order still owes, first things first."""
    query = select(Instalment).where(Instalment.order_id == order_id, Instalment.state == "due")
    return list(await session.scalars(query.order_by(Instalment.number)))


async def count_instalments(session: AsyncSession, order_id: UUID) -> int:
    """The number of the newest instalment of an order, 0 without one."""
    query = select(func.coalesce(func.max(Instalment.number), 0)).where(Instalment.order_id == order_id)
    return int((await session.scalars(query)).one())


async def list_parts_for_update(session: AsyncSession, instalment_id: UUID) -> list[Payment]:
    """The live payments of an instalment, locked in the order of their ids."""
    return await list_payments_for_update(session, Payment.instalment_id == instalment_id, Payment.state.in_(LIVE))


async def list_payments_for_update(session: AsyncSession, *which: ColumnElement[bool]) -> list[Payment]:
    """These payments, locked in the order of their ids and read anew."""
    query = select(Payment).where(*which).order_by(Payment.id).with_for_update()
    found = list(await session.scalars(query.execution_options(populate_existing=True)))
    locked(session, "payment", [payment.id for payment in found])
    return found


async def list_overdue(session: AsyncSession, *, limit: int = 200) -> list[UUID]:
    """Payments whose time is over, the longest over first."""
    query = select(Payment.id).where(Payment.state.in_(AWAITED), Payment.expires_at <= business_time())
    return list(await session.scalars(query.order_by(Payment.expires_at).limit(limit)))


async def find_notice(session: AsyncSession, notice_id: UUID) -> ProviderNotice | None:
    """A stored notice that nothing has come of yet."""
    query = select(ProviderNotice).where(
        ProviderNotice.id == notice_id,
        ProviderNotice.id.not_in(select(NoticeVerdict.notice_id)),
    )
    return await session.scalar(query)


async def list_open_notices(session: AsyncSession, kind: str, thing: str) -> list[UUID]:
    """Notices of an object of the provider's that nothing has come of yet, oldest first."""
    query = select(ProviderNotice.id).where(
        ProviderNotice.object == thing,
        ProviderNotice.object_kind == kind,
        ProviderNotice.id.not_in(select(NoticeVerdict.notice_id)),
    )
    return list(await session.scalars(query.order_by(ProviderNotice.id)))


async def list_refunds(session: AsyncSession, *, payment_id: UUID | None, asked: Window) -> Page[Refund]:
    """All refunds, newest first."""
    query = select(Refund)
    if payment_id is not None:
        query = query.where(Refund.payment_id == payment_id)
    return await take(session, query, key=Refund.id, asked=asked)


async def get_refund(session: AsyncSession, refund_id: UUID, reach: Reach) -> Refund:
    """A refund of a payment of the caller's. Raises `RefundUnknown`."""
    paid = select(Payment.id).where(_paid_by(reach))
    found = await session.scalar(select(Refund).where(Refund.id == refund_id, Refund.payment_id.in_(paid)))
    if found is None:
        raise RefundUnknown
    return found


async def get_refund_for_update(session: AsyncSession, refund_id: UUID) -> Refund:
    """A refund, locked and read anew. Raises `RefundUnknown`."""
    query = select(Refund).where(Refund.id == refund_id).with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise RefundUnknown
    locked(session, "refund", [found.id])
    return found


async def beside_idr(session: AsyncSession, order_id: UUID) -> int:
    """Rupiah in escrow that do not pay for their order: they came too late, or for a price that fell away, and have not
    gone back (yet). Nobody else may have them. For an order under its lock.
    """
    query = select(func.coalesce(func.sum(Payment.left_idr), 0)).join_from(Payment, Instalment)
    beside = (Payment.order_id == order_id, or_(Payment.state == "captured_late", Instalment.state == "dropped"))
    return int((await session.scalars(query.where(*beside))).one())


async def owed_idr(session: AsyncSession, order_id: UUID) -> int:
    """Rupiah of a cancelled order that are its consumer's still: not gone back, or what a chargeback may yet take.

    For an order under its lock.
    """
    paid = select(func.coalesce(func.sum(Payment.left_idr), 0)).where(Payment.order_id == order_id)
    asked = select(func.coalesce(func.sum(Dispute.amount_idr - Dispute.held_idr), 0)).join_from(Dispute, Payment)
    disputed = asked.where(Payment.order_id == order_id, Dispute.state == "open")
    return sum([int((await session.scalars(query)).one()) for query in (paid, disputed)])


async def list_lent_refunds(session: AsyncSession, order_id: UUID) -> list[Refund]:
    """Settled refunds of an order under its lock to which the guarantee fund gave something, oldest first."""
    lent = (Payment.order_id == order_id, Refund.state == "settled", Refund.from_fund_idr > 0)
    query = select(Refund).join(Payment, Payment.id == Refund.payment_id).where(*lent).order_by(Refund.id)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def list_lent_disputes(session: AsyncSession, order_id: UUID) -> list[Dispute]:
    """Lost chargebacks of an order under its lock that its own money did not bear as a whole, oldest first."""
    lent = (Payment.order_id == order_id, Dispute.state == "lost", Dispute.held_idr < Dispute.amount_idr)
    query = select(Dispute).join(Payment, Payment.id == Dispute.payment_id).where(*lent).order_by(Dispute.id)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def find_refund_for_reason(session: AsyncSession, payment_id: UUID, reason: str) -> Refund | None:
    """The refund of a payment for a reason; for one reason there is one."""
    return await session.scalar(select(Refund).where(Refund.payment_id == payment_id, Refund.reason == reason))


async def is_refund_under_way(session: AsyncSession, payment_id: UUID) -> bool:
    """Whether the provider has yet to say what becomes of a refund of this payment."""
    going = Refund.state.in_(("approved", "sent", "needs_reconciliation"))
    return bool(await session.scalar(select(exists().where(Refund.payment_id == payment_id, going))))


async def payments_of(session: AsyncSession, payment_ids: Sequence[UUID]) -> dict[UUID, Payment]:
    """Payments by id, in one statement."""
    rows = await session.scalars(select(Payment).where(Payment.id.in_(set(payment_ids))))
    return {payment.id: payment for payment in rows}


async def list_disputes(session: AsyncSession, *, asked: Window) -> Page[Dispute]:
    """All chargebacks, newest first."""
    return await take(session, select(Dispute), key=Dispute.id, asked=asked)


async def get_dispute(session: AsyncSession, dispute_id: UUID) -> Dispute:
    """A chargeback. Raises `DisputeUnknown`."""
    found = await session.get(Dispute, dispute_id)
    if found is None:
        raise DisputeUnknown
    return found


async def find_dispute(session: AsyncSession, provider_id: str) -> Dispute | None:
    """The chargeback that the provider calls so."""
    query = select(Dispute).where(Dispute.provider_id == provider_id).execution_options(populate_existing=True)
    return await session.scalar(query)
