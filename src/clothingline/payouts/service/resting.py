"""No money leaves soon after a change of a payee's bank account: whoever changed it may not have been its owner."""

from datetime import datetime, timedelta

from clothingline.payouts.models import Payee
from clothingline.settings import settings


def rest() -> timedelta:
    """How long an account rests after it has changed."""
    return timedelta(hours=settings().payouts.rest_hours_after_change)


def rests_until(payee: Payee) -> datetime:
    """From then on money may leave for this payee."""
    return payee.changed_at + rest()
