"""`match`: what the engine says, of orders on the server through the API, and of a problem in a file by itself."""

from pathlib import Path
from typing import Annotated, Any

import typer

from clothingline.cli.calling import TokenFile, signed_in
from clothingline.cli.exits import FAILED, USAGE, Stop
from clothingline.cli.output import AsJson, say, show, show_json, show_record
from clothingline.cli.plans import show_plans

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Pencocokan. / Matching.")

PARTS = {"code": "BAGIAN", "amount": "RUPIAH", "paid": "DIBAYAR"}
LIMITS = {"code": "BATAS", "count": "CALON GUGUR"}
CHANGES = {"change": "PERUBAHAN", "value": "NILAI", "effect_idr": "PENGARUH RP"}

Problem = Annotated[Path, typer.Option("--problem", help="Berkas masalah .npz. / Problem file.")]
ProblemOrServer = Annotated[
    Path | None, typer.Option("--problem", help="Berkas masalah .npz, tanpa server. / Problem file.")
]
MatchingFile = Annotated[Path | None, typer.Option("--matching", help="Berkas matching .json. / Matching file.")]
Order = Annotated[
    int | None, typer.Option("--order", help="Nomor pesanan di berkas, dari 0. / Row of the order, from 0.")
]
Maker = Annotated[
    int | None, typer.Option("--maker", help="Nomor penjahit di berkas, dari 0. / Row of the maker, from 0.")
]
Rows = Annotated[int, typer.Option(min=1, max=2_000_000, help="Banyak baris. / Rows.")]


