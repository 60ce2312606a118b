"""Plans and their reasons as a person reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from clothingline.cli.output import money, show

Plan = Mapping[str, Any]
PLANS = {
    "id": "RENCANA",
    "label": "JENIS",
    "price": "HARGA",
    "promise_on": "JANJI",
    "usual_on": "BIASANYA",
    "who": "PENJAHIT",
}
PARTS = {"code": "BAGIAN", "amount": "RUPIAH"}


def show_plans(plans: Sequence[Plan]) -> None:
    """A line for each plan, then the price parts of the first."""
    show([{**plan, "who": _makers(plan)} for plan in plans], PLANS)
    if plans:
        print()
        show([{"code": part["code"], "amount": money(part["amount"])} for part in plans[0]["breakdown"]], PARTS)


def _makers(plan: Plan) -> str:
    return ", ".join(f"{share['tailor']} × {share['pieces']}" for share in plan["shares"])
