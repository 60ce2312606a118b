"""What a piece of a design costs and takes, as the engine says today: for the catalogue, never for a payment."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments.models import Design
from clothingline.kit.clock import monotonic
from clothingline.kit.errors import Invalid
from clothingline.orders.models import Order
from clothingline.orders.service.placing import Wish, line_of, unwritten
from clothingline.routing import sketching
from clothingline.routing.sketching import Seen
from clothingline.settings import settings

SAMPLE_PLACE = "32.73"
SAMPLE_DAYS = 60
KEPT_SECONDS = 900
PATIENCE_SECONDS = 0.5
"""For how long one reader of the catalogue waits for prices; who comes next sees more of them."""


@dataclass(frozen=True)
class Estimate:
    """One piece without options, sent to the pilot's city: rupiah, usual days (P50) and days at the latest (P90)."""

    price_idr: int
    usual_days: int
    latest_days: int
    cloth_permille: int


_kept: dict[tuple[UUID, int], tuple[float, Estimate | None]] = {}


def forget() -> None:
    """Keep nothing; the next look at the catalogue asks the engine."""
    _kept.clear()


def known(designs: Iterable[Design]) -> dict[UUID, Estimate]:
    """Those that this process has asked for not long ago."""
    now = monotonic()
    found = ((one.id, _kept.get((one.id, one.version))) for one in designs)
    return {name: kept[1] for name, kept in found if kept and kept[1] and now - kept[0] < KEPT_SECONDS}


async def look(session: AsyncSession, designs: Sequence[Design], *, today: date) -> list[tuple[Design, Seen]]:
    """Read what the engine must know for those of the designs that are not known."""
    now = monotonic()
    missing = [
        one for one in designs if now - _kept.get((one.id, one.version), (-KEPT_SECONDS, None))[0] >= KEPT_SECONDS
    ]
    samples = [(one, order) for one in missing if (order := _sample(one, today)) is not None]
    seen = await sketching.look_at_all(session, [order for _, order in samples], today=today)
    return [(one, each) for (one, _), each in zip(samples, seen, strict=True)]


def _sample(design: Design, today: date) -> Order | None:
    """An order of one piece; None for a design in which something must be chosen first."""
    wish = Wish(
        design=design.slug,
        options={},
        colour=None,
        measurement_set=None,
        sizes={} if design.size_chart_id is None else {"": 1},
        needed_by=today + timedelta(days=SAMPLE_DAYS),
        ceiling_idr=None,
        recipient="",
        street="",
        regency=SAMPLE_PLACE,
        to_measure=design.size_chart_id is None,
    )
    try:
        return unwritten(wish, line_of(design, wish, settings().orders))
    except Invalid:
        return None


async def think(seen: Sequence[tuple[Design, Seen]]) -> Mapping[UUID, Estimate | None]:
    """Ask the engine for one after the other, off the event loop, as long as a reader may wait; others have a turn."""
    found = await asyncio.to_thread(_ask, seen)
    now = monotonic()
    _kept.update({key: (now, estimate) for key, estimate in found.items()})
    return {key[0]: estimate for key, estimate in found.items()}


def _ask(seen: Sequence[tuple[Design, Seen]]) -> dict[tuple[UUID, int], Estimate | None]:
    found, until = dict[tuple[UUID, int], Estimate | None](), monotonic() + PATIENCE_SECONDS
    for one, each in seen:
        if monotonic() >= until:
            break
        found[one.id, one.version] = _estimate(each)
    return found


def _estimate(seen: Seen) -> Estimate | None:
    plans = sketching.solve_plans(seen)
    if not plans:
        return None
    best = min(plans, key=lambda one: one.price_idr)
    cloth = sum(part["amount"] for part in best.parts if part["code"] == "cloth")
    today = seen.market.today
    return Estimate(
        best.price_idr,
        (best.usual_on - today).days,
        (best.promise_on - today).days,
        cloth * 1000 // best.price_idr,
    )
