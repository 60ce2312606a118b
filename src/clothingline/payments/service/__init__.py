"""What happens to money."""

from clothingline.payments.service.asking import take_to_ask
from clothingline.payments.service.noticing import keep_notice, verify_notice
from clothingline.payments.service.opening import (
    expire_overdue,
    expire_payments,
    record_charge,
    wish_balance,
    wish_first,
)
from clothingline.payments.service.refunding import refund_order, refund_payment, send_refund, settle_refund
from clothingline.payments.service.settling import quarantine, settle, settle_asked

__all__ = [
    "expire_overdue",
    "expire_payments",
    "keep_notice",
    "quarantine",
    "record_charge",
    "refund_order",
    "refund_payment",
    "send_refund",
    "settle",
    "settle_asked",
    "settle_refund",
    "take_to_ask",
    "verify_notice",
    "wish_balance",
    "wish_first",
]
