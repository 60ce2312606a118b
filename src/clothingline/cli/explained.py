"""Plans and reasons of a file as tables for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from clothingline.cli.output import say, show
from clothingline.matching import Explanation, Opening, Plan, WhyNot

PLANS = {
    "labels": "JENIS",
    "cost": "BIAYA RP",
    "paid": "DIBAYAR RP",
    "day": "HARI",
    "brand": "MEREK",
    "lot": "KAIN",
    "who": "PENJAHIT",
}
PARTS = {"part": "BAGIAN", "idr": "RUPIAH", "paid": "DIBAYAR"}
COMPARED = {**PARTS, "next": "BERIKUTNYA ±"}
LIMITS = {"limit": "BATAS", "count": "CALON GUGUR"}
MAKERS = {"maker": "PENJAHIT", "limit": "BATAS", "extra": "SELISIH RP", "lacks": "TANPA SERTIFIKAT", "opens": "UPAH RP"}
CHANGES = {"change": "PERUBAHAN", "value": "NILAI", "effect_idr": "PENGARUH RP"}
STEPS = {"steps": "LONGGARKAN", "cost": "BIAYA RP"}
OPENED = {"skills": "SERTIFIKAT", "order": "PESANAN", "pieces": "POTONG", "pay": "UPAH RP", "saves": "HEMAT RP"}


def line(plan: Plan) -> dict[str, Any]:
    """A plan as a row of `PLANS`."""
    who = ", ".join(f"{share.maker} × {share.pieces}" for share in plan.shares)
    shown = {"cost": plan.cost, "paid": plan.paid, "day": plan.delivery_day, "brand": plan.brand, "lot": plan.lot}
    return shown | {"who": who, "labels": ", ".join(plan.labels) or None}


def parts(found: Any, difference: Mapping[str, int]) -> list[dict[str, Any]]:
    """Parts of a cost as rows of `COMPARED`."""
    return [{"part": name, "idr": idr, "paid": paid, "next": difference.get(name)} for name, idr, paid in found]


def tell(found: Explanation) -> None:
    """Print why an order has its plan or none."""
    plan = found.plan
    print(f"pesanan {found.order}: {'tanpa rencana' if plan is None else f'biaya {found.cost}'}")
    if plan is not None:
        show([line(plan)], PLANS)
    for heading, rows, columns in _tables(found):
        if rows:
            print(f"\n{heading}")
            show(rows, columns)


def tell_openings(maker: int, found: Sequence[Opening]) -> None:
    """Print what further certificates would have opened for a maker, order by order."""
    say("Tiap pesanan dilihat sendiri, rencana lain tetap. / Each order by itself, the other plans held fast.")
    rows = [
        {
            "skills": _bits(one.skills),
            "order": one.order,
            "pieces": one.pieces,
            "pay": one.pay_idr,
            "saves": one.saves_idr,
        }
        for opening in found
        for one in opening.orders
    ]
    show(rows, OPENED)
    for one in found:
        print(f"penjahit {maker} + sertifikat {_bits(one.skills)}: {len(one.orders)} pesanan, upah {one.pay_idr}")


def _tables(found: Explanation) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, str]]]:
    named = f"{len(found.makers)} dari {found.of} penjahit disebut / makers named"
    yield "Biaya", parts(found.parts, dict(found.difference)), COMPARED
    yield "Tidak memenuhi syarat", [{"limit": name, "count": n} for name, n in found.limits.items()], LIMITS
    yield named, [_maker(one) for one in found.makers], MAKERS
    yield "Bila berubah", [asdict(one) for one in found.counterfactuals], CHANGES
    yield "Yang perlu longgar", [_loosening(one) for one in found.loosenings], STEPS


def _maker(one: WhyNot) -> dict[str, Any]:
    lacks, opens = _bits(one.lacks) or None, one.opens_idr or None
    limit = "terpilih" if one.chosen else one.limit or None
    return {"maker": one.maker, "limit": limit, "extra": one.extra_idr, "lacks": lacks, "opens": opens}


def _loosening(one: Any) -> dict[str, Any]:
    return {"steps": " + ".join(f"{step.limit} {step.value}" for step in one.steps), "cost": one.plan.cost}


def _bits(skills: Sequence[int]) -> str:
    return " + ".join(str(skill) for skill in skills)
