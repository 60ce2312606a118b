"""An explanation of a plan as its readers see it: parts that add up, the next best, who fell out, what would change."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clothingline.kit.ids import read
from clothingline.matching import PAID
from clothingline.reference import facts
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
    "due_day": later("Tanggal mundur %(num)s hari"),
    "colour": later("Warna kain bebas"),
    "brand": later("Merek lain boleh"),
    "max_makers": later("Dibagi ke %(num)s penjahit lagi"),
    "min_lot": later("Bagian lebih kecil tiap penjahit"),
}

NEEDS_WORDS = {"id": "perlu sertifikat: {skills}", "en": "need a certificate: {skills}"}
"""Why a maker is barred for its certificates: those that it lacks, not that one has run out."""


@dataclass(frozen=True)
class Part:
    """A part of the cost in whole rupiah; what nobody pays only steers the choice."""

    words: str
    amount_idr: int
    paid: bool


@dataclass(frozen=True)
class Bill:
    """What is paid for a plan of a brand, without options and PPN."""

    brand: UUID
    paid_idr: int


@dataclass(frozen=True)
class Change:
    """What one change would do to the cost (None: no plan either), and the bill that the best plan would then have."""

    code: str
    words: str
    n: int
    effect_idr: int | None
    bill: Bill | None


@dataclass(frozen=True)
class Why:
    """Why this plan. `parts` add up to `cost_idr`; the next best costs `dearer_idr` more and is sewn by `next_best`.

    Costs are those of the engine, which nobody pays; `next_bill` is what is paid for the next best, `open_now` what is
    paid for the plans that can be had without a change (empty: not known).
    """

    summary: str
    parts: tuple[Part, ...]
    cost_idr: int
    limits: tuple[tuple[str, int], ...]
    dearer_idr: int | None
    next_best: tuple[UUID, ...]
    changes: tuple[Change, ...]
    next_bill: Bill | None
    open_now: tuple[Bill, ...]

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
        limits=tuple(_limits(said, language)),
        dearer_idr=other["cost_idr"] - said["cost_idr"] if other else None,
        next_best=tuple(read("tlr", one) for one in other["tailors"]) if other else (),
        changes=tuple(_changes(said["counterfactuals"])),
        next_bill=_next_bill(said) if other else None,
        open_now=tuple(_bill(one) for one in said.get("open_now", ())),
    )


def parts_of(kept: list[dict[str, Any]]) -> tuple[Part, ...]:
    """Cost parts in words, those of nothing left out."""
    return tuple(
        Part(PART_WORDS.get(one["code"], one["code"]), one["amount"], one["paid"]) for one in kept if one["amount"]
    )


def _limits(said: dict[str, Any], language: str) -> Iterator[tuple[str, int]]:
    needs = _lacking(said["makers"], language)
    for one in said["limits"]:
        named = one["code"] == "certificate" and needs
        yield (NEEDS_WORDS[language].format(skills=needs) if named else one[language]), one["count"]


def _lacking(makers: list[dict[str, Any]], language: str) -> str:
    """The skills that those who are named lack, most often lacking first."""
    counted = Counter(skill for one in makers for skill in one.get("lacks") or ())
    return ", ".join(getattr(facts.skills()[skill], f"title_{language}") for skill, _ in counted.most_common())


def _changes(kept: list[dict[str, Any]]) -> list[Change]:
    known = (one for one in kept if one["change"] in CHANGE_WORDS and one["effect_idr"] != 0)
    return [_change(one["change"], one) for one in known]


def _change(code: str, one: dict[str, Any]) -> Change:
    return Change(code, CHANGE_WORDS[code], one["value"], one["effect_idr"], _bill_after(one))


def _bill_after(one: dict[str, Any]) -> Bill | None:
    return _bill(one) if one.get("paid_idr") is not None else None


def _bill(one: dict[str, Any]) -> Bill:
    return Bill(read("brd", one["brand"]), one["paid_idr"])


def _next_bill(said: dict[str, Any]) -> Bill:
    """What is paid for the next best: the paid parts of the plan, and what differs in them."""
    more = sum(one["amount"] for one in said["runner_up"]["difference"] if PAID[one["code"]])
    own = sum(one["amount"] for one in said["parts"] if one["paid"])
    return Bill(read("brd", said["runner_up"]["brand"]), own + more)
