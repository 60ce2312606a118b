"""Payments, earnings and the ledger; and the door at which the provider knocks."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import Header, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import milliseconds
from clothingline.kit.http.amounts import MoneyOut, idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentReach, Session, api_router, own_idempotency
from clothingline.orders.models import Order
from clothingline.payments import queries, schemas, service
from clothingline.payments.models import EARNING, Earning, LedgerAccount, Payment
from clothingline.settings import settings

router = api_router()
OfOrder = Annotated[schemas.OrderId | None, Query(description="Only of this order.")]
InState = Annotated[str | None, Query(pattern=f"^({'|'.join(EARNING.states)})$", description="Only in this state.")]
Said = Annotated[schemas.NoticeHeaders, Header()]


@router.get("/payments", tags=["payments"], name="list")
async def list_payments(
    session: Session, reach: CurrentReach, asked: Asked, order: OfOrder = None
) -> Listing[schemas.PaymentOut]:
    """Your payments, newest first."""
    page = await queries.list_payments(session, reach, order_id=order, asked=asked)
    return Listing(**page.listing(await _payments_out(session, page.rows)))


@router.get("/payments/{payment_id}", tags=["payments"], name="show")
async def show_payment(payment_id: schemas.PaymentId, session: Session, reach: CurrentReach) -> schemas.PaymentOut:
    """One payment, with the page to pay it on while it is open."""
    [shown] = await _payments_out(session, [await queries.get_payment(session, payment_id, reach)])
    return shown


async def _payments_out(session: AsyncSession, rows: Sequence[Payment]) -> list[schemas.PaymentOut]:
    orders = await queries.orders_of(session, [row.order_id for row in rows])
    return [_payment_out(row, orders[row.order_id]) for row in rows]


def _payment_out(row: Payment, order: Order) -> schemas.PaymentOut:
    return schemas.PaymentOut.model_validate(
        {
            "id": row.id,
            "order": order.id,
            "order_code": order.code,
            "instalment": row.instalment,
            "amount": idr(row.amount_idr),
            "state": row.state,
            "pay_url": row.pay_url if row.state == "open" else None,
            "expires_at": row.expires_at,
            "captured_at": row.captured_at,
        }
    )


@router.post("/payment-notices", tags=["payment_notices"], name="create")
@own_idempotency
async def take_notice(body: schemas.NoticeIn, said: Said, request: Request, session: Session) -> schemas.NoticeTaken:
    """For the payment provider: a signed notice about a charge (Standard Webhooks). A repeat changes nothing."""
    raw, now = await request.body(), milliseconds() // 1000
    notice, signatures = said.webhook_id, said.webhook_signature
    service.verify_notice(notice=notice, timestamp=said.webhook_timestamp, signatures=signatures, body=raw, now=now)
    await service.keep_notice(
        session, notice=notice, charge=body.data.charge, body=body.model_dump(), signatures=signatures
    )
    return schemas.NoticeTaken(notice=notice)


@router.get("/earnings", tags=["earnings"], name="list")
async def list_earnings(
    session: Session, reach: CurrentReach, asked: Asked, state: InState = None
) -> Listing[schemas.EarningOut]:
    """What you have earned or will have, newest first."""
    page = await queries.list_earnings(session, reach, state=state, asked=asked)
    orders = await queries.orders_of(session, [row.order_id for row in page.rows])
    return Listing(**page.listing([_earning_out(row, orders[row.order_id]) for row in page.rows]))


def _earning_out(row: Earning, order: Order) -> schemas.EarningOut:
    return schemas.EarningOut.model_validate(
        {
            "id": row.id,
            "order": order.id,
            "order_code": order.code,
            "organisation": row.organisation_id,
            "source": row.source_type,
            "amount": idr(row.amount_idr),
            "state": row.state,
            "expected_on": _expected_on(order),
        }
    )


def _expected_on(order: Order) -> date | None:
    days = timedelta(days=settings().orders.acceptance_days)
    return order.promise_on + days if order.promise_on else None


@router.get("/ledger-accounts", tags=["ledger_accounts"], name="list")
async def list_ledger_accounts(
    session: Session, asked: Asked, order: OfOrder = None
) -> Listing[schemas.LedgerAccountOut]:
    """Accounts of the ledger with their balances, newest first."""
    page = await queries.list_ledger_accounts(session, order_id=order, asked=asked)
    balances = await queries.balances(session, [row.id for row in page.rows])
    return Listing(**page.listing([_account_out(row, balances.get(row.id, 0)) for row in page.rows]))


def _account_out(row: LedgerAccount, balance: int) -> schemas.LedgerAccountOut:
    amount = MoneyOut(amount=balance, currency=row.currency)
    return schemas.LedgerAccountOut(id=row.id, code=row.code, kind=row.kind, balance=amount)


@router.get("/ledger-transactions", tags=["ledger_transactions"], name="list")
async def list_ledger_transactions(session: Session, asked: Asked) -> Listing[schemas.LedgerTransactionOut]:
    """Transactions of the ledger with their entries, newest first."""
    page = await queries.list_ledger_transactions(session, asked=asked)
    entries = await queries.entries_of(session, [row.id for row in page.rows])
    shown = [
        schemas.LedgerTransactionOut(
            id=row.id,
            source=row.source_type,
            kind=row.kind,
            at=row.at,
            entries=[_entry_out(*entry) for entry in entries[row.id]],
        )
        for row in page.rows
    ]
    return Listing(**page.listing(shown))


def _entry_out(account: str, amount: int, currency: str) -> schemas.LedgerEntryOut:
    return schemas.LedgerEntryOut(account=account, amount=MoneyOut(amount=amount, currency=currency))
