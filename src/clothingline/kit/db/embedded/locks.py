"""File locks (`flock`), which the kernel drops when their last holder dies: kill -9 leaves none behind.

Each `take` opens the file anew, so two locks in one process are as independent as two processes.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock exclusively for the time of a block; waits for the others."""
    lock = _open(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def share(path: Path) -> int:
    """A file descriptor that holds the lock together with others."""
    lock = _open(path)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def seize(path: Path) -> int | None:
    """A file descriptor that holds the lock exclusively, or None when somebody else has it."""
    lock = _open(path)
    if grow(lock):
        return lock
    os.close(lock)
    return None


def grow(lock: int) -> bool:
    """Turn a shared lock into an exclusive one; when others share it this fails **and the share is lost**."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def shrink(lock: int) -> None:
    """Turn the lock (back) into a shared one."""
    fcntl.flock(lock, fcntl.LOCK_SH)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
