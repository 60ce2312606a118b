"""`offer`: offers to a brand, a supplier or a tailor, through the API."""

from typing import Annotated

import typer

from clothingline.cli.calling import TokenFile, signed_in
from clothingline.cli.output import AsJson, AsPlain, say, show, show_record

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Tawaran. / Offers.")

OfferId = Annotated[str, typer.Argument(help="Id tawaran, off_…. / Id of the offer.")]
COLUMNS = {
    "id": "TAWARAN",
    "status": "KEADAAN",
    "garment": "BUSANA",
    "pieces": "POTONG",
    "pay": "UPAH",
    "town": "KOTA",
    "due_on": "TENGGAT",
    "answer_by": "JAWAB SEBELUM",
}


@commands.command("list")
def list_offers(
    status: Annotated[str | None, typer.Option(help="Hanya keadaan ini. / Only this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="Sebanyak-banyaknya. / At most.")] = 20,
    token_file: TokenFile = None,
    as_json: AsJson = False,
    as_plain: AsPlain = False,
) -> None:
    """Tawaran untuk Anda, terbaru dahulu. / Offers to you, newest first."""
    offers = signed_in(token_file).every("/v1/offers", limit=limit, status=status)
    show(offers, COLUMNS, as_json=as_json, as_plain=as_plain)


@commands.command("accept")
def accept(offer: OfferId, token_file: TokenFile = None, as_json: AsJson = False) -> None:
    """Terima tawaran. / Accept an offer."""
    accepted = signed_in(token_file).do("POST", f"/v1/offers/{offer}/acceptance")
    show_record(accepted, as_json=as_json)
    if accepted.get("undo_until"):
        say(f"Dapat ditarik kembali sampai {accepted['undo_until']}. / May be taken back until then.")


@commands.command("decline")
def decline(
    offer: OfferId,
    reason: Annotated[str | None, typer.Option(help="Alasan, bila mau. / Reason, if you like.")] = None,
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Tolak tawaran; tidak pernah merugikan Anda. / Decline an offer; it never counts against you."""
    show_record(signed_in(token_file).do("POST", f"/v1/offers/{offer}/decline", {"reason": reason}), as_json=as_json)
