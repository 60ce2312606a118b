"""Places where a process can be made to fail, to prove that what was acknowledged stays and what was begun ends, once.

Off unless `CLOTHINGLINE_FAILPOINTS` names them, as in `routing.reroute:thought=kill,job:routing.adopt:after=sleep:200`.
Actions: `kill` (SIGKILL to this process; the name stands as the last line on stderr), `raise`, `sleep:<milliseconds>`.
Beside `POINTS`, every job has the `MOMENTS` as `job:<name>:<moment>`. At the `SYNCPOINTS` nothing fails: a test can
hold whoever comes there.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

VARIABLE = "CLOTHINGLINE_FAILPOINTS"
# What a job does outside of the database, from both sides; the moments of its transactions come with the job itself.
POINTS = (
    "accounts.send_code:read",
    "accounts.send_code:sent",
    "papers.make:printed",
    "papers.make:stored",
    "notices.deliver:taken",
    "notices.deliver:sent",
    "payments.capture_charge:captured",
    "payments.capture_charge:decided",
    "payments.open_charge:wished",
    "payments.open_charge:opened",
    "payments.send_refund:marked",
    "payments.send_refund:refunded",
    "payments.settle_notice:read",
    "payments.settle_notice:fetched",
    "payouts.open_account:read",
    "payouts.open_account:opened",
    "payouts.send:marked",
    "payouts.send:transferred",
    "payouts.send:recorded",
    "payouts.send:paid",
    "payouts.settle_notice:read",
    "payouts.settle_notice:fetched",
    "payouts.take_back:read",
    "payouts.take_back:taken",
    "reconciliation.read_pages:read",
    "reconciliation.read_pages:compared",
    "routing.explain_plans:explained",
    "routing.explain_plans:proven",
    "routing.reroute:read",
    "routing.reroute:thought",
)
# Between a look and the act that rests on it, under the locks that make it right: here a test forces two paths to meet.
SYNCPOINTS: tuple[str, ...] = (
    "earnings.release:held",
    "orders.reduce:read",
    "payments.dispute:held",
    "payments.lose:held",
    "payments.refund:summed",
)
# Before it begins; before a transaction that has written commits; after all, before the queue is told.
MOMENTS = ("before", "commit", "after")
ACTIONS = ("kill", "raise", "sleep")

_barriers: dict[str, Callable[[], Awaitable[None]]] = {}
_armed: dict[str, str] = {}
_job: ContextVar[str | None] = ContextVar("job", default=None)


class Planted(Exception):
    """The failure that `raise` plants."""


def read(text: str) -> dict[str, str]:
    """Actions by name. Raises `ValueError` for an action or a point that does not exist."""
    wished = dict(one.strip().split("=", 1) for one in text.split(",") if one.strip())
    for name, action in wished.items():
        if action.partition(":")[0] not in ACTIONS or not (name in POINTS or name.startswith("job:")):
            raise ValueError(f"{VARIABLE}: {name}={action}")
    return wished


def arm(chosen: Mapping[str, str]) -> None:
    """Switch these on in this process, and all others off."""
    _armed.clear()
    _armed.update(chosen)


async def failpoint(name: str) -> None:
    """Fail here if told to."""
    if _armed and name in _armed:
        await _fail(name, *_armed[name].partition(":")[::2])


async def syncpoint(name: str) -> None:
    """Wait here if a test has put a barrier here."""
    if _barriers and name in _barriers:
        await _barriers[name]()


@contextmanager
def barrier(name: str, wait: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """In this block, whoever comes to this syncpoint waits for `wait()`. Raises `ValueError` if it is not listed."""
    if name not in SYNCPOINTS:
        raise ValueError(f"no syncpoint {name}")
    _barriers[name] = wait
    try:
        yield
    finally:
        del _barriers[name]


async def _fail(name: str, action: str, argument: str) -> None:
    if action == "kill":
        os.write(2, f"failpoint {name}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "raise":
        raise Planted(name)
    await asyncio.sleep(int(argument) / 1000)


@contextmanager
def within(job: str) -> Iterator[None]:
    """What happens in this block belongs to a job."""
    token = _job.set(job)
    try:
        yield
    finally:
        _job.reset(token)


def armed_job() -> str | None:
    """The job that runs, while any failpoint is on."""
    return _job.get() if _armed else None


arm(read(os.environ.get(VARIABLE, "")))
