"""What each party is owed, since when it may be paid, and what becomes of it."""

from clothingline.earnings.service.expecting import earn, expect, release, void
from clothingline.earnings.service.paying import back_to_available, take_available, to_batch, to_paid

__all__ = [
    "back_to_available",
    "earn",
    "expect",
    "release",
    "take_available",
    "to_batch",
    "to_paid",
    "void",
]
