"""What people and jobs do with plans and offers."""

from clothingline.routing.service.adopting import adopt_plan, confirm_order
from clothingline.routing.service.answering import (
    accept_offer,
    decline_offer,
    expire_offer,
    extend_offer,
    open_offer,
    undo_acceptance,
)
from clothingline.routing.service.overruling import pass_over
from clothingline.routing.service.quoting import record_quote, take_plan
from clothingline.routing.service.releasing import release_cancelled, release_lapsed, release_unpaid
from clothingline.routing.service.rerouting import fill_gap, find_gap

__all__ = [
    "accept_offer",
    "adopt_plan",
    "confirm_order",
    "decline_offer",
    "expire_offer",
    "extend_offer",
    "fill_gap",
    "find_gap",
    "open_offer",
    "pass_over",
    "record_quote",
    "release_cancelled",
    "release_lapsed",
    "release_unpaid",
    "take_plan",
    "undo_acceptance",
]
