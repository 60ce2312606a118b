"""Payments, earnings and the ledger; and the door at which the provider knocks."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Header, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import milliseconds
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentReach, Session, api_router, own_idempotency
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import queries, schemas, service
from clothingline.payments.models import Payment

router = api_router()
OfOrder = Annotated[schemas.OrderId | None, Query(description="Only of this order.")]
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
    found = await orders.orders_of(session, [row.order_id for row in rows])
    return [_payment_out(row, found[row.order_id]) for row in rows]


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
