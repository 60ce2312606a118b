"""Real servers, and other processes that hold a lease on them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg

from clothingline.kit import db
from clothingline.kit.db.embedded import Server, acquire

FAST = {"shared_buffers": "16MB", "max_connections": "20"}
# The package around `embedded` stays empty: without SQLAlchemy a process is there in a third of the time.
ALONE = f"""
import sys, types
from pathlib import Path
package = types.ModuleType("clothingline.kit.db")
package.__path__ = {list(db.__path__)!r}
sys.modules[package.__name__] = package
from clothingline.kit.db.embedded import acquire
"""
PROCESS = f"""{ALONE}
with acquire(Path(sys.argv[1]), fsync=False, settings={FAST!r}) as lease:
    print((lease.server.data_dir / "postmaster.pid").read_text().split()[0], flush=True)
    sys.stdin.readline()
"""


class Process:
    """Another Python process that holds a lease until it is told to leave."""

    def __init__(self, root: Path) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PROCESS, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def postmaster(self) -> int:
        """Waits until the process has its lease."""
        assert self.popen.stdout is not None
        return int(self.popen.stdout.readline())

    def leave(self) -> None:
        self.popen.communicate("\n", timeout=60)
        assert self.popen.returncode == 0

    def kill(self) -> None:
        self.popen.kill()
        self.popen.communicate()


@contextmanager
def processes(root: Path, number: int) -> Iterator[list[Process]]:
    """Started at once. A test that fails half-way leaves no server: the last one joins and stops it."""
    started = [Process(root) for _ in range(number)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
        acquire(root, fsync=False, settings=FAST).release()


def ask(server: Server, query: LiteralString) -> object:
    """The one value that a query returns."""
    with psycopg.connect(server.dsn()) as connection:
        (value,) = connection.execute(query).fetchone() or (None,)
        return value


def keep_a_row(server: Server) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE kept (cloth_cm int)")
        connection.execute("INSERT INTO kept VALUES (250)")


def postmaster(server: Server) -> int:
    return int((server.data_dir / "postmaster.pid").read_text().split()[0])


def kill_9(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def runs(server: Server) -> bool:
    return (server.data_dir / "postmaster.pid").exists()
