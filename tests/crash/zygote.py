"""A process that is started again whenever it is killed, forked from one that has everything loaded.

    python -m tests.crash.zygote worker   jobs, dying once at every failpoint
    python -m tests.crash.zygote serve    the service as `clothingline serve --with-worker` runs it

It says `<pid>` of each child, and `fell <failpoint>` of each that died at one. SIGTERM ends it.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import psycopg
from sqlalchemy.orm import configure_mappers

from clothingline import reactions, worker
from clothingline.cli import installation, logs, running, serve
from clothingline.integrations import messaging, payments, push
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db, failpoints, jobs, storage
from clothingline.settings import settings

# It sends what stands written already.
WRITES_NOTHING = {"job:accounts.send_code:commit"}
MOMENTS = {f"job:{name}:{moment}" for name in jobs.registered() for moment in failpoints.MOMENTS}
ALL = (*failpoints.POINTS, *(MOMENTS - WRITES_NOTHING))


class FileMessenger:
    """Messages that outlive their sender: one line each."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def send(self, phone: str, text: str) -> None:
        with self.path.open("a") as file:
            file.write(f"{phone}\t{text}\n")


class NoPhone(push.Kept):
    """Every phone is gone, and is to be forgotten."""

    async def push(self, target: push.Target, message: bytes) -> bool:
        return False


class Worker:
    """Runs jobs on the database of `CRASH_URL`; messages, books and last words are in the folder `CRASH_FOLDER`."""

    def __init__(self) -> None:
        self.url, self.folder = os.environ["CRASH_URL"], Path(os.environ["CRASH_FOLDER"])
        self.words = self.folder / "words.txt"
        self.armed = set(ALL) if "CRASH_UNARMED" not in os.environ else set()

    def run(self) -> None:
        os.dup2(os.open(self.words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        failpoints.arm(dict.fromkeys(self.armed, "kill"))
        logs.configure(settings())
        messaging.use(FileMessenger(self.folder / "messages.txt"))
        push.use(NoPhone())
        storage.use(storage.Files(self.folder / "files"))
        payments.use(FakeProvider(post_to("http://nowhere"), pages_url="http://bayar", path=self.folder / "books.db"))
        db.use(db.Database(self.url, db.Limits(role="clothingline_app", pool_size=4)))
        asyncio.run(worker.work(1, signals=False))

    def bury(self) -> None:
        """Note where the child fell, and let the time pass after which a silent worker counts as dead."""
        last = self.words.read_text().splitlines()[-1]
        kind, _, name = last.partition(" ")
        assert kind == "failpoint", last
        self.armed.discard(name)
        print("fell", name, flush=True)
        with psycopg.connect(db.libpq(self.url), autocommit=True) as connection:
            connection.execute("UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


class Service:
    """Serves the installation of `CLOTHINGLINE_HOME` on one port, which stays bound while nobody answers."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        print("port", self.listening.getsockname()[1], flush=True)

    def run(self) -> None:
        chosen = installation.read_settings()
        with installation.opened(chosen) as opened:
            running.serve(opened, self.listening, address=serve.address(chosen, self.listening), with_worker=True)

    def bury(self) -> None:
        """Nothing is left to do."""


KINDS: dict[str, Callable[[], Worker | Service]] = {"worker": Worker, "serve": Service}


def main(kind: str) -> None:
    """Fork, wait for a violent death, fork again."""
    assert reactions.TABLE, "every job is registered"
    configure_mappers()
    what = KINDS[kind]()
    status = -signal.SIGKILL
    while status == -signal.SIGKILL:
        status = _one_life(what)
    sys.exit(0 if status in (0, -signal.SIGTERM) else f"the child ended by itself: {status}")


def _one_life(what: Worker | Service) -> int:
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        what.run()
        os._exit(0)

    def pass_on(received: int, _frame: FrameType | None) -> None:
        os.kill(child, received)

    signal.signal(signal.SIGTERM, pass_on)
    print(child, flush=True)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGKILL:
        what.bury()
    return status


if __name__ == "__main__":
    main(sys.argv[1])
