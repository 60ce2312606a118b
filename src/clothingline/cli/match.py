"""`match`: what the engine says, through the API."""

from typing import Annotated, Any

import typer

from clothingline.cli.calling import TokenFile, signed_in
from clothingline.cli.exits import FAILED
from clothingline.cli.output import AsJson, say, show, show_json, show_record
from clothingline.cli.plans import show_plans

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Pencocokan. / Matching.")

PlanId = Annotated[str, typer.Argument(help="Id rencana, pol_…. / Id of the plan.")]
PARTS = {"code": "BAGIAN", "amount": "RUPIAH", "paid": "DIBAYAR"}
LIMITS = {"code": "BATAS", "count": "CALON GUGUR"}
CHANGES = {"change": "PERUBAHAN", "value": "NILAI", "effect_idr": "PENGARUH RP"}


@commands.command("quote")
def quote(
    order: Annotated[str, typer.Argument(help="Kode atau id pesanan. / Code or id of the order.")],
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Rencana untuk satu pesanan; selesai dengan 5 bila tidak ada. / Plans for one order; 5 when none fits."""
    found = signed_in(token_file).do("POST", f"/v1/orders/{order}/quotes")
    if as_json:
        show_json(found)
    else:
        show_plans(found["plans"])


@commands.command("explain")
def explain(plan: PlanId, token_file: TokenFile = None, as_json: AsJson = False) -> None:
    """Mengapa rencana ini, dan apa yang mengubahnya. / Why this plan, and what would change it."""
    found = signed_in(token_file).get(f"/v1/plans/{plan}/explanation")
    if as_json:
        show_json(found)
        return
    _tell(found)


def _tell(found: dict[str, Any]) -> None:
    print(found["summary"].get("id", ""))
    for heading, rows, columns in (
        ("Biaya", found["parts"], PARTS),
        ("Tidak memenuhi syarat", found["limits"], LIMITS),
        ("Bila berubah", found["counterfactuals"], CHANGES),
    ):
        if rows:
            print(f"\n{heading}")
            show(rows, columns)


@commands.command("verify")
def verify(plan: PlanId, token_file: TokenFile = None, as_json: AsJson = False) -> None:
    """Periksa sertifikat rencana; selesai dengan 1 bila salah. / Check a plan's certificate; 1 if it fails."""
    found = signed_in(token_file).get(f"/v1/plans/{plan}/certificate")
    show_record(found, as_json=as_json)
    if not found["verified"]:
        raise typer.Exit(FAILED)
    say(f"Benar: biaya {found['cost_idr']}, batas {found['bound_idr']}, celah {found['gap_idr']}. / It holds.")
