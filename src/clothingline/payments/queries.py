"""Rows of payments. Whose they are stands in every query that a caller's reach goes through."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_time
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.materials.models import Reservation
from clothingline.orders.models import Order
from clothingline.payments.errors import PaymentUnknown
from clothingline.payments.models import (
    Earning,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    NoticeVerdict,
    Payment,
    ProviderNotice,
    Refund,
)
from clothingline.production.models import Job
from clothingline.routing.models import Offer


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


async def list_sewing(session: AsyncSession, order_id: UUID) -> Sequence[Row[Offer, UUID | None]]:
    """Accepted offers to makers, each with its live job once there is one."""
    live = (Job.offer_id == Offer.id) & (Job.state != "cancelled")
    accepted = (Offer.order_id == order_id, Offer.kind == "tailor", Offer.state == "accepted")
    return (await session.execute(select(Offer, Job.id).outerjoin(Job, live).where(*accepted))).all()


async def list_cloth(session: AsyncSession, order_id: UUID) -> Sequence[Row[Offer, Reservation]]:
    """Accepted offers to suppliers, each with what is reserved."""
    reserved = Reservation.id == Offer.reservation_id
    accepted = (Offer.order_id == order_id, Offer.kind == "supplier", Offer.state == "accepted")
    return (await session.execute(select(Offer, Reservation).join(Reservation, reserved).where(*accepted))).all()


async def list_earnings(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Earning]:
    """Earnings of the caller's organisations, newest first."""
    payees = reach.of(Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER)
    query = select(Earning).where(true() if reach.everything else Earning.organisation_id.in_(payees))
    if state is not None:
        query = query.where(Earning.state == state)
    return await take(session, query, key=Earning.id, asked=asked)


async def orders_of(session: AsyncSession, order_ids: Sequence[UUID]) -> dict[UUID, Order]:
    """Orders by id, in one statement."""
    rows = await session.scalars(select(Order).where(Order.id.in_(set(order_ids))))
    return {order.id: order for order in rows}


async def list_ledger_accounts(session: AsyncSession, *, order_id: UUID | None, asked: Window) -> Page[LedgerAccount]:
    """Accounts of the ledger, newest first."""
    query = select(LedgerAccount)
    if order_id is not None:
        query = query.where(LedgerAccount.order_id == order_id)
    return await take(session, query, key=LedgerAccount.id, asked=asked)


async def balances(session: AsyncSession, account_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Balance in minor units by account; one without entries is left out. One statement."""
    total = func.sum(LedgerEntry.amount)
    query = select(LedgerEntry.account_id, total).where(LedgerEntry.account_id.in_(account_ids))
    return {
        account_id: int(amount) for account_id, amount in await session.execute(query.group_by(LedgerEntry.account_id))
    }


async def list_ledger_transactions(session: AsyncSession, *, asked: Window) -> Page[LedgerTransaction]:
    """Transactions of the ledger, newest first."""
    return await take(session, select(LedgerTransaction), key=LedgerTransaction.id, asked=asked)


async def entries_of(session: AsyncSession, transaction_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, int, str]]]:
    """(account code, amount, currency) of each entry by transaction. One statement."""
    query = (
        select(LedgerEntry.transaction_id, LedgerAccount.code, LedgerEntry.amount, LedgerEntry.currency)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.transaction_id.in_(transaction_ids))
        .order_by(LedgerEntry.id)
    )
    found: dict[UUID, list[tuple[str, int, str]]] = {one: [] for one in transaction_ids}
    for transaction_id, code, amount, currency in await session.execute(query):
        found[transaction_id].append((code, amount, currency))
    return found
