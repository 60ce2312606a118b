"""Quotes over HTTP with the pilot: what one caller waits for, one quote after another, singles and runs."""

import asyncio
import json
import urllib.request
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from benchmarks.ground import Ground
from benchmarks.intake import quantile
from benchmarks.load import Request, Task, send
from benchmarks.processes import Running
from benchmarks.wishes import written_by
from clothingline.cli import installation
from clothingline.kit import db
from clothingline.kit.ids import read
from clothingline.routing.service.quoting import free_held
from clothingline.settings import settings

ASKED, AT_A_TIME = 240, 20


@dataclass(frozen=True)
class Quoted:
    """How many were asked, priced and refused for want of a plan, and the quantiles of all answers in milliseconds."""

    asked: int
    priced: int
    refused: int
    p50: float
    p95: float
    p99: float


def measure(ground: Ground, app: Running, wishes: list[dict[str, Any]]) -> Quoted:
    """Write orders down, quote them, free what the quotes hold, again and again, so that each meets the same market."""
    spent: list[float] = []
    statuses: dict[str, int] = {}
    warm, counted = wishes[:AT_A_TIME], wishes[AT_A_TIME : AT_A_TIME + ASKED]
    _ask(ground, app, warm)
    for first in range(0, len(counted), AT_A_TIME):
        seen, said = _ask(ground, app, counted[first : first + AT_A_TIME])
        spent += seen
        statuses = {status: statuses.get(status, 0) + said.get(status, 0) for status in {*statuses, *said}}
    assert statuses.keys() <= {"201", "409"}, statuses
    return Quoted(
        len(spent), statuses.get("201", 0), statuses.get("409", 0), *(quantile(spent, at) for at in (50, 95, 99))
    )


def _ask(ground: Ground, app: Running, wishes: list[dict[str, Any]]) -> tuple[list[float], dict[str, int]]:
    placed = [_place(ground, app, number, wish) for number, wish in enumerate(wishes)]
    quotes = [
        Request(ground.consumers[_by(ground, n)].token, f"/v1/orders/{one}/quotes") for n, one in enumerate(placed)
    ]
    seen = send(Task(app.ports, 1, 0, quotes))
    asyncio.run(_free(placed))
    return seen.milliseconds, seen.statuses


def _by(ground: Ground, number: int) -> int:
    return number % len(ground.consumers)


def _place(ground: Ground, app: Running, number: int, wish: dict[str, Any]) -> str:
    one = ground.consumers[_by(ground, number)]
    headers = {
        "authorization": f"Bearer {one.token}", "idempotency-key": str(uuid4()), "content-type": "application/json",
    }  # fmt: skip
    address = f"http://127.0.0.1:{app.ports[0]}/v1/orders"
    asked = urllib.request.Request(address, written_by(one.body, wish), headers)  # our own server
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310  # our own server
        return str(json.load(answer)["id"])


async def _free(orders: list[str]) -> None:
    """What the job does after a quote has lapsed, without waiting for a worker."""
    used = db.use(db.Database(settings().database.url, installation.limits(settings())))
    for one in orders:
        async with used.transaction() as session:
            await free_held(session, read("ord", one))
    await used.close()
