"""The stage of the crash tests: the API in this process, the jobs in another one that dies again and again."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import FastAPI
from rich.console import Console
from sqlalchemy import text

from clothingline import worker
from clothingline.app import create_app
from clothingline.cli.demo.outside import by_hand
from clothingline.cli.demo.stage import Stage
from clothingline.cli.demo.telling import Teller
from clothingline.integrations import messaging, payments
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db, jobs
from clothingline.settings import Settings
from tests.conftest import HOME, ROOT

API = "http://clothingline.test"
# A job that a living worker has forgotten is promised to be put back only after the longest time of a job.
PATIENCE_SECONDS = jobs.LONGEST_SECONDS + 60
_WAITING = text("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')")
_LEFT = text("""
    SELECT job.id, job.task_name AS task, job.status::text, job.attempts, job.worker_id AS worker, failure.cause,
           extract(epoch FROM job.scheduled_at - now())::int AS due_in_s,
           extract(epoch FROM now() - worker.last_heartbeat)::int AS silent_for_s,
           array(SELECT event.type || ' ' || extract(epoch FROM now() - event.at)::int || ' s ago'
                   FROM jobs.procrastinate_events AS event WHERE event.job_id = job.id ORDER BY event.id) AS events
      FROM jobs.procrastinate_jobs AS job
      LEFT JOIN jobs.procrastinate_workers AS worker ON worker.id = job.worker_id
      LEFT JOIN job_failure AS failure ON failure.job_id = job.id
     WHERE job.status IN ('todo', 'doing') ORDER BY job.id
""")


class Post(messaging.ConsoleMessenger):
    """Reads what the other process has sent."""

    def __init__(self, path: Path) -> None:
        super().__init__(quiet=True)
        self.path = path

    def __getattribute__(self, name: str) -> object:
        if name == "sent":
            return [tuple(line.split("\t")) for line in self.path.read_text().splitlines()]
        return super().__getattribute__(name)


class CrashStage(Stage):
    """A stage whose jobs are somebody else's."""

    provider: FakeProvider
    app: FastAPI

    async def settle(self) -> None:
        """Wait until no job is left, and sweep, until nothing moves any more."""
        await no_job_is_left()
        while await worker.sweep():
            await no_job_is_left()


async def no_job_is_left() -> None:
    """Wait until every job has ended, however often its worker dies meanwhile.

    Raises `AssertionError` that says which jobs are left, and what became of each so far.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await count(_WAITING):  # noqa: ASYNC110  # another process is waited for
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError("\n".join(["jobs are left:", *await _left()])) from None


async def _left() -> list[str]:
    async with db.transaction() as session:
        return [str(dict(row)) for row in (await session.execute(_LEFT)).mappings()]


async def count(query: object) -> int:
    """The one number of a query."""
    async with db.transaction() as session:
        return int((await session.execute(query)).scalar_one())  # type: ignore[call-overload]  # any text


@dataclass
class Deaths:
    """Where the other process fell, once it has ended."""

    fallen: list[str]


@contextmanager
def dying_worker(url: str, folder: Path, *, armed: bool = True) -> Iterator[Deaths]:
    """A worker that dies once at every failpoint and is started again, for the time of a block."""
    said = {"CRASH_URL": url, "CRASH_FOLDER": str(folder), **({} if armed else {"CRASH_UNARMED": "1"})}
    rules = {
        "CLOTHINGLINE_OFFERS__MAX_ROUNDS": "1",
        "CLOTHINGLINE_ENVIRONMENT": "test",
        "CLOTHINGLINE_PAYMENTS__CAPTURE": "manual",
    }
    command = [sys.executable, "-m", "tests.crash.zygote", "worker"]
    popen = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **said, **rules}, stdout=subprocess.PIPE, text=True)
    deaths = Deaths([])
    try:
        yield deaths
    finally:
        popen.terminate()
        out, _ = popen.communicate(timeout=30)
        deaths.fallen += [line.removeprefix("fell ") for line in out.splitlines() if line.startswith("fell ")]
    assert popen.returncode == 0, (folder / "words.txt").read_text()


@asynccontextmanager
async def stage_on(folder: Path) -> AsyncIterator[CrashStage]:
    """The API on the database in use, its provider with books that the other process shares."""
    (folder / "messages.txt").touch()
    app = create_app(Settings(environment="test", home=HOME))
    inside = httpx.ASGITransport(app)
    notices = post_to(f"{API}/v1/payment-notices", inside)
    provider = FakeProvider(notices, pages_url="http://bayar", path=folder / "books.db")
    payments.use(provider)

    async with httpx.AsyncClient(transport=inside, base_url=API) as http:
        stage = CrashStage(http, Post(folder / "messages.txt"), Teller(Console(file=io.StringIO())), by_hand(provider))
        stage.provider, stage.app = provider, app
        yield stage
