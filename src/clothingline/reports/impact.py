"""What the programme says of itself in the open: counted now and then, since anybody may ask as often as they like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_now, monotonic
from clothingline.reports import measures
from clothingline.reports.measures import Figure, Spread

OPEN = ("on_time", "first_pass", "time_to_match")
DAYS = 90
KEPT_SECONDS = 900


@dataclass(frozen=True)
class Impact:
    """The open measures over the last 90 days, as they were at a moment."""

    figures: Sequence[Figure]
    spreads: Sequence[Spread]
    at: datetime


_kept: list[tuple[float, Impact]] = []


def forget() -> None:
    """Keep nothing; who asks next has it counted."""
    _kept.clear()


async def impact_of(session: AsyncSession) -> Impact:
    """What this process counted a quarter of an hour ago at most."""
    now = monotonic()
    if not _kept or now - _kept[0][0] >= KEPT_SECONDS:
        _kept[:] = [(now, await _count(session))]
    return _kept[0][1]


async def _count(session: AsyncSession) -> Impact:
    figures = [await measures.figure_of(session, code, days=DAYS) for code in OPEN]
    spreads = [await measures.spread_of(session, "offers", days=DAYS)]
    return Impact(figures, spreads, await business_now(session))
