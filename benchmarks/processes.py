"""Servers of a run, each a process of its own on the loopback, and the processor time that they have used."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ground import HOME, ROOT
from benchmarks.sockets import free_port

PATIENCE_SECONDS = 20
GOODBYE_SECONDS = 10


@dataclass(frozen=True)
class Running:
    """A server that answers on a port of the loopback."""

    pid: int
    port: int

    def processor_seconds(self) -> float:
        """Time on a processor so far, in and under the process."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def app() -> Iterator[Running]:
    """The service as production starts it, one process; its log lines go to a file."""
    command = str(Path(sys.executable).with_name("clothingline"))
    with _server("app", [command, "serve", "--port"], "/healthz") as running:
        yield running


@contextmanager
def floor(told: Path) -> Iterator[Running]:
    """The bare endpoint; `told` is the file that says what it may not ask the database."""
    with _server("floor", [sys.executable, "-m", "benchmarks.floor", str(told)], "/") as running:
        yield running


@contextmanager
def _server(name: str, command: list[str], path: str) -> Iterator[Running]:
    port = free_port()
    with (HOME / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own servers with arguments of our own
            [*command, str(port)], cwd=ROOT, stdout=log, stderr=log
        )
        try:
            _wait(process, port, path, name)
            yield Running(process.pid, port)
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
