"""The kinds of garments that are ordered: each type, alone or with some of its optional skills."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from clothingline.reference import facts

Whole = NDArray[np.int64]
Bits = NDArray[np.uint64]

EXTRA_SHARE = 0.25
"""Each optional skill makes a kind this much as popular."""


@dataclass(frozen=True)
class Kinds:
    """One row a kind. `share`: how often it is ordered, sums to one · `price_idr`: of a metre of its cloth, usual."""

    skills: Bits
    machines: Bits
    family: Whole
    seconds: Whole
    cloth_class: Whole
    cloth_cm: Whole
    price_idr: Whole
    share: NDArray[np.float64]
    skill_count: int

    def __len__(self) -> int:
        return len(self.skills)


USUAL_PRICE_IDR = {
    "woven_sheer": 28_000, "woven_light": 35_000, "woven_medium": 48_000, "woven_heavy": 65_000, "knit_light": 40_000,
    "batik": 85_000, "lace": 95_000, "suiting": 120_000, "leather": 200_000,
}  # fmt: skip
POPULAR = {
    "kemeja": 12, "blus": 9, "celana": 9, "rok": 5, "gamis": 9, "koko": 6, "kebaya": 3, "kemeja_batik": 7, "jilbab": 5,
    "mukena": 4, "seragam_sekolah": 14, "kaos": 7, "jaket": 5, "jas": 2, "setelan_anak": 3,
}  # fmt: skip


@cache
def kinds() -> Kinds:
    """All kinds of all types whose consumption of cloth is known; shoes are not."""
    types = [one for one in facts.garment_types().values() if one.consumption_at_150_cm is not None]
    skills = {slug: bit for bit, slug in enumerate(dict.fromkeys(s for one in types for s in _all_skills(one)))}
    machines = {slug: bit for bit, slug in enumerate(facts.MACHINES)}
    rows = [(one, extra) for one in types for extra in _subsets(one.optional_skills)]
    share = np.array([POPULAR[one.slug] * EXTRA_SHARE ** len(extra) for one, extra in rows])
    return Kinds(
        skills=np.array([_bits((*one.skills, *extra), skills) for one, extra in rows], dtype=np.uint64),
        machines=np.array([_bits(one.machines, machines) for one, _ in rows], dtype=np.uint64),
        family=np.array([facts.FAMILIES.index(one.family) for one, _ in rows]),
        seconds=np.array([one.standard_seconds + 600 * len(extra) for one, extra in rows]),
        cloth_class=np.array([facts.FABRIC_CLASSES.index(one.fabric_class) for one, _ in rows]),
        cloth_cm=np.array([one.consumption_at_150_cm for one, _ in rows]),
        price_idr=np.array([USUAL_PRICE_IDR[one.fabric_class] for one, _ in rows]),
        share=share / share.sum(),
        skill_count=len(skills),
    )


def _all_skills(one: facts.GarmentType) -> tuple[str, ...]:
    return (*one.skills, *one.optional_skills)


def _subsets(optional: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [some for size in range(len(optional) + 1) for some in combinations(optional, size)]


def _bits(slugs: tuple[str, ...], numbers: dict[str, int]) -> int:
    return sum(1 << numbers[slug] for slug in set(slugs))
