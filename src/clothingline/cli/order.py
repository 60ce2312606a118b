"""`order`: orders, through the API."""

from datetime import datetime
from typing import Annotated, Any

import typer

from clothingline.cli.calling import TokenFile, signed_in
from clothingline.cli.exits import USAGE, Stop
from clothingline.cli.output import AsJson, AsPlain, money, say, show, show_json, show_record
from clothingline.cli.plans import show_plans

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Pesanan. / Orders.")

Code = Annotated[str, typer.Argument(help="Kode atau id pesanan, seperti CL-2606-0042. / Code or id of the order.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000, help="Sebanyak-banyaknya. / At most.")]
Pairs = Annotated[list[str] | None, typer.Option(help="NAMA=NILAI, boleh berulang. / NAME=VALUE, may be repeated.")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Hari terakhir. / Last day.")]
COLUMNS = {
    "code": "KODE",
    "status": "TAHAP",
    "pieces": "POTONG",
    "needed_by": "PALING LAMBAT",
    "promise_on": "JANJI",
    "price": "HARGA",
}
EVENTS = {"at": "WAKTU", "event": "KEJADIAN", "facts": "RINCIAN"}


@commands.command("list")
def list_orders(
    status: Annotated[str | None, typer.Option(help="Hanya tahap ini. / Only this stage.")] = None,
    limit: Limit = 20,
    token_file: TokenFile = None,
    as_json: AsJson = False,
    as_plain: AsPlain = False,
) -> None:
    """Pesanan yang boleh Anda lihat, terbaru dahulu. / Orders that you may see, newest first."""
    orders = signed_in(token_file).every("/v1/orders", limit=limit, status=status)
    show(orders if as_json else [_row(one) for one in orders], COLUMNS, as_json=as_json, as_plain=as_plain)


def _row(order: dict[str, Any]) -> dict[str, Any]:
    return {**order, "pieces": order["line"]["pieces"]}


@commands.command("show")
def show_order(order: Code, token_file: TokenFile = None, as_json: AsJson = False) -> None:
    """Satu pesanan. / One order."""
    show_record(signed_in(token_file).get(f"/v1/orders/{order}"), as_json=as_json)


@commands.command("create")
def create(
    design: Annotated[str, typer.Option(help="Desain. / Design.")],
    needed_by: Day,
    recipient: Annotated[str, typer.Option(help="Nama penerima. / Recipient.")],
    street: Annotated[str, typer.Option(help="Jalan dan nomor. / Street and number.")],
    regency: Annotated[str, typer.Option(help="Kode kabupaten/kota, seperti 32.73. / Code of the regency.")],
    size: Pairs = None,
    option: Pairs = None,
    colour: Annotated[str | None, typer.Option(help="Warna kain. / Colour of the cloth.")] = None,
    measurement_set: Annotated[str | None, typer.Option(help="Id ukuran badan. / Id of a measurement set.")] = None,
    ceiling: Annotated[int | None, typer.Option(min=1, help="Paling mahal, rupiah. / At most, in rupiah.")] = None,
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Tulis pesanan: --size M=5 --size L=7, atau --measurement-set. / Write an order down."""
    wish = {
        "design": design,
        "options": {name: _answer(value) for name, value in _pairs(option, "--option").items()},
        "colour": colour,
        "measurement_set": measurement_set,
        "sizes": {name: _whole(value) for name, value in _pairs(size, "--size").items()},
        "needed_by": needed_by.date().isoformat(),
        "ceiling": {"amount": ceiling} if ceiling else None,
        "ship_to": {"recipient": recipient, "street": street, "regency": regency},
    }
    made = signed_in(token_file).do("POST", "/v1/orders", wish)
    show_record(made, as_json=as_json)
    say(f"Berikutnya / next: clothingline order plan {made['code']}")


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in given or ()]
    if not all(name and equals and value for name, equals, value in pairs):
        raise Stop(f"tulis {option} NAMA=NILAI.", f"write {option} NAME=VALUE.", code=USAGE)
    return {name: value for name, _, value in pairs}


def _answer(value: str) -> bool | str:
    return {"true": True, "ya": True, "false": False, "tidak": False}.get(value, value)


def _whole(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise Stop(f"{value} bukan banyaknya potong.", f"{value} is no number of pieces.", code=USAGE)
    return int(value)


@commands.command("plan")
def plan(order: Code, token_file: TokenFile = None, as_json: AsJson = False) -> None:
    """Minta harga dan rencana; selesai dengan 5 bila tidak ada. / Ask for price and plans; 5 when none fits."""
    quote = signed_in(token_file).do("POST", f"/v1/orders/{order}/quotes")
    if as_json:
        show_json(quote)
        return
    show_plans(quote["plans"])
    say(f"Berlaku sampai {quote['quote']['expires_at']}. / In force until then.")


@commands.command("track")
def track(order: Code, token_file: TokenFile = None, as_json: AsJson = False, as_plain: AsPlain = False) -> None:
    """Semua yang terjadi pada pesanan. / Everything that happened to the order."""
    timeline = signed_in(token_file).get(f"/v1/orders/{order}/timeline")
    show(timeline["data"], EVENTS, as_json=as_json, as_plain=as_plain)


@commands.command("cancel")
def cancel(
    order: Code,
    confirm: Annotated[str, typer.Option(help="Tulis ulang kode pesanan. / Repeat the code of the order.")] = "",
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Batalkan pesanan yang belum dipotong. / Cancel an order that is not cut yet."""
    if confirm != order:
        raise Stop(f'yakin? Ulangi dengan --confirm="{order}".', f'sure? Repeat with --confirm="{order}".', code=USAGE)
    api = signed_in(token_file)
    before = api.get(f"/v1/orders/{order}")
    after = api.do("POST", f"/v1/orders/{order}/cancellation", {})
    show_record(after, as_json=as_json)
    say(f"{before['status']} → {after['status']}; {money(before['paid'])} sudah dibayar. / Paid so far.")
