"""`ledger`: balances and statements through the API; the chain in the database itself."""

from datetime import datetime
from typing import Annotated, Any

import typer

from clothingline.cli.calling import TokenFile, signed_in
from clothingline.cli.exits import FAILED, NOT_FOUND, USAGE, Stop
from clothingline.cli.output import AsJson, AsPlain, say, show, show_json, show_record

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Buku besar. / The ledger.")

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Hari. / Day.")]
First = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Hari pertama. / First day.")]
KINDS = {"kind": "JENIS", "accounts": "AKUN", "debit": "DEBIT", "credit": "KREDIT"}
LINES = {"at": "WAKTU", "source": "ASAL", "kind": "KEJADIAN", "amount": "JUMLAH", "balance": "SALDO"}


@commands.command("balance")
def show_balance(
    day: Day = None, token_file: TokenFile = None, as_json: AsJson = False, as_plain: AsPlain = False
) -> None:
    """Neraca saldo pada akhir suatu hari; hari ini bila tidak disebut. / The trial balance at the end of a day."""
    found = signed_in(token_file).get("/v1/trial-balance", day=_named(day))
    if as_json:
        show_json(found)
    else:
        show(found["kinds"], KINDS, as_plain=as_plain)
    if any(one["amount"] for one in found["difference"]):
        raise Stop("debit dan kredit tidak sama.", "debits and credits differ.")
    say(f"{found['day']}: {'selesai / final' if found['final'] else 'sejauh ini / so far'}; debit = kredit.")


def _named(day: datetime | None) -> str | None:
    return day.date().isoformat() if day else None


@commands.command("statement")
def show_statement(
    account: Annotated[str, typer.Argument(help="Kode akun, seperti provider:idr. / Code of the account.")],
    since: First = None,
    until: Day = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Sebanyak-banyaknya. / At most.")] = 100,
    token_file: TokenFile = None,
    as_json: AsJson = False,
    as_plain: AsPlain = False,
) -> None:
    """Semua gerak satu akun, terbaru dahulu, dengan saldonya. / Every movement of an account, newest first."""
    api = signed_in(token_file)
    path, asked = (
        f"/v1/ledger-accounts/{_find(api, account)}/statement",
        {"from": _named(since), "until": _named(until)},
    )
    lines = api.every(path, limit=limit, **asked)
    show(lines, LINES, as_json=as_json, as_plain=as_plain)
    whole = api.get(path, limit=1, **asked)
    if not (as_json or as_plain):
        show_record({name: whole[name] for name in ("opening", "closing")})


def _find(api: Any, code: str) -> str:
    found = api.get("/v1/ledger-accounts", code=code)["data"]
    if not found:
        raise Stop(f"akun {code} belum ada.", f"no account {code} stands.", code=NOT_FOUND)
    return str(found[0]["id"])


@commands.command("verify")
def verify(
    seen: Annotated[
        str | None,
        typer.Option(help="TEMPAT:HASH yang pernah dicetak perintah ini. / PLACE:HASH that this command once printed."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Periksa seluruh rantai; selesai dengan 1 bila ada yang diubah. / Verify the whole chain; 1 if it was changed.

    Simpan TEMPAT:HASH yang dicetak di luar basis data. / Keep the printed PLACE:HASH outside of the database.
    """
    import psycopg

    from clothingline.cli import chain, installation
    from clothingline.kit import db

    noted = _read(seen) if seen else None
    with installation.opened(installation.read_settings()) as opened:
        options = installation.limits(opened.settings).options
        with psycopg.connect(db.libpq(opened.url), options=options, autocommit=True) as connection:
            newest = chain.newest(connection)
            fault = chain.first_fault(connection, since=0, until=newest.place)
            kept = noted is None or chain.stands(connection, noted)
    show_record(
        {"places": newest.place, "newest": str(newest), "fault": fault and str(fault), "seen": kept}, as_json=as_json
    )
    if fault or not kept:
        say("Rantai buku besar rusak; hentikan layanan dan panggil pemeriksa. / The chain is broken; stop; audit it.")
        raise typer.Exit(FAILED)


def _read(text: str) -> Any:
    from clothingline.cli.chain import Place

    try:
        return Place.read(text)
    except ValueError as error:
        raise Stop(f"{text} bukan TEMPAT:HASH.", f"{text} is no PLACE:HASH.", code=USAGE) from error
