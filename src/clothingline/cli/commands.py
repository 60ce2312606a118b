"""All commands: noun, then verb. A group's module imports nothing heavy at its top."""

import typer

from clothingline.cli import api, db, doctor, ledger, match, offer, order, payout, serve, sign_in, worker

commands = typer.Typer(
    name="clothingline",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Clothing Line: satu pesanan busana, dari ukuran sampai uang. / One custom order, from measure to money.",
)
demo = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Cerita utama. / The main job.")


@demo.callback()
def group() -> None:
    """Cerita utama dari awal sampai akhir. / The main job end to end."""


@demo.command("run")
def run_demo() -> None:
    """Tiga pesanan lewat API umum, dari ukuran sampai uang. / Three orders, from measure to money."""
    from clothingline.cli.demo.command import run

    run()


commands.command("serve")(serve.serve)
commands.command("worker")(worker.work)
commands.add_typer(db.commands, name="db")
commands.command("doctor")(doctor.examine)
commands.add_typer(demo, name="demo")
commands.add_typer(api.commands, name="api")
commands.command("sign-in")(sign_in.sign_in)
commands.add_typer(order.commands, name="order")
commands.add_typer(match.commands, name="match")
commands.add_typer(offer.commands, name="offer")
commands.add_typer(ledger.commands, name="ledger")
commands.add_typer(payout.commands, name="payout")
