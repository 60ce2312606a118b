"""Rows → `Problem`. The only place where the trade becomes arrays, and day numbers dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from clothingline.kit.money import share
from clothingline.matching import Brands, Lots, Makers, Orders, Problem
from clothingline.reference import facts
from clothingline.reference.distances import centroid, plane_xy
from clothingline.routing.market import Market

NO_CEILING_IDR = 10**11
MOST_MAKERS, SMALLEST_LOT = 8, 5
SKILLS: tuple[str, ...] = tuple(facts.skills())
SKILL_BIT = {slug: bit for bit, slug in enumerate(SKILLS)}
MACHINE_BIT = {slug: bit for bit, slug in enumerate(facts.MACHINES)}
FAMILY_BIT = {slug: bit for bit, slug in enumerate(facts.FAMILIES)}
CLASS_NUMBER = {slug: number for number, slug in enumerate(facts.FABRIC_CLASSES)}


@dataclass(frozen=True)
class Ask:
    """One order as the engine needs it. `ceiling_idr` is what may still be paid without options; None = no limit.
    `extras_idr` is the price of one piece's options, which the engine does not weigh.

    `brand` None lets every brand of the family make it. `pins`: pieces by maker that are already accepted or offered.
    """

    order_id: UUID
    skills: Sequence[str]
    machines: Sequence[str]
    family: str
    standard_seconds: int
    pieces: int
    cloth_class: str
    colours: Sequence[str]
    cloth_cm: int
    cloth_width_cm: int
    regency: str
    needed_by: date
    ceiling_idr: int | None
    brand: UUID | None
    extras_idr: int = 0
    pin_brand: UUID | None = None
    pin_lot: UUID | None = None
    pins: Mapping[UUID, int] = field(default_factory=dict)
    forbidden: Mapping[str, frozenset[UUID]] = field(default_factory=dict)


def problem_of(market: Market, asks: Sequence[Ask], *, steering_permille: int = 0) -> Problem:
    """The matching problem of these orders in this market.

    The engine weighs a ceiling against the whole cost, with the parts that nobody pays; `steering_permille` of the
    ceiling makes room for those.
    """
    return Problem(_orders(market, asks, steering_permille), _brands(market), _lots(market), _makers(market))


def _orders(market: Market, asks: Sequence[Ask], steering_permille: int) -> Orders:
    places = [plane_xy(*centroid(ask.regency)) for ask in asks]
    last = len(market.mondays) * 7 - 1
    numbers = _Numbers.of(market)
    return Orders(
        need_skills=_u64(bits(ask.skills, SKILL_BIT) for ask in asks),
        need_machines=_u64(bits(ask.machines, MACHINE_BIT) for ask in asks),
        family=_i16(FAMILY_BIT[ask.family] for ask in asks),
        standard_seconds=_i64(ask.standard_seconds for ask in asks),
        pieces=_i64(ask.pieces for ask in asks),
        cloth_class=_i16(CLASS_NUMBER[ask.cloth_class] for ask in asks),
        colour=_i16(numbers.wanted(ask.colours) for ask in asks),
        cloth_cm=_i64(ask.cloth_cm for ask in asks),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
        ready_day=_i32(market.day(market.today) + 1 for _ in asks),
        due_day=_i32(min(market.day(ask.needed_by), last) for ask in asks),
        reserve_idr=_i64(_reserve(ask.ceiling_idr, steering_permille) for ask in asks),
        fixed_brand=_i32(numbers.brand(ask.brand) for ask in asks),
        max_makers=_i32(1 if ask.pieces == 1 else MOST_MAKERS for ask in asks),
        min_lot=_i32(min(ask.pieces, SMALLEST_LOT) for ask in asks),
        pin_brand=_i32(numbers.brand(ask.pin_brand) for ask in asks),
        pin_lot=_i32(numbers.lot(ask.pin_lot) for ask in asks),
        pins=_rows(3, ((o, numbers.makers[m], n) for o, ask in enumerate(asks) for m, n in ask.pins.items())),
        forbid_makers=_rows(2, numbers.forbidden("tailor", numbers.makers, asks)),
        forbid_lots=_rows(2, _unfit_lots(market, numbers, asks)),
        forbid_brands=_rows(2, numbers.forbidden("brand", numbers.brands, asks)),
    )


def _reserve(ceiling_idr: int | None, steering_permille: int) -> int:
    if ceiling_idr is None:
        return NO_CEILING_IDR
    return max(ceiling_idr + share(ceiling_idr, permille=steering_permille), 0)


@dataclass(frozen=True)
class _Numbers:
    """Row numbers of parties, and small numbers for colours and shades."""

    brands: Mapping[UUID, int]
    lots: Mapping[UUID, int]
    makers: Mapping[UUID, int]
    colours: Mapping[str, int]
    shades: Mapping[str, int]

    @classmethod
    def of(cls, market: Market) -> "_Numbers":
        return cls(
            {row.id: number for number, row in enumerate(market.brands)},
            {row.id: number for number, row in enumerate(market.lots)},
            {row.id: number for number, row in enumerate(market.makers)},
            {name: number for number, name in enumerate(sorted({row.colour for row in market.lots}))},
            {name: number for number, name in enumerate(sorted({row.shade for row in market.lots}))},
        )

    def wanted(self, colours: Sequence[str]) -> int:
        """The one colour that is wanted; −1 when none or several are (those are kept by forbidding the others)."""
        return self.colours.get(colours[0], len(self.colours)) if len(colours) == 1 else -1

    def brand(self, brand: UUID | None) -> int:
        return -1 if brand is None else self.brands[brand]

    def lot(self, lot: UUID | None) -> int:
        return -1 if lot is None else self.lots[lot]

    def forbidden(self, kind: str, rows: Mapping[UUID, int], asks: Sequence[Ask]) -> list[tuple[int, int]]:
        return [
            (order, rows[one])
            for order, ask in enumerate(asks)
            for one in sorted(ask.forbidden.get(kind, frozenset()))
            if one in rows
        ]


def _unfit_lots(market: Market, numbers: _Numbers, asks: Sequence[Ask]) -> list[tuple[int, int]]:
    """Lots that were refused, are narrower than the design, or have none of several wanted colours."""
    unfit = set(numbers.forbidden("lot", numbers.lots, asks))
    for order, ask in enumerate(asks):
        for number, lot in enumerate(market.lots):
            if lot.width_cm < ask.cloth_width_cm or (ask.colours and lot.colour not in ask.colours):
                unfit.add((order, number))
    return sorted(unfit)


def _brands(market: Market) -> Brands:
    rows, places = market.brands, [plane_xy(row.lat_micro, row.lon_micro) for row in market.brands]
    free = [[_free(market.pieces, market.own.pieces, row.id, monday) for monday in market.mondays] for row in rows]
    return Brands(
        families=_u64(bits(row.families, FAMILY_BIT) for row in rows),
        fee_idr=_i64(row.fee_idr for row in rows),
        cut_days=_i32(row.cut_days for row in rows),
        finish_days=_i32(row.finish_days for row in rows),
        free_pieces=_table(free, len(market.mondays)),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
    )


def _free(free: Mapping[Any, int], own: Mapping[Any, int], party: UUID, monday: date) -> int:
    slot = (party, monday)
    return free.get(slot, 0) + own.get(slot, 0)


def _lots(market: Market) -> Lots:
    rows, numbers = market.lots, _Numbers.of(market)
    places = [plane_xy(*market.stores[row.supplier_id]) for row in rows]
    return Lots(
        cloth_class=_i16(CLASS_NUMBER[row.cloth_class] for row in rows),
        colour=_i16(numbers.colours[row.colour] for row in rows),
        shade=_i16(numbers.shades[row.shade] for row in rows),
        available_cm=_i64(row.free_cm + market.own.cloth.get(row.id, 0) for row in rows),
        price_idr=_i64(row.price_idr for row in rows),
        lead_days=_i32(row.lead_days for row in rows),
        min_cut_cm=_i64(row.min_cut_cm for row in rows),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
    )


def _makers(market: Market) -> Makers:
    rows, places = market.makers, [plane_xy(row.lat_micro, row.lon_micro) for row in market.makers]
    until = [[_until(market, row.id, slug) for slug in SKILLS] for row in rows]
    free = [[_free(market.seconds, market.own.seconds, row.id, monday) for monday in market.mondays] for row in rows]
    return Makers(
        skills=_u64(bits(market.skills_until.get(row.id, {}), SKILL_BIT) for row in rows),
        machines=_u64(bits(row.machines, MACHINE_BIT) for row in rows),
        skill_until=np.array(until, dtype=np.int32).reshape(len(rows), len(SKILLS)),
        rate_idr=_i64(row.rate_idr for row in rows),
        efficiency_permille=_i64(row.efficiency_permille for row in rows),
        free_seconds=_table(free, len(market.mondays)),
        defect_ppm=_i64(row.defect_ppm for row in rows),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
        reach_m=_i64(row.reach_m for row in rows),
    )


def _until(market: Market, maker: UUID, skill: str) -> int:
    day = market.skills_until.get(maker, {}).get(skill)
    return -1 if day is None else max(market.day(day), -1)


def bits(words: Iterable[str], numbers: Mapping[str, int]) -> int:
    """The bit set of some words."""
    return sum(1 << numbers[word] for word in set(words))


def _u64(values: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(values), dtype=np.uint64)


def _i64(values: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)


def _i32(values: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(values), dtype=np.int32)


def _i16(values: Iterable[int]) -> NDArray[np.int16]:
    return np.array(list(values), dtype=np.int16)


def _rows(width: int, rows: Iterable[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.array(sorted(rows), dtype=np.int64).reshape(-1, width)


def _table(rows: list[list[int]], width: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)
