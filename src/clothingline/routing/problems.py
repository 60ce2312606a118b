"""Rows → `Problem`. The only place where the trade becomes arrays, and day numbers dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from clothingline.kit.money import share
from clothingline.kit.weeks import WeekKey
from clothingline.matching import Brands, Lots, Makers, Orders, Problem
from clothingline.reference.distances import centroid, plane_xy
from clothingline.routing.market import Market, Roll
from clothingline.routing.sharing import credits_of
from clothingline.routing.standing import (
    CLASS_NUMBER,
    FAMILY_BIT,
    MACHINE_BIT,
    SKILL_BIT,
    bits,
    cloth,
    houses,
    numbered,
    workshops,
)

NO_CEILING_IDR = 10**11
MOST_MAKERS, SMALLEST_LOT = 8, 5


@dataclass(frozen=True)
class Ask:
    """One order as the engine needs it. `ceiling_idr` is what may still be paid without options; None = no limit.
    `slack_permille` of it may be added at the cost of the brand, of whose part `returned_idr` has gone back to the
    consumer (see `thinking.bearable`).
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
    slack_permille: int = 0
    returned_idr: int = 0
    pin_brand: UUID | None = None
    pin_lot: UUID | None = None
    pins: Mapping[UUID, int] = field(default_factory=dict)
    forbidden: Mapping[str, frozenset[UUID]] = field(default_factory=dict)


def problem_of(market: Market, asks: Sequence[Ask], *, steering_permille: int = 0) -> Problem:
    """The matching problem of these orders in this market.

    The engine weighs a ceiling against the whole cost, with the parts that nobody pays; `steering_permille` of the
    ceiling makes room for those. A wished day that has passed is put on the ready day, by which nothing can be done.
    """
    return Problem(_orders(market, asks, steering_permille), _brands(market), _lots(market), _makers(market))


def with_fewer(problem: Problem, ask: Ask, pieces: int) -> Problem:
    """The problem of the one order of `ask` for fewer pieces, at the same price a piece."""
    ceiling = None if ask.ceiling_idr is None else ask.ceiling_idr * pieces // ask.pieces
    columns = {
        "pieces": np.array([pieces]),
        "reserve_idr": np.array([_reserve(ceiling, 0)]),
        "max_makers": np.array([_makers_at_most(pieces)], dtype=np.int32),
        "min_lot": np.array([min(pieces, SMALLEST_LOT)], dtype=np.int32),
    }
    return problem.with_columns({"orders": columns})


def _makers_at_most(pieces: int) -> int:
    return 1 if pieces == 1 else MOST_MAKERS


def _orders(market: Market, asks: Sequence[Ask], steering_permille: int) -> Orders:
    places = [plane_xy(*centroid(ask.regency)) for ask in asks]
    last = len(market.mondays) * 7 - 1
    numbers = _Numbers.of(market)
    return Orders(
        need_skills=np.array([bits(ask.skills, SKILL_BIT) for ask in asks], dtype=np.uint64),
        need_machines=np.array([bits(ask.machines, MACHINE_BIT) for ask in asks], dtype=np.uint64),
        family=np.array([FAMILY_BIT[ask.family] for ask in asks], dtype=np.int16),
        standard_seconds=_i64(ask.standard_seconds for ask in asks),
        pieces=_i64(ask.pieces for ask in asks),
        cloth_class=np.array([CLASS_NUMBER[ask.cloth_class] for ask in asks], dtype=np.int16),
        colour=np.array([numbers.wanted(ask.colours) for ask in asks], dtype=np.int16),
        cloth_cm=_i64(ask.cloth_cm for ask in asks),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
        ready_day=np.array([market.ready_day for _ in asks], dtype=np.int32),
        due_day=np.array([min(max(market.day(ask.needed_by), market.ready_day), last) for ask in asks], dtype=np.int32),
        reserve_idr=np.array(
            [_reserve(ask.ceiling_idr, steering_permille + ask.slack_permille) for ask in asks], dtype=np.int64
        ),
        fixed_brand=np.array([numbers.brand(ask.brand) for ask in asks], dtype=np.int32),
        max_makers=np.array([_makers_at_most(ask.pieces) for ask in asks], dtype=np.int32),
        min_lot=np.array([min(ask.pieces, SMALLEST_LOT) for ask in asks], dtype=np.int32),
        pin_brand=np.array([numbers.brand(ask.pin_brand) for ask in asks], dtype=np.int32),
        pin_lot=np.array([numbers.lot(ask.pin_lot) for ask in asks], dtype=np.int32),
        pins=_rows(3, ((o, numbers.makers[m], n) for o, ask in enumerate(asks) for m, n in ask.pins.items())),
        forbid_makers=_rows(2, numbers.forbidden("tailor", numbers.makers, asks)),
        forbid_lots=_rows(2, _unfit_lots(market, numbers, asks)),
        forbid_brands=_rows(2, numbers.forbidden("brand", numbers.brands, asks)),
    )


def _reserve(ceiling_idr: int | None, more_permille: int) -> int:
    if ceiling_idr is None:
        return NO_CEILING_IDR
    return max(ceiling_idr + share(ceiling_idr, permille=more_permille), 0)


@dataclass(frozen=True)
class _Numbers:
    """Row numbers of parties, and small numbers for colours."""

    brands: Mapping[UUID, int]
    lots: Mapping[UUID, int]
    makers: Mapping[UUID, int]
    colours: Mapping[str, int]

    @classmethod
    def of(cls, market: Market) -> "_Numbers":
        return cls(
            market.brands.at,
            market.lots.at,
            market.makers.at,
            numbered(row.colour for row in market.lots.rows),
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
        for number, lot in enumerate(market.lots.rows):
            if lot.width_cm < ask.cloth_width_cm or (ask.colours and lot.colour not in ask.colours):
                unfit.add((order, number))
    return sorted(unfit)


def _brands(market: Market) -> Brands:
    return houses(market.brands.rows).with_columns(free_pieces=_free(market, market.brands, market.own.pieces))


def _makers(market: Market) -> Makers:
    roll, own = market.makers, market.own
    table = workshops(roll.rows, market.proofs, market.mondays[0])
    return table.with_columns(
        free_seconds=_free(market, roll, own.seconds),
        rate_idr=_put(table.rate_idr, roll, own.rates),
        fair_credit=credits_of(table, roll.at, market.asked, market.declared),
    )


def _free(market: Market, roll: Roll[Any], own: Mapping[WeekKey, int]) -> NDArray[np.int64]:
    """Free amounts (parties, weeks), with what the order has set aside itself."""
    weeks = {monday: number for number, monday in enumerate(market.mondays)}
    table = roll.free.copy()
    for (party, monday), amount in own.items():
        if monday in weeks:
            table[roll.at[party], weeks[monday]] += amount
    return table


def _lots(market: Market) -> Lots:
    table, own = cloth(market.lots.rows, market.stores), market.own
    free = market.lots.free[:, 0].copy()
    for lot, cm in own.cloth.items():
        if lot in market.lots.at:
            free[market.lots.at[lot]] += cm
    return table.with_columns(available_cm=free, price_idr=_put(table.price_idr, market.lots, own.prices))


def _put(column: NDArray[np.int64], roll: Roll[Any], others: Mapping[UUID, int]) -> NDArray[np.int64]:
    """A column with other values for some of the roll."""
    changed = column.copy()
    for one, value in others.items():
        if one in roll.at:
            changed[roll.at[one]] = value
    return changed


def _i64(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _rows(width: int, rows: Iterable[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.array(sorted(rows), dtype=np.int64).reshape(-1, width)
