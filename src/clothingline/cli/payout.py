"""`payout`: money that leaves, and what the provider says of it, through the API."""

import time
from typing import Annotated, Any

import typer

from clothingline.cli.calling import Api, TokenFile, signed_in
from clothingline.cli.exits import CONFLICT, FAILED, Stop
from clothingline.cli.output import AsJson, AsPlain, say, show, show_json, show_record

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Kiriman uang. / Payouts.")

PayoutId = Annotated[str, typer.Argument(help="Id kiriman, out_…. / Id of the payout.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000, help="Sebanyak-banyaknya. / At most.")]
PAYOUTS = {
    "id": "KIRIMAN",
    "payee": "PENERIMA",
    "amount": "JUMLAH",
    "state": "KEADAAN",
    "state_at": "SEJAK",
    "failure": "SEBAB",
}
PAYEES = {
    "id": "PENERIMA",
    "state": "KEADAAN",
    "available": "TERSEDIA",
    "cadence": "IRAMA",
    "bank_last4": "REKENING",
    "rests_until": "PALING CEPAT",
}
DIFFERENCES = {
    "id": "SELISIH",
    "code": "JENIS",
    "object_type": "TENTANG",
    "object": "BENDA",
    "ours": "KITA",
    "theirs": "PENYEDIA",
    "found_at": "SEJAK",
}
LOOK_EVERY_SECONDS = 1
MOST_LOOKS = 120


@commands.command("list")
def list_payouts(
    state: Annotated[str | None, typer.Option(help="Hanya keadaan ini. / Only this state.")] = None,
    limit: Limit = 20,
    token_file: TokenFile = None,
    as_json: AsJson = False,
    as_plain: AsPlain = False,
) -> None:
    """Kiriman uang yang boleh Anda lihat, terbaru dahulu. / Payouts that you may see, newest first."""
    payouts = signed_in(token_file).every("/v1/payouts", limit=limit, state=state)
    show(payouts, PAYOUTS, as_json=as_json, as_plain=as_plain)


@commands.command("preview")
def preview(
    limit: Limit = 100, token_file: TokenFile = None, as_json: AsJson = False, as_plain: AsPlain = False
) -> None:
    """Siapa akan dikirimi berapa bila dikirim sekarang. / Who would be paid how much if it left now."""
    payees = signed_in(token_file).every("/v1/payees", limit=limit)
    waiting = [one for one in payees if one["available"]["amount"]]
    show(waiting, PAYEES, as_json=as_json, as_plain=as_plain)
    say(f"{len(waiting)} penerima / payees.")


@commands.command("approve")
def approve(payout: PayoutId, token_file: TokenFile = None, as_json: AsJson = False) -> None:
    """Setujui kiriman; di atas batas perlu dua orang. / Approve a payout; above the limit two people must."""
    approved = signed_in(token_file).do("POST", f"/v1/payouts/{payout}/approval")
    show_record(approved, as_json=as_json)
    if approved["state"] == "draft":
        say("Menunggu persetujuan orang kedua. / Waits for a second person.")


@commands.command("reconcile")
def reconcile(token_file: TokenFile = None, as_json: AsJson = False, as_plain: AsPlain = False) -> None:
    """Cocokkan dengan penyedia; 1 bila ada selisih. / Compare with the provider; 1 if anything differs."""
    api = signed_in(token_file)
    run = _finished(api, _begun(api))
    differences = api.every("/v1/differences", limit=1_000, state="open")
    if as_json:
        show_json({"reconciliation": run, "differences": differences})
    else:
        show(differences, DIFFERENCES, as_plain=as_plain)
    say(f"{run['seen']} gerakan baru / new movements, {len(differences)} selisih / differences.")
    if differences:
        raise typer.Exit(FAILED)


def _begun(api: Api) -> dict[str, Any]:
    """A new run, or the one that is running."""
    try:
        return dict(api.do("POST", "/v1/reconciliations"))
    except Stop as stop:
        if stop.code != CONFLICT:
            raise
        return api.every("/v1/reconciliations", limit=1)[0]


def _finished(api: Api, run: dict[str, Any]) -> dict[str, Any]:
    for _ in range(MOST_LOOKS):
        if run["state"] != "running":
            break
        _wait()
        run = api.get(f"/v1/reconciliations/{run['id']}")
    if run["state"] != "done":
        raise Stop(
            f"pencocokan {run['id']} belum selesai ({run['state']}); periksa apakah `clothingline worker` berjalan.",
            "the reconciliation is not done; see whether `clothingline worker` runs.",
        )
    return run


def _wait() -> None:
    time.sleep(LOOK_EVERY_SECONDS)
