"""When a delivery that failed is tried again. Pure."""

from datetime import datetime, timedelta
from typing import Final

SECONDS: Final = (5, 300, 1_800, 7_200, 18_000, 36_000)
LATER_SECONDS: Final = 43_200
LONGEST: Final = timedelta(hours=72)
SHAKEN_PERMILLE: Final = 100
"""A pause is up to a tenth shorter or longer, so that what failed together does not come back together."""


def next_try(*, tries: int, since: datetime, now: datetime, shake_permille: int) -> datetime | None:
    """When to try again after `tries` (≥ 1) failures; None once the tries have gone on for 72 hours.

    5 s, 5 min, 30 min, 2 h, 5 h, 10 h, then every 12 h, and a last time when the 72 hours are over. `shake_permille`
    between −100 and 100 shortens or lengthens the pause.
    """
    end = since + LONGEST
    if now >= end:
        return None
    usual = SECONDS[tries - 1] if tries <= len(SECONDS) else LATER_SECONDS
    return min(now + timedelta(milliseconds=usual * (1_000 + shake_permille)), end)
