"""Long-running processes: the server, the worker beside it, the watchdog of the embedded database, and their end."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import structlog
import uvicorn
import uvloop

from clothingline import worker
from clothingline.app import check_policy, create_app
from clothingline.cli import warming, wiring
from clothingline.cli.installation import Installation
from clothingline.kit import db, sweeping
from clothingline.kit.db.embedded import EmbeddedServerError, Lease
from clothingline.routing import following

log = structlog.get_logger("clothingline")
WATCH_SECONDS = 1
RESTART_SECONDS = 2
GOODBYE_SECONDS = 5
YOUNG_OBJECTS = 20_000

Act = Coroutine[Any, Any, None]


class Server(uvicorn.Server):
    """Leaves signals to us, so that the embedded database is put to rest after the last answer."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


def serve(opened: Installation, listening: socket.socket, *, address: str, with_worker: bool) -> bool:
    """Serve until a signal; answers whether it was an interruption by the keyboard.

    Raises `RuntimeError` when a route has no row in the policy table.
    """
    check_policy()
    provider = wiring.connect(opened.settings, address=address)
    opened.use()
    app = create_app(opened.settings)
    if provider is not None:
        app.mount(wiring.PAY_PAGES, provider.app)
    server = Server(_config(app, proxies=opened.settings.proxies))
    _spare_what_stays()

    def stop() -> None:
        server.should_exit = True

    async def answer() -> None:
        async with _beside([*_prepared(opened), *([_keep_working()] if with_worker else [])]):
            await server.serve(sockets=[listening])

    return _run(answer, stop)


def _spare_what_stays() -> None:
    """Modules, tables and routes live as long as the process: the collector need not look at them at every request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def _config(app: Any, *, proxies: str) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="httptools",
        loop="uvloop",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )


def work(opened: Installation) -> bool:
    """Run jobs until a signal, and finish those that have begun; answers whether it was the keyboard."""
    wiring.connect(opened.settings, address=opened.settings.public_url)
    opened.use()
    stopped = asyncio.Event()

    async def run_jobs() -> None:
        async with _beside([*_prepared(opened), _keep_working()]):
            await stopped.wait()
        await db.current().close()

    return _run(run_jobs, stopped.set)


def _prepared(opened: Installation) -> list[Act]:
    """The database is watched; engine and market are ready before the first quote, which waits for neither."""
    return [*_watchdog(opened), warming.beside(), following.learn()]


def _watchdog(opened: Installation) -> list[Act]:
    return [_watch(opened.lease)] if opened.lease else []


async def _watch(lease: Lease) -> None:
    """Bring a dead embedded server back."""
    while True:
        try:
            if await asyncio.to_thread(lease.ensure):
                log.warning("database restarted")
        except EmbeddedServerError as error:
            log.error("database stays down", cause=str(error))  # the cause is one line for people
        await asyncio.sleep(WATCH_SECONDS)


async def _keep_working() -> None:
    """Work until cancelled, and begin again when the database went away under the worker.

    A worker that is cancelled while it begins or ends may return or fail instead: it is not begun again.
    """
    while not sweeping.ending():
        try:
            await worker.work(signals=False)
        except Exception:  # whatever ended it, jobs must go on
            log.exception("worker stopped, starting again", seconds=RESTART_SECONDS)
        await asyncio.sleep(RESTART_SECONDS)


@asynccontextmanager
async def _beside(acts: Sequence[Act]) -> AsyncIterator[None]:
    """Run these for the time of a block; then cancel them and wait until each has come to its end."""
    tasks = [asyncio.create_task(act) for act in acts]
    try:
        yield
    finally:
        for task in reversed(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _run(main: Callable[[], Act], stop: Callable[[], None]) -> bool:
    interrupted = False

    def end(received: signal.Signals) -> None:
        nonlocal interrupted
        interrupted = received is signal.SIGINT
        stop()

    async def with_signals() -> None:
        for received in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(received, end, received)
        await main()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(with_signals())
    return interrupted
