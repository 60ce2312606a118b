"""The load generator, a process of its own: reads one task as JSON from stdin, sends it, writes what it saw to stdout.

It speaks just enough HTTP/1.1 to send one request after another on each of a fixed number of kept connections.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

import uvloop

ROOT = Path(__file__).resolve().parents[1]
HEAD = (
    "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\nidempotency-key: {key}\r\n"
    "content-type: application/json\r\naccept-language: id\r\ncontent-length: {length}\r\n\r\n"
)


@dataclass(frozen=True)
class Request:
    """One POST: the bearer's token, the path and the payload."""

    token: str
    path: str
    body: str = ""


@dataclass(frozen=True)
class Task:
    """Requests to be sent over so many connections, shared out over the ports; the first `warm_up` are not counted."""

    ports: tuple[int, ...]
    connections: int
    warm_up: int
    requests: list[Request]


@dataclass(frozen=True)
class Seen:
    """What came back: seconds for all, milliseconds of each in the order of arrival, and how many of each status."""

    seconds: float
    milliseconds: list[float]
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return len(self.milliseconds) / self.seconds


def send(task: Task) -> Seen:
    """Send a task from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.load"]
    told = json.dumps(asdict(task)).encode()
    done = subprocess.run(command, cwd=ROOT, input=told, stdout=subprocess.PIPE, check=True)  # noqa: S603  # this module
    return Seen(**json.loads(done.stdout))


async def _send_all(task: Task) -> Seen:
    ports = islice(cycle(task.ports), task.connections)
    lines = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
    await _share_out(lines, task.requests[: task.warm_up])
    started = time.perf_counter()
    found = await _share_out(lines, task.requests[task.warm_up :])
    seconds = time.perf_counter() - started
    for _, writer in lines:
        writer.close()
    return Seen(seconds, [spent for spent, _ in found], dict(Counter(status for _, status in found)))


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _share_out(lines: list[Line], requests: list[Request]) -> list[tuple[float, str]]:
    waiting, found = iter(requests), list[tuple[float, str]]()

    async def work(line: Line) -> None:
        for request in waiting:
            started = time.perf_counter()
            status = await _exchange(line, request)
            found.append(((time.perf_counter() - started) * 1000, status))

    await asyncio.gather(*map(work, lines))
    return found


async def _exchange(line: Line, request: Request) -> str:
    reader, writer = line
    body = request.body.encode()
    head = HEAD.format(path=request.path, token=request.token, key=uuid4(), length=len(body))
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(_length(answer))
    return answer[9:12].decode()


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next(int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:"))


if __name__ == "__main__":
    told = json.load(sys.stdin)
    told["requests"] = [Request(**one) for one in told["requests"]]
    json.dump(asdict(uvloop.run(_send_all(Task(**told)))), sys.stdout)
