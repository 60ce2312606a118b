"""What a piece of a design costs and takes, as the engine says today: for the catalogue, never for a payment."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
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


class Sample(NamedTuple):
    """A piece that prices are asked for: of a version of a design, and whether sewn to a body or in a ready size."""

    design: UUID
    version: int
    measured: bool


_kept: dict[Sample, tuple[float, Estimate | None]] = {}


def forget() -> None:
    """Keep nothing; the next look at the catalogue asks the engine."""
    _kept.clear()


def known(designs: Iterable[Design]) -> dict[UUID, Estimate]:
    """Those that this process has asked for not long ago, in a ready size where there is one."""
    found = ((one.id, _known(_plain(one))) for one in designs)
    return {name: estimate for name, estimate in found if estimate}


def known_measured(design: Design) -> Estimate | None:
    """What is known of the design sewn to a body; None for one that is sold in ready sizes alone, or not known."""
    return _known(_measured(design)) if design.made_to_measure else None


def _known(sample: Sample) -> Estimate | None:
    at, estimate = _kept.get(sample, (-KEPT_SECONDS, None))
    return estimate if monotonic() - at < KEPT_SECONDS else None


def _plain(design: Design) -> Sample:
    return Sample(design.id, design.version, design.size_chart_id is None)


def _measured(design: Design) -> Sample:
    return Sample(design.id, design.version, True)


async def look(session: AsyncSession, designs: Sequence[Design], *, today: date) -> list[tuple[Sample, Seen]]:
    """Read what the engine must know for those of the designs that are not known."""
    return await _look(session, [(one, _plain(one)) for one in designs], today)


async def look_both(session: AsyncSession, design: Design, *, today: date) -> list[tuple[Sample, Seen]]:
    """The same for one design in a ready size and sewn to a body, as far as it is sold so."""
    kinds = dict.fromkeys([_plain(design), *([_measured(design)] if design.made_to_measure else [])])
    return await _look(session, [(design, one) for one in kinds], today)


async def _look(
    session: AsyncSession, wanted: Sequence[tuple[Design, Sample]], today: date
) -> list[tuple[Sample, Seen]]:
    now = monotonic()
    missing = [row for row in wanted if now - _kept.get(row[1], (-KEPT_SECONDS, None))[0] >= KEPT_SECONDS]
    orders = [(one, order) for design, one in missing if (order := _sample(design, one, today)) is not None]
    seen = await sketching.look_at_all(session, [order for _, order in orders], today=today)
    return [(one, each) for (one, _), each in zip(orders, seen, strict=True)]


def _sample(design: Design, asked: Sample, today: date) -> Order | None:
    """An order of one piece; None for a design in which something must be chosen first."""
    wish = Wish(
        design=design.slug,
        options={},
        colour=None,
        measurement_set=None,
        sizes={} if asked.measured else {"": 1},
        needed_by=today + timedelta(days=SAMPLE_DAYS),
        ceiling_idr=None,
        recipient="",
        street="",
        regency=SAMPLE_PLACE,
        to_measure=asked.measured,
    )
    try:
        return unwritten(wish, line_of(design, wish, settings().orders))
    except Invalid:
        return None


async def think(seen: Sequence[tuple[Sample, Seen]]) -> Mapping[Sample, Estimate | None]:
    """Ask the engine for one after the other, off the event loop, as long as a reader may wait; others have a turn."""
    found = await asyncio.to_thread(_ask, seen)
    now = monotonic()
    _kept.update({sample: (now, estimate) for sample, estimate in found.items()})
    return found


def _ask(seen: Sequence[tuple[Sample, Seen]]) -> dict[Sample, Estimate | None]:
    found, until = dict[Sample, Estimate | None](), monotonic() + PATIENCE_SECONDS
    for one, each in seen:
        if monotonic() >= until:
            break
        found[one] = _estimate(each)
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
