"""What people and other houses do with orders."""

from clothingline.orders.service.advancing import (
    mark_accepted,
    mark_action_required,
    mark_confirmed,
    mark_cut,
    mark_delivered,
    mark_ready,
    mark_shipped,
    note_plan,
)
from clothingline.orders.service.changing import change_order, choose_later, redirect_order
from clothingline.orders.service.drafting import begin_draft, drop_draft, hash_of, keep_answers, measures_of
from clothingline.orders.service.ending import cancel_order, unprice_order
from clothingline.orders.service.paying import mark_paid, record_balance
from clothingline.orders.service.placing import Wish, place_order, sketch_order
from clothingline.orders.service.pricing import adjust_price_lines, freeze_price, reduce_price, restore_price
from clothingline.orders.service.quoting import accept_quote, lapse_quote, offer_quote

__all__ = [
    "Wish",
    "accept_quote",
    "adjust_price_lines",
    "begin_draft",
    "cancel_order",
    "change_order",
    "choose_later",
    "drop_draft",
    "freeze_price",
    "hash_of",
    "keep_answers",
    "lapse_quote",
    "mark_accepted",
    "mark_action_required",
    "mark_confirmed",
    "mark_cut",
    "mark_delivered",
    "mark_paid",
    "mark_ready",
    "mark_shipped",
    "measures_of",
    "note_plan",
    "offer_quote",
    "place_order",
    "record_balance",
    "redirect_order",
    "reduce_price",
    "restore_price",
    "sketch_order",
    "unprice_order",
]
