"""Payments, money that goes back, chargebacks; and the doors at which providers knock."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Header, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.kit.clock import business_now, milliseconds
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router, own_idempotency
from clothingline.orders import queries as orders
from clothingline.payments import queries, schemas, service, showing
from clothingline.payments.models import Dispute, Payment, Refund
from clothingline.settings import settings

router = api_router()
OfOrder = Annotated[schemas.OrderId | None, Query(description="Only of this order.")]
OfPayment = Annotated[schemas.PaymentId | None, Query(description="Only of this payment.")]
Said = Annotated[schemas.NoticeHeaders, Header()]
SaidByStripe = Annotated[schemas.StripeHeaders, Header()]


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
    return [showing.payment_out(row, found[row.order_id]) for row in rows]


@router.post("/payments/{payment_id}/method", status_code=201, tags=["payments"], name="choose")
async def choose_method(
    payment_id: schemas.PaymentId, body: schemas.MethodIn, session: Session, reach: CurrentReach
) -> schemas.MethodOut:
    """Choose how to pay what is still missing; by QRIS more than its limit comes in parts. Earlier pages are closed."""
    most = settings().payments.qris_most_idr if body.method == "qris" else None
    wished = await service.choose_method(
        session,
        payment_id=payment_id,
        method=body.method,
        reach=reach,
        now=await business_now(session),
        most_idr=most,
        offered=providers.current().methods,
    )
    return schemas.MethodOut(payments=await _payments_out(session, wished))


@router.post("/payments/{payment_id}/refunds", status_code=201, tags=["refunds"], name="create")
async def create_refund(
    payment_id: schemas.PaymentId, body: schemas.RefundIn, session: Session, caller: CurrentCaller
) -> schemas.RefundOut:
    """For officers: send money back. From Rp 5,000,000 on another officer has to approve it first."""
    refund = await service.request_refund(
        session,
        payment_id=payment_id,
        reason=body.reason,
        amount_idr=body.amount.amount if body.amount else None,
        limits=service.Limits.of(settings().payments),
        by=caller.person,
    )
    return await _refund_out(session, refund)


@router.get("/refunds", tags=["refunds"], name="list")
async def list_refunds(session: Session, asked: Asked, payment: OfPayment = None) -> Listing[schemas.RefundOut]:
    """All refunds, newest first."""
    page = await queries.list_refunds(session, payment_id=payment, asked=asked)
    return Listing(**page.listing(await _refunds_out(session, page.rows)))


@router.get("/refunds/{refund_id}", tags=["refunds"], name="show")
async def show_refund(refund_id: schemas.RefundId, session: Session, reach: CurrentReach) -> schemas.RefundOut:
    """One refund of a payment of yours."""
    return await _refund_out(session, await queries.get_refund(session, refund_id, reach))


@router.post("/refunds/{refund_id}/approval", status_code=201, tags=["refunds"], name="approve")
async def approve_refund(refund_id: schemas.RefundId, session: Session, caller: CurrentCaller) -> schemas.RefundOut:
    """Approve a refund, or let one that failed be tried anew. Above the limit two different officers do it."""
    refund = await service.approve_refund(
        session, refund_id=refund_id, limits=service.Limits.of(settings().payments), by=caller.person
    )
    return await _refund_out(session, refund)


@router.post("/refunds/{refund_id}/rejection", status_code=201, tags=["refunds"], name="reject")
async def reject_refund(refund_id: schemas.RefundId, session: Session, caller: CurrentCaller) -> schemas.RefundOut:
    """Decide that the money does not go back."""
    return await _refund_out(session, await service.reject_refund(session, refund_id=refund_id, by=caller.person))


async def _refund_out(session: AsyncSession, row: Refund) -> schemas.RefundOut:
    [shown] = await _refunds_out(session, [row])
    return shown


async def _refunds_out(session: AsyncSession, rows: Sequence[Refund]) -> list[schemas.RefundOut]:
    found = await queries.payments_of(session, [row.payment_id for row in rows])
    return [showing.refund_out(row, found[row.payment_id]) for row in rows]


@router.get("/disputes", tags=["disputes"], name="list")
async def list_disputes(session: Session, asked: Asked) -> Listing[schemas.DisputeOut]:
    """All chargebacks, newest first."""
    page = await queries.list_disputes(session, asked=asked)
    return Listing(**page.listing(await _disputes_out(session, page.rows)))


@router.get("/disputes/{dispute_id}", tags=["disputes"], name="show")
async def show_dispute(dispute_id: schemas.DisputeId, session: Session) -> schemas.DisputeOut:
    """One chargeback."""
    [shown] = await _disputes_out(session, [await queries.get_dispute(session, dispute_id)])
    return shown


async def _disputes_out(session: AsyncSession, rows: Sequence[Dispute]) -> list[schemas.DisputeOut]:
    found = await queries.payments_of(session, [row.payment_id for row in rows])
    return [showing.dispute_out(row, found[row.payment_id]) for row in rows]


@router.post("/payment-notices", tags=["payment_notices"], name="create")
@own_idempotency
async def take_notice(body: schemas.NoticeIn, said: Said, request: Request, session: Session) -> schemas.NoticeTaken:
    """For the payment provider: a signed notice (Standard Webhooks). A repeat changes nothing."""
    return await _take(session, request, said.webhook_signature)


@router.post("/stripe-notices", tags=["stripe_notices"], name="create")
@own_idempotency
async def take_stripe_notice(
    body: schemas.StripeEvent, said: SaidByStripe, request: Request, session: Session
) -> schemas.NoticeTaken:
    """For Stripe: a signed event. A repeat changes nothing."""
    return await _take(session, request, said.stripe_signature)


async def _take(session: AsyncSession, request: Request, signature: str) -> schemas.NoticeTaken:
    told = service.read_notice(request.headers, await request.body(), milliseconds() // 1000)
    await service.keep_notice(session, told, signature=signature.encode())
    return schemas.NoticeTaken(notice=told.notice)
