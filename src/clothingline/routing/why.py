"""An explanation of a plan as its readers see it: parts that add up, the next best, who fell out, what would change."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clothingline.kit.ids import read
from clothingline.routing.models import Plan
from clothingline.web.words import later

PART_WORDS = {
    "brand_fee": later("Biaya merek"),
    "cloth": later("Kain"),
    "sewing_pay": later("Upah jahit"),
    "set_up": later("Persiapan"),
    "transport": later("Ongkos kirim"),
    "options": later("Pilihan tambahan"),
    "ppn": later("PPN"),
    "defects": later("Risiko cacat"),
    "lateness_risk": later("Risiko terlambat"),
    "fairness_credit": later("Pemerataan kerja"),
}
CHANGE_WORDS = {
    "due_day": later("Tanggal mundur %(n)s hari"),
    "colour": later("Warna kain bebas"),
    "brand": later("Merek lain boleh"),
    "max_makers": later("Dibagi ke %(n)s penjahit lagi"),
    "min_lot": later("Bagian lebih kecil tiap penjahit"),
}


@dataclass(frozen=True)
class Part:
    """A part of the cost in whole rupiah; what nobody pays only steers the choice."""

    words: str
    amount_idr: int
    paid: bool


@dataclass(frozen=True)
class Change:
    """What one change would do to the cost; None: no plan either."""

    words: str
    n: int
    effect_idr: int | None


@dataclass(frozen=True)
class Why:
    """Why this plan. `parts` add up to `cost_idr`; the next best costs `dearer_idr` more and is sewn by `next_best`."""

    summary: str
    parts: tuple[Part, ...]
    cost_idr: int
    limits: tuple[tuple[str, int], ...]
    dearer_idr: int | None
    next_best: tuple[UUID, ...]
    changes: tuple[Change, ...]

    @property
    def named(self) -> set[UUID]:
        """Makers whose names are said."""
        return set(self.next_best)


def why(plan: Plan, language: str) -> Why | None:
    """The explanation that is kept with a plan; None while the job that explains has not come to it."""
    said = plan.explanation
    if said is None:
        return None
    other = said["runner_up"]
    return Why(
        summary=said["summary"][language],
        parts=parts_of(said["parts"]),
        cost_idr=said["cost_idr"],
        limits=tuple((one[language], one["count"]) for one in said["limits"]),
        dearer_idr=other["cost_idr"] - said["cost_idr"] if other else None,
        next_best=tuple(read("tlr", one) for one in other["tailors"]) if other else (),
        changes=tuple(_changes(said["counterfactuals"])),
    )


def parts_of(kept: list[dict[str, Any]]) -> tuple[Part, ...]:
    """Cost parts in words, those of nothing left out."""
    return tuple(
        Part(PART_WORDS.get(one["code"], one["code"]), one["amount"], one["paid"]) for one in kept if one["amount"]
    )


def _changes(kept: list[dict[str, Any]]) -> list[Change]:
    known = (one for one in kept if one["change"] in CHANGE_WORDS and one["effect_idr"] != 0)
    return [Change(CHANGE_WORDS[one["change"]], one["value"], one["effect_idr"]) for one in known]
