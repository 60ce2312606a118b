"""What happens to reconciliations and differences."""

from clothingline.reconciliation.service.comparing import (
    Found,
    compare,
    compare_balance,
    compare_connected,
    finish,
    keep_found,
)
from clothingline.reconciliation.service.reading import begin, keep, keep_page, read_on_later, real_now, turn_to
from clothingline.reconciliation.service.resolving import resolve

__all__ = [
    "Found",
    "begin",
    "compare",
    "compare_balance",
    "compare_connected",
    "finish",
    "keep",
    "keep_found",
    "keep_page",
    "read_on_later",
    "real_now",
    "resolve",
    "turn_to",
]
