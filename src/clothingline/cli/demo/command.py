"""`clothingline demo run`: the story on the installation's own database, over HTTP on the loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import typer
import uvicorn
from rich.console import Console

from clothingline.cli import wiring
from clothingline.cli.demo.stage import Stage, Unexpected
from clothingline.cli.demo.story import tell_everything
from clothingline.cli.demo.telling import Teller
from clothingline.cli.exits import Stop
from clothingline.cli.installation import Installation, opened, read_settings
from clothingline.cli.running import Server
from clothingline.cli.seeding import seed_pilot
from clothingline.integrations import messaging
from clothingline.kit import db

STARTED_WITHIN_SECONDS = 10
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
        seed_pilot(installation)
        balance = asyncio.run(_play(installation, Teller(console)))
    if balance:
        raise Stop(f"buku besar tidak seimbang: {balance}", f"the ledger is out of balance by {balance}")
    console.rule()
    console.print(f"Buku besar seimbang. Data tetap ada: [bold]make run[/], lalu buka [bold]{chosen.public_url}/[/]")


async def _play(installation: Installation, teller: Teller) -> int:
    with _listening() as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with _serving(installation, listening, address) as http:
            return await _tell(http, teller)


async def _tell(http: httpx.AsyncClient, teller: Teller) -> int:
    messenger = messaging.ConsoleMessenger(quiet=True)
    messaging.use(messenger)

    async def pay_page(url: str) -> None:
        answer = await http.post(f"{url}/payment", follow_redirects=True)
        answer.raise_for_status()

    stage = Stage(http, messenger, teller, pay_page)
    try:
        return await tell_everything(stage)
    except Unexpected as error:
        raise Stop(f"cerita terhenti: {error}", "the story stopped there.") from error


def _listening() -> socket.socket:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening


@asynccontextmanager
async def _serving(
    installation: Installation, listening: socket.socket, address: str
) -> AsyncIterator[httpx.AsyncClient]:
    """A real server on the loopback with the provider's pay pages, for the time of the story."""
    from clothingline.app import create_app

    provider = wiring.connect(installation.settings, address=address)
    installation.use()
    app = create_app(installation.settings)
    if provider is not None:
        app.mount(wiring.PAY_PAGES, provider.app)
    server = Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await _until_started(server)
    async with httpx.AsyncClient(base_url=address, timeout=30) as http:
        yield http
    server.should_exit = True
    await running
    await db.current().close()


async def _until_started(server: Server) -> None:
    async with asyncio.timeout(STARTED_WITHIN_SECONDS):
        while not server.started:  # noqa: ASYNC110  # the server has no event to wait for
            await asyncio.sleep(0.01)
