"""What changes seldom of a market, as columns for the engine, built again only when its rows are no longer the same.

What is free changes with every order and is not part of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Generic, ParamSpec, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from clothingline.brands.queries import House
from clothingline.certification.queries import Proof
from clothingline.matching import Brands, Lots, Makers
from clothingline.materials.queries import Cloth
from clothingline.reference import facts
from clothingline.reference.distances import plane_xy
from clothingline.suppliers.queries import Store
from clothingline.tailors.queries import Maker

SKILLS: tuple[str, ...] = tuple(facts.skills())
SKILL_BIT = {slug: bit for bit, slug in enumerate(SKILLS)}
MACHINE_BIT = {slug: bit for bit, slug in enumerate(facts.MACHINES)}
FAMILY_BIT = {slug: bit for bit, slug in enumerate(facts.FAMILIES)}
CLASS_NUMBER = {slug: number for number, slug in enumerate(facts.FABRIC_CLASSES)}

P = ParamSpec("P")
Table = TypeVar("Table")


class Kept(Generic[P, Table]):
    """What a pure function said last; it is asked again when its arguments are no longer equal to those of then."""

    def __init__(self, build: Callable[P, Table]) -> None:
        self._build = build
        self._last: tuple[object, Table] | None = None

    def __call__(self, *rows: P.args, **named: P.kwargs) -> Table:
        """The table of these rows, which must not be changed afterwards."""
        last = self._last
        if last is None or last[0] != (rows, named):
            last = self._last = (rows, named), self._build(*rows, **named)
        return last[1]


@Kept
def workshops(makers: Sequence[Maker], proofs: Mapping[UUID, Sequence[Proof]], first_monday: date) -> Makers:
    """The makers without their free seconds; `skill_until` counts days from the first Monday."""
    places = [plane_xy(row.lat_micro, row.lon_micro) for row in makers]
    until = _days(makers, proofs, first_monday)
    return Makers(
        skills=_u64(_proven(days) for days in until),
        machines=_u64(bits(row.machines, MACHINE_BIT) for row in makers),
        skill_until=until,
        rate_idr=_i64(row.rate_idr for row in makers),
        efficiency_permille=_i64(row.efficiency_permille for row in makers),
        free_seconds=np.zeros((len(makers), 0), dtype=np.int64),
        defect_ppm=_i64(row.defect_ppm for row in makers),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
        reach_m=_i64(row.reach_m for row in makers),
    )


def _days(makers: Sequence[Maker], proofs: Mapping[UUID, Sequence[Proof]], first_monday: date) -> NDArray[np.int32]:
    """The last day (makers, skills) on which each skill is proven, −1 without a certificate."""
    days = np.full((len(makers), len(SKILLS)), -1, dtype=np.int32)
    for number, row in enumerate(makers):
        for proof in proofs.get(row.id, ()):
            days[number, SKILL_BIT[proof.skill]] = (proof.until - first_monday).days
    return days


def _proven(days: NDArray[np.int32]) -> int:
    return sum(1 << int(bit) for bit in np.flatnonzero(days >= 0))


@Kept
def houses(brands: Sequence[House]) -> Brands:
    """The brands without their free pieces."""
    places = [plane_xy(row.lat_micro, row.lon_micro) for row in brands]
    return Brands(
        families=_u64(bits(row.families, FAMILY_BIT) for row in brands),
        fee_idr=_i64(row.fee_idr for row in brands),
        cut_days=_i32(row.cut_days for row in brands),
        finish_days=_i32(row.finish_days for row in brands),
        free_pieces=np.zeros((len(brands), 0), dtype=np.int64),
        x=_i64(x for x, _ in places),
        y=_i64(y for _, y in places),
    )


@Kept
def cloth(lots: Sequence[Cloth], stores: Mapping[UUID, Store]) -> Lots:
    """The lots without what is free of them; colours and shades are numbered in the order of their names."""
    places = {row.id: plane_xy(row.lat_micro, row.lon_micro) for row in stores.values()}
    colours, shades = numbered(row.colour for row in lots), numbered(row.shade for row in lots)
    return Lots(
        cloth_class=_i16(CLASS_NUMBER[row.cloth_class] for row in lots),
        colour=_i16(colours[row.colour] for row in lots),
        shade=_i16(shades[row.shade] for row in lots),
        available_cm=np.zeros(len(lots), dtype=np.int64),
        price_idr=_i64(row.price_idr for row in lots),
        lead_days=_i32(row.lead_days for row in lots),
        min_cut_cm=_i64(row.min_cut_cm for row in lots),
        x=_i64(places[row.supplier_id][0] for row in lots),
        y=_i64(places[row.supplier_id][1] for row in lots),
    )


def numbered(words: Iterable[str]) -> dict[str, int]:
    """Each word with its place in the order of the words."""
    return {word: number for number, word in enumerate(sorted(set(words)))}


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
