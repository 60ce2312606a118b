"""How rows of payments look from outside."""

from clothingline.kit.http.amounts import idr
from clothingline.orders.models import Order
from clothingline.payments import schemas
from clothingline.payments.models import Dispute, Payment, Refund


def payment_out(row: Payment, order: Order) -> schemas.PaymentOut:
    """A payment; the pages are shown only while they are of use."""
    said = ("id", "instalment", "part", "method", "state", "expires_at", "captured_at")
    return schemas.PaymentOut(
        **{name: getattr(row, name) for name in said},
        order=order.id,
        order_code=order.code,
        amount=idr(row.amount_idr),
        captured=idr(row.captured_idr),
        refunded=idr(row.refunded_idr),
        pay_url=row.pay_url if row.state in ("open", "acting") else None,
        redirect_url=row.redirect_url if row.state == "acting" else None,
    )


def refund_out(row: Refund, payment: Payment) -> schemas.RefundOut:
    """A refund."""
    said = ("id", "reason", "state", "approved_by", "second_by", "created_at")
    return schemas.RefundOut(
        **{name: getattr(row, name) for name in said},
        payment=payment.id,
        order=payment.order_id,
        amount=idr(row.amount_idr),
    )


def dispute_out(row: Dispute, payment: Payment) -> schemas.DisputeOut:
    """A chargeback."""
    return schemas.DisputeOut.model_validate(
        {
            "id": row.id,
            "payment": payment.id,
            "order": payment.order_id,
            "amount": idr(row.amount_idr),
            "fee": idr(row.fee_idr),
            "held": idr(row.held_idr),
            "state": row.state,
            "respond_by": row.respond_by,
        }
    )
