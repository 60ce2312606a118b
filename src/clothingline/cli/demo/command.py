"""`clothingline demo run`: the story on the installation's own database, over HTTP on the loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psycopg
import typer
import uvicorn
from rich.console import Console

from clothingline.cli import wiring
from clothingline.cli.demo.outside import on_pages
from clothingline.cli.demo.payday import Closing
from clothingline.cli.demo.stage import Stage, Unexpected
from clothingline.cli.demo.story import tell_everything
from clothingline.cli.demo.telling import Teller
from clothingline.cli.exits import Stop
from clothingline.cli.installation import Installation, opened, read_settings
from clothingline.cli.running import Server
from clothingline.cli.seeding import seed_pilot
from clothingline.integrations import messaging
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.money import rupiah

STARTED_WITHIN_SECONDS = 10
PAPERS = "demo"
"""Folder of the papers that the story puts out, in the home folder."""
_WORKING = "SELECT FROM jobs.procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
commands = typer.Typer(help="Cerita utama dari awal sampai akhir. / The main job end to end.")


@commands.callback()
def group() -> None:
    """Cerita utama dari awal sampai akhir. / The main job end to end."""


@commands.command("run")
def run() -> None:
    """Tiga pesanan lewat API umum, dari ukuran sampai uang. / Three orders over the public API, measure to money."""
    # The story is the output: requests are not logged beside it.
    chosen = read_settings().model_copy(update={"log_level": "WARNING"})
    if chosen.environment == "production":
        raise Stop("demo tidak berjalan di produksi.", "the demo does not run in production.")
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = 110
    with opened(chosen) as installation:
        refuse_beside_a_worker(installation)
        seed_pilot(installation)
        closing = asyncio.run(_play(installation, Teller(console)))
    check(closing)
    console.rule()
    console.print("Buku besar seimbang, dan cocok dengan pembukuan penyedia pembayaran.")
    console.print(f"Data tetap ada: [bold]make run[/], lalu buka [bold]{chosen.public_url}/[/]")


def refuse_beside_a_worker(installation: Installation) -> None:
    """Raises `Stop` while another process works on this database: it would take the jobs that the story waits for."""
    silent = installation.settings.jobs.stalled_seconds
    with psycopg.connect(db.libpq(installation.url)) as connection:
        working = connection.execute(_WORKING, (silent,)).fetchone() is not None
    if working:
        raise Stop(
            "Hentikan dulu `make run` (atau `clothingline worker`) pada data ini: demo mengerjakan semuanya sendiri."
            f" Bila baru saja terputus, tunggu {silent} detik.",
            "first stop `make run` (or `clothingline worker`) on this data: the demo does all the work itself."
            f" If it was cut off just now, wait {silent} seconds.",
        )


def check(closing: Closing) -> None:
    """Raises `Stop` that says what is left, unless the books are closed."""
    off, flying = rupiah(closing.off_idr), rupiah(closing.in_flight_idr)
    if closing.off_idr:
        raise Stop(f"buku besar tidak seimbang: {off}.", f"the ledger is out of balance by {off}.")
    if closing.in_flight_idr:
        raise Stop(f"uang masih di perjalanan: {flying}.", f"{flying} are still on their way.")
    if (count := closing.differences) > 0:
        said = f"{count} selisih dengan pembukuan penyedia pembayaran."
        raise Stop(said, f"{count} differences from the provider's books.")


async def _play(installation: Installation, teller: Teller) -> Closing:
    with _listening() as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with _serving(installation, listening, address) as (http, provider):
            messenger = messaging.ConsoleMessenger(quiet=True)
            messaging.use(messenger)
            stage = Stage(http, messenger, teller, on_pages(provider, http))
            return await _tell(stage, installation.settings.home / PAPERS)


async def _tell(stage: Stage, folder: Path) -> Closing:
    try:
        return await tell_everything(stage, folder)
    except Unexpected as error:
        raise Stop(f"cerita terhenti: {error}", "the story stopped there.") from error


def _listening() -> socket.socket:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening


@asynccontextmanager
async def _serving(
    installation: Installation, listening: socket.socket, address: str
) -> AsyncIterator[tuple[httpx.AsyncClient, FakeProvider]]:
    """A real server on the loopback with the provider's pay pages, for the time of the story."""
    from clothingline.app import create_app

    provider = wiring.connect(installation.settings, address=address)
    installation.use()
    app = create_app(installation.settings)
    if provider is None:
        raise Stop("demo perlu penyedia pembayaran latihan.", "the demo needs the provider that ships.")
    app.mount(wiring.PAY_PAGES, provider.app)
    server = Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await _until_started(server)
    async with httpx.AsyncClient(base_url=address, timeout=30) as http:
        yield http, provider
    server.should_exit = True
    await running
    await db.current().close()


async def _until_started(server: Server) -> None:
    async with asyncio.timeout(STARTED_WITHIN_SECONDS):
        while not server.started:  # noqa: ASYNC110  # the server has no event to wait for
            await asyncio.sleep(0.01)
