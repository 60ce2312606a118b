"""Servers of a run on the loopback, one process for each of two cores, and the processor time that they have used."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ground import HOME, ROOT
from benchmarks.sockets import free_port

PROCESSES = 2
PATIENCE_SECONDS = 20
GOODBYE_SECONDS = 10


@dataclass(frozen=True)
class Running:
    """A server that answers on ports of the loopback, a process for each."""

    pids: tuple[int, ...]
    ports: tuple[int, ...]

    def processor_seconds(self) -> float:
        """Time on a processor so far, in and under the processes."""
        return sum(_processor_seconds(pid) for pid in self.pids)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def app() -> Iterator[Running]:
    """The service as production starts it, twice; its log lines go to files."""
    command = str(Path(sys.executable).with_name("clothingline"))
    with _servers("app", [command, "serve", "--port"], "/healthz") as running:
        yield running


@contextmanager
def floor(told: Path, kind: str) -> Iterator[Running]:
    """A bare endpoint, `fastapi` or `asgi`; `told` is the file that says what it may not ask the database."""
    with _servers(f"floor-{kind}", [sys.executable, "-m", "benchmarks.floor", kind, str(told)], "/") as running:
        yield running


@contextmanager
def _servers(name: str, command: list[str], path: str) -> Iterator[Running]:
    with ExitStack() as stack:
        found = [stack.enter_context(_server(f"{name}-{number}", command, path)) for number in range(PROCESSES)]
        yield Running(tuple(pid for pid, _ in found), tuple(port for _, port in found))


@contextmanager
def _server(name: str, command: list[str], path: str) -> Iterator[tuple[int, int]]:
    port = free_port()
    with (HOME / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own servers with arguments of our own
            [*command, str(port)], cwd=ROOT, stdout=log, stderr=log
        )
        try:
            _wait(process, port, path, name)
            yield process.pid, port
        finally:
            process.terminate()
            process.wait(GOODBYE_SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, path: str, name: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=1).close()  # our own server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{name} does not answer; see {HOME / name}.log")
