"""Money that waits for a person, with the names that are needed to decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.accounts.queries import names_of
from clothingline.kit.page import Page, Window, take
from clothingline.orders.models import Order
from clothingline.payments.models import Dispute, Payment, Refund
from clothingline.payouts.models import Payout
from clothingline.taxes.models import TaxDeclaration

AWAITED = ("draft", "failed", "returned", "needs_reconciliation")
MOST = 100


@dataclass(frozen=True)
class RefundRow:
    """A refund, the order whose payment it gives back, and that payment."""

    refund: Refund
    payment: Payment
    code: str


@dataclass(frozen=True)
class DisputeRow:
    """A chargeback, and the order whose payment it takes."""

    dispute: Dispute
    code: str


async def list_refunds(session: AsyncSession, *, waiting: bool, asked: Window) -> Page[RefundRow]:
    """Refunds that wait for an officer, or that are decided; newest first. Two statements."""
    state = Refund.state.in_(("requested", "failed"))
    page = await take(session, select(Refund).where(state if waiting else ~state), key=Refund.id, asked=asked)
    query = select(Payment, Order.code).join(Order, Order.id == Payment.order_id)
    rows = await session.execute(query.where(Payment.id.in_([one.payment_id for one in page.rows])))
    found = {payment.id: (payment, code) for payment, code in rows}
    return Page([RefundRow(one, *found[one.payment_id]) for one in page.rows], page.next_cursor)


async def list_disputes(session: AsyncSession) -> list[DisputeRow]:
    """Chargebacks, the open ones first; at most 100."""
    query = (
        select(Dispute, Order.code)
        .join(Payment, Payment.id == Dispute.payment_id)
        .join(Order, Order.id == Payment.order_id)
        .order_by(Dispute.state != "open", Dispute.id.desc())
    )
    return [DisputeRow(*row) for row in await session.execute(query.limit(MOST))]


@dataclass(frozen=True)
class PayoutRow:
    """A payout and who is paid."""

    payout: Payout
    payee: str


async def list_payouts(session: AsyncSession, *, waiting: bool, asked: Window) -> Page[PayoutRow]:
    """Payouts that a person must look at, or all others; newest first. Two statements."""
    state = Payout.state.in_(AWAITED)
    page = await take(session, select(Payout).where(state if waiting else ~state), key=Payout.id, asked=asked)
    names = await names_of(session, [one.payee_id for one in page.rows])
    return Page([PayoutRow(one, names[one.payee_id]) for one in page.rows], page.next_cursor)


@dataclass(frozen=True)
class DeclarationRow:
    """A declaration of taxes and whose it is."""

    declaration: TaxDeclaration
    seller: str


async def list_declarations(session: AsyncSession, *, asked: Window) -> Page[DeclarationRow]:
    """Declarations that wait for an officer, newest first. Two statements."""
    query = select(TaxDeclaration).where(TaxDeclaration.state == "given")
    page = await take(session, query, key=TaxDeclaration.id, asked=asked)
    names = await names_of(session, [one.organisation_id for one in page.rows])
    return Page([DeclarationRow(one, names[one.organisation_id]) for one in page.rows], page.next_cursor)


def deciders(refunds: Iterable[Refund]) -> list[UUID | None]:
    """Who asked for these, who agreed, and who brought each to where it stands."""
    return [person for one in refunds for person in (one.approved_by, one.second_by, one.state_by)]


async def names_of_people(session: AsyncSession, ids: Sequence[UUID | None]) -> dict[UUID, str]:
    """Names of accounts; those of None are left out. One statement."""
    query = select(Account.id, Account.name).where(Account.id.in_([one for one in ids if one]))
    return {row.id: row.name for row in await session.execute(query)}