@commands.command("quote")
def quote(
    reference: Annotated[
        str | None, typer.Argument(metavar="PESANAN", help="Kode atau id pesanan. / Code or id of the order.")
    ] = None,
    problem: ProblemOrServer = None,
    order: Order = None,
    best: Annotated[int, typer.Option("--best", min=1, max=100, help="Banyaknya, dari berkas. / How many.")] = 5,
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Rencana untuk satu pesanan; selesai dengan 5 bila tidak ada. / Plans for one order; 5 when none fits.

    `match quote PESANAN` asks the server, `match quote --problem P.npz --order N` a file.
    """
    ways = "match quote PESANAN", "match quote --problem P.npz --order N"
    _check_one_way(ways, server=reference, token=token_file, files=[problem, order])
    if problem is not None and order is not None:
        from clothingline.cli import instances

        instances.quote(problem, order, best, as_json=as_json)
        return
    found = signed_in(token_file).do("POST", f"/v1/orders/{reference}/quotes")
    if as_json:
        show_json(found)
    else:
        show_plans(found["plans"])


@commands.command("explain")
def explain(
    plan: Annotated[str | None, typer.Argument(metavar="RENCANA", help="Id rencana, pol_…. / Id of the plan.")] = None,
    problem: ProblemOrServer = None,
    matching: MatchingFile = None,
    order: Order = None,
    maker: Maker = None,
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Mengapa rencana ini, dan apa yang mengubahnya. / Why this plan, and what would change it.

    `match explain RENCANA` asks the server, `match explain --problem P.npz --matching M.json --order N` files;
    `--maker N` instead of an order says what further certificates would have opened for this maker.
    """
    ways = "match explain RENCANA", "match explain --problem P.npz --matching M.json --order N | --maker N"
    if order is not None and maker is not None:
        raise Stop("pakai --order atau --maker.", "take --order or --maker.", code=USAGE)
    row = maker if order is None else order
    _check_one_way(ways, server=plan, token=token_file, files=[problem, matching, row])
    if problem is not None and matching is not None and row is not None:
        from clothingline.cli import instances

        tell = instances.explain if maker is None else instances.tell_openings
        tell(problem, matching, row, as_json=as_json)
        return
    found = signed_in(token_file).get(f"/v1/plans/{plan}/explanation")
    if as_json:
        show_json(found)
        return
    _tell(found)


@commands.command("verify")
def verify(
    plan_or_problem: Annotated[
        str, typer.Argument(metavar="RENCANA|P.npz", help="Id rencana, atau berkas masalah. / Plan id, or problem.")
    ],
    matching: Annotated[
        Path | None, typer.Argument(metavar="M.json", help="Berkas matching. / Matching file.", show_default=False)
    ] = None,
    token_file: TokenFile = None,
    as_json: AsJson = False,
) -> None:
    """Periksa sertifikat; selesai dengan 1 bila salah. / Check a certificate; 1 if it fails.

    `match verify RENCANA` asks the server, `match verify P.npz M.json` proves a file without it.
    """
    ways = "match verify RENCANA", "match verify P.npz M.json"
    is_plan = plan_or_problem.startswith("pol_") and not Path(plan_or_problem).exists()
    plan, problem = (plan_or_problem, None) if is_plan else (None, Path(plan_or_problem))
    _check_one_way(ways, server=plan, token=token_file, files=[problem, matching])
    if problem is not None and matching is not None:
        from clothingline.cli import instances

        instances.verify(problem, matching, as_json=as_json)
        return
    found = signed_in(token_file).get(f"/v1/plans/{plan}/certificate")
    show_record(found, as_json=as_json)
    if not found["verified"]:
        raise typer.Exit(FAILED)
    say(f"Benar: biaya {found['cost_idr']}, batas {found['bound_idr']}, celah {found['gap_idr']}. / It holds.")


@commands.command("route")
def route(
    problem: Problem,
    out: Annotated[Path, typer.Option("--out", help="Tempat matching .json. / Where the matching goes.")],
    iterations: Annotated[
        int | None, typer.Option("--iterations", min=0, help="Langkah paling banyak; hasil sama. / Steps at most.")
    ] = None,
    seconds: Annotated[
        int | None, typer.Option("--seconds", min=1, help="Detik paling lama. / Seconds at most.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, max=10**9, help="Benih pencarian. / Seed.")] = None,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="ALAMAT", help="Klaster Ray: local:2 atau HOST:PORT. / Cluster.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Cocokkan semua pesanan di berkas bersama-sama. / Match all orders of a problem file together."""
    from clothingline.cli import instances

    if iterations is not None and seconds is not None:
        raise Stop("pakai --iterations atau --seconds.", "take --iterations or --seconds.", code=USAGE)
    instances.route(problem, out, iterations=iterations, seconds=seconds, seed=seed, ray=ray, as_json=as_json)


@commands.command("example")
def example(
    out: Annotated[Path, typer.Option("--out", help="Tempat masalah .npz. / Where the problem goes.")],
    orders: Rows = 60,
    brands: Rows = 20,
    makers: Rows = 30,
    lots: Rows = 40,
    weeks: Annotated[int, typer.Option(min=3, max=52, help="Minggu. / Weeks.")] = 8,
    seed: Annotated[int, typer.Option("--seed", min=0, max=10**9, help="Benih. / Seed.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Tulis contoh masalah untuk mencoba mesin. / Write a first problem file; its figures are invented."""
    from clothingline.cli import instances
    from clothingline.routing.files.example import Size

    instances.write_example(out, Size(orders, brands, makers, lots, weeks), seed, as_json=as_json)


@commands.command("warm")
def warm() -> None:
    """Siapkan mesin pencocokan, sekali. / Compile the engine for this machine, once, so that nobody waits for it."""
    from clothingline.cli import warming

    warming.warm()


def _check_one_way(ways: tuple[str, str], *, server: str | None, token: Path | None, files: list[object]) -> None:
    """Raise `Stop` unless all of one way is given and nothing of the other: an id for the server, or files."""
    named = [each is not None for each in files]
    whole = all(named) if server is None and token is None else server is not None and not any(named)
    if not whole:
        raise Stop(
            f"pakai `{ways[0]}` (server) atau `{ways[1]}` (berkas), lengkap dan tidak dicampur.",
            "take the one form or the other, whole and not mixed.",
            code=USAGE,
        )


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
