"""Booking, undoing, and corrections by two people."""

from clothingline.ledger.errors import Unbalanced
from clothingline.ledger.service.booking import Posting, book_all, held
from clothingline.ledger.service.correcting import approve_correction, propose_correction, reject_correction
from clothingline.ledger.service.reversing import contrary

__all__ = [
    "Posting",
    "Unbalanced",
    "approve_correction",
    "book_all",
    "contrary",
    "held",
    "propose_correction",
    "reject_correction",
]
