"""What each party is owed, since when it may be paid, and what becomes of it."""

from clothingline.earnings.service.accepting import release_order
from clothingline.earnings.service.account import spare
from clothingline.earnings.service.covering import Cover, cover, uncover
from clothingline.earnings.service.earning import earn
from clothingline.earnings.service.expecting import expect, void
from clothingline.earnings.service.holding import lapse_hold, lift, lose
from clothingline.earnings.service.owing import forgive, owe
from clothingline.earnings.service.paying import back_to_available, take_available, to_batch, to_paid
from clothingline.earnings.service.releasing import after_capture, release_due

__all__ = [
    "Cover",
    "after_capture",
    "back_to_available",
    "cover",
    "earn",
    "expect",
    "forgive",
    "lapse_hold",
    "lift",
    "lose",
    "owe",
    "release_due",
    "release_order",
    "spare",
    "take_available",
    "to_batch",
    "to_paid",
    "uncover",
    "void",
]
