"""The engine's reasons and proofs as documents: row numbers become ids, day numbers dates, limits words for people."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from clothingline.kit.access import Reach
from clothingline.kit.ids import show
from clothingline.kit.money import rupiah
from clothingline.matching import Certificate, Counterfactual, Explanation, Loosening, Plan, Refusal, Step
from clothingline.reference import facts
from clothingline.routing.legend import Legend

UNTOLD = {"credit_idr": None, "lacks": None, "opens_idr": None}
"""What others are not told of a maker."""
LIMIT_WORDS = {
    "certificate": ("tanpa sertifikat yang diperlukan pada tanggal selesai", "no certificate in force on the due day"),
    "machine": ("mesin tidak ada", "a machine is missing"),
    "rush": ("tidak menerima pesanan kilat", "takes no rush orders"),
    "forbidden": ("sudah menolak atau tidak menjawab", "has declined or not answered"),
    "brand": ("tidak ada merek yang cocok", "no brand fits"),
    "brands": ("merek tidak cocok", "brands that do not fit"),
    "cloth": ("tidak ada kain yang cukup", "not enough cloth"),
    "lots": ("kain tidak cocok atau kurang", "cloth lots that do not fit or are short"),
    "distance": ("terlalu jauh", "too far away"),
    "time": ("tidak cukup waktu kosong", "not enough free time"),
    "price": ("di atas harga tertinggi", "above the ceiling"),
    "rounds": ("kali dicarikan pengganti tanpa hasil", "times a replacement was sought in vain"),
}
STEP_WORDS = {
    "pieces": ("Pesan {value} potong saja.", "Order {value} pieces only."),
    "due_day": ("Mundurkan tanggal {value} hari.", "Move the date by {value} days."),
    "reserve": ("Naikkan harga tertinggi sebesar {value}.", "Raise the ceiling by {value}."),
    "colour": ("Terima warna kain {value}.", "Accept the cloth colour {value}."),
    "skill": ("Hapus bagian yang memerlukan keahlian {value}.", "Leave out the part that needs {value}."),
    "machine": ("Hapus bagian yang memerlukan mesin {value}.", "Leave out the part that needs the machine {value}."),
    "distance": ("Izinkan penjahit {value} lebih jauh.", "Allow tailors {value} farther away."),
    "brand": ("Izinkan merek lain.", "Allow another brand."),
    "max_makers": ("Bagi ke {value} penjahit lagi.", "Spread over {value} more tailors."),
    "min_lot": ("Izinkan bagian yang lebih kecil tiap penjahit.", "Allow smaller shares."),
    "cloth": ("Tambah {value} kain.", "Add {value} of cloth."),
    "brand_room": ("Tambah tempat {value} potong di merek.", "Add room for {value} pieces at the brand."),
    "time": ("Tambah {value} waktu jahit.", "Add {value} of sewing time."),
    "rush": ("Jangan minta kilat.", "Do not ask for rush."),
}


def explanation_document(said: Explanation, legend: Legend, *, open_now: Sequence[Plan] = ()) -> dict[str, Any]:
    """Why this plan: parts that add up, the runner-up, limits that others fail, and what would change it.

    `open_now`: the plans that can be had without any change.
    """
    assert said.plan is not None, "only plans are explained; an order without one is refused"  # noqa: S101  # typing only
    return {
        "decision": "selected",
        "cost_idr": said.cost,
        "parts": [{"code": code, "amount": amount, "paid": paid} for code, amount, paid in said.parts],
        "runner_up": _runner_up(said, legend),
        "open_now": [{"brand": _brand(one.brand, legend), "paid_idr": one.paid} for one in open_now],
        "limits": _limits(said.limits),
        "makers": [_maker(one, legend) for one in said.makers],
        "of": said.of,
        "counterfactuals": [_changed(one, legend) for one in said.counterfactuals],
        "summary": _summary(said),
    }


def _brand(row: int, legend: Legend) -> str:
    return show("brd", UUID(legend.brands[row]))


def _changed(one: Counterfactual, legend: Legend) -> dict[str, Any]:
    brand = None if one.brand is None else _brand(one.brand, legend)
    return {
        "change": one.change,
        "value": one.value,
        "effect_idr": one.effect_idr,
        "paid_idr": one.paid_idr,
        "brand": brand,
    }


def _runner_up(said: Explanation, legend: Legend) -> dict[str, Any] | None:
    if said.runner_up is None:
        return None
    difference = [{"code": code, "amount": amount} for code, amount in said.difference if amount]
    return {**_seats(said.runner_up, legend), "cost_idr": said.runner_up.cost, "difference": difference}


def said_to(document: dict[str, Any], reach: Reach) -> dict[str, Any]:
    """An explanation as a caller may read it: how far a maker was behind its share, which certificates it lacks and
    what they would have opened is told to it and staff alone."""
    own = {show("tlr", tailor) for tailor in reach.tailors}
    makers = [one if reach.everything or one["tailor"] in own else one | UNTOLD for one in document["makers"]]
    return document | {"makers": makers}


def _seats(plan: Plan, legend: Legend) -> dict[str, Any]:
    return {
        "brand": _brand(plan.brand, legend),
        "lot": show("lot", UUID(legend.lots[plan.lot])),
        "tailors": [show("tlr", UUID(legend.makers[share.maker])) for share in plan.shares],
        "promise_on": legend.date(plan.delivery_day).isoformat(),
    }


def _limits(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"code": code, "count": count, "id": LIMIT_WORDS[code][0], "en": LIMIT_WORDS[code][1]}
        for code, count in counts.items()
        if count
    ]


def _maker(one: Any, legend: Legend) -> dict[str, Any]:
    tailor = show("tlr", UUID(legend.makers[one.maker]))
    return {
        "tailor": tailor,
        "chosen": one.chosen,
        "limit": one.limit or None,
        "extra_idr": one.extra_idr,
        "credit_idr": one.credit_idr,
        "lacks": [list(facts.skills())[bit] for bit in one.lacks],
        "opens_idr": one.opens_idr,
    }


def _summary(said: Explanation) -> dict[str, str]:
    chosen = sum(one.chosen for one in said.makers)
    failed = sum(count for limit, count in said.limits.items() if limit not in ("lots", "brands"))
    others = said.of - chosen - failed
    named = len(said.makers)
    some_id, some_en = (
        (f" Disebut satu per satu: {named}.", f" Named one by one: {named}.") if named < said.of else ("", "")
    )
    return {
        "id": f"Dipilih dari {said.of} penjahit: {chosen} terpilih, {others} bisa juga, "
        f"{failed} tidak memenuhi syarat.{some_id}",
        "en": f"Chosen among {said.of} tailors: {chosen} chosen, {others} able as well, "
        f"{failed} not eligible.{some_en}",
    }


def refusal_document(
    said: Refusal,
    legend: Legend,
    *,
    fewer: tuple[int, Plan] | None,
    pieces: int,
    extras_idr: int,
    late_days: int = 0,
) -> dict[str, Any]:
    """Why there is no plan, the most pieces that can be had as asked, and the smallest sets of limits that would help.

    `extras_idr` is the price of one piece's options, which the engine does not weigh and the consumer pays;
    `late_days` are those by which the wished day lies before the day that the engine was given.
    """
    smaller = [_offer("pieces", fewer[0], fewer[1], legend, extras_idr)] if fewer else []
    best = [replace(one, steps=_from_wish(one.steps, late_days)) for one in _best_first(said.loosenings)]
    return {
        "limits": _limits(said.limits),
        "would_help": smaller + [_help(one, legend, extras_idr * pieces) for one in best],
    }


def _from_wish(steps: Sequence[Step], late_days: int) -> tuple[Step, ...]:
    """The same steps, the date moved from the day that was wished."""
    return tuple(replace(one, value=one.value + late_days) if one.limit == "due_day" else one for one in steps)


def _offer(limit: str, value: int, plan: Plan, legend: Legend, extras_idr: int) -> dict[str, Any]:
    step, price = _step(limit, value, legend), plan.paid + extras_idr * value
    promise = legend.date(plan.delivery_day).isoformat()
    return {"steps": [step], "price_idr": price, "promise_on": promise, "id": step["id"], "en": step["en"]}


def rounds_document(rounds: int) -> dict[str, Any]:
    """So many parties fell out that a person must decide."""
    return {"limits": _limits({"rounds": rounds}), "would_help": []}


def _best_first(found: Sequence[Loosening], most: int = 3) -> list[Loosening]:
    """What the consumer can decide alone first: the date, the price, the colour."""
    own = {"due_day": 0, "reserve": 1, "colour": 2, "brand": 3}
    return sorted(found, key=lambda one: max(own.get(step.limit, 9) for step in one.steps))[:most]


def _help(one: Loosening, legend: Legend, options_idr: int) -> dict[str, Any]:
    steps = [_step(step.limit, step.value, legend) for step in one.steps]
    return {
        "steps": steps,
        "price_idr": one.plan.paid + options_idr,
        "promise_on": legend.date(one.plan.delivery_day).isoformat(),
        "id": " ".join(step["id"] for step in steps),
        "en": " ".join(step["en"] for step in steps),
    }


def _step(limit: str, value: int, legend: Legend) -> dict[str, Any]:
    words = STEP_WORDS[limit]
    shown = _shown(limit, value, legend)
    return {"limit": limit, "value": value, "id": words[0].format(value=shown), "en": words[1].format(value=shown)}


def _shown(limit: str, value: int, legend: Legend) -> str:
    readers: dict[str, Callable[[int], str]] = {
        "reserve": rupiah,
        "colour": lambda number: legend.colours[number] if 0 <= number < len(legend.colours) else "–",
        "skill": lambda bit: list(facts.skills())[bit],
        "machine": lambda bit: facts.MACHINES[bit],
        "distance": lambda metres: f"{-(-metres // 1000)} km",
        "cloth": lambda cm: f"{-(-cm // 100)} m",
        "time": lambda seconds: f"{-(-seconds // 3600)} jam",
    }
    return str(readers[limit](value)) if limit in readers else str(value)


def certificate_document(
    proof: Certificate, legend: Legend, *, best: Plan | None, findings: Sequence[str]
) -> dict[str, Any]:
    """The certificate of one plan as a document: digests, its cost, the bound, its gap, the seats of the best plan of
    the question, and what the verifier found."""
    return {
        "problem_digest": proof.problem_digest,
        "params_digest": proof.params_digest,
        "digest": proof.digest,
        "cost_idr": proof.cost,
        "bound_idr": proof.bound,
        "gap_idr": proof.gap,
        "best": _seats(best, legend) if best else None,
        "findings": list(findings),
        "verified": not findings,
    }
