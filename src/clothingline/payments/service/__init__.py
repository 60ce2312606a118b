"""What happens to money."""

from clothingline.payments.service.asking import call_refunds, take_disputes_to_ask, take_to_ask
from clothingline.payments.service.choosing import choose_method, offered_for
from clothingline.payments.service.disputing import follow_dispute
from clothingline.payments.service.ending import drop_due, expire_overdue, expire_payments
from clothingline.payments.service.holding import decide_capture
from clothingline.payments.service.instalments import wish_balance, wish_instalments
from clothingline.payments.service.noticing import decide, keep_notice, quarantine, read_notice
from clothingline.payments.service.opening import record_charge
from clothingline.payments.service.refunding import refund_order, refund_payment
from clothingline.payments.service.requesting import Limits, approve_refund, reject_refund, request_refund
from clothingline.payments.service.returning import doubt_refund, note_answer, refuse_refund, send_refund
from clothingline.payments.service.settling import settle, settle_asked, settle_dispute_notice, settle_refund_notice
from clothingline.payments.service.squaring import repay_fund

__all__ = [
    "Limits",
    "approve_refund",
    "call_refunds",
    "choose_method",
    "decide",
    "decide_capture",
    "doubt_refund",
    "drop_due",
    "expire_overdue",
    "expire_payments",
    "follow_dispute",
    "keep_notice",
    "note_answer",
    "offered_for",
    "quarantine",
    "read_notice",
    "record_charge",
    "refund_order",
    "refund_payment",
    "refuse_refund",
    "reject_refund",
    "repay_fund",
    "request_refund",
    "send_refund",
    "settle",
    "settle_asked",
    "settle_dispute_notice",
    "settle_refund_notice",
    "take_disputes_to_ask",
    "take_to_ask",
    "wish_balance",
    "wish_instalments",
]
