"""One root directory: what lies where in it, and how its server is to be run."""

import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clothingline.kit.db.embedded.errors import EmbeddedServerError
from clothingline.kit.db.embedded.server import PORT, Server

LONGEST_SOCKET_PATH = 80  # bytes; the kernels allow 103 to 107

TWO_CORES = {
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# After a crash one call writes out what the system still holds; one for each of thousands of files took seconds.
AT_ONCE = {"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """A root directory and the wishes of the process that opened it."""

    root: Path
    socket_dir: Path
    fsync: bool
    wishes: Mapping[str, str]

    @property
    def server(self) -> Server:
        return Server(data_dir=self.root / "data", socket_dir=self.socket_dir)

    @property
    def log(self) -> Path:
        return self.root / "postgres.log"

    @property
    def start_lock(self) -> Path:
        """Held alone by whoever starts, joins or stops the server."""
        return self.root / "start.lock"

    @property
    def lease_lock(self) -> Path:
        """Shared by all who use the server."""
        return self.root / "lease.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server's own processes, which inherit it: free means that none of them lives."""
        return self.root / "server.lock"

    def settings(self) -> dict[str, str]:
        """The server's settings; the wishes win, the address does not change."""
        quoted = str(self.socket_dir).replace('"', '""')
        address = {"listen_addresses": "", "unix_socket_directories": f'"{quoted}"', "port": str(PORT)}
        return TWO_CORES | AT_ONCE | ({} if self.fsync else FORGETFUL) | dict(self.wishes) | address


def open_cluster(root: Path, *, fsync: bool, settings: Mapping[str, str]) -> Cluster:
    """Make a root. Raises EmbeddedServerError when it cannot be made or is not ours to write in."""
    root = root.expanduser().resolve()
    cluster = Cluster(root, _socket_dir(root), fsync, dict(settings))
    try:
        root.mkdir(parents=True, exist_ok=True)
        for file in (cluster.start_lock, cluster.lease_lock, cluster.server_lock, cluster.log):
            file.touch(mode=0o600)
    except OSError as error:
        raise EmbeddedServerError(
            f"Folder data {root} tidak dapat dipakai ({error.strerror}): pilih folder lain atau perbaiki izinnya.",
            f"The data folder {root} cannot be used ({error.strerror}): choose another or mend its permissions.",
        ) from error
    return cluster


def make_socket_dir(cluster: Cluster) -> None:
    """Make it, or see that the one there is ours. Raises EmbeddedServerError when others could lay a socket in it."""
    cluster.socket_dir.mkdir(mode=0o700, exist_ok=True)
    found = cluster.socket_dir.lstat()
    private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) & 0o077 == 0
    if not (private and found.st_uid in _owners(cluster)):
        raise EmbeddedServerError(
            f"Folder soket {cluster.socket_dir} bukan milik kita atau terbuka untuk umum: hapus folder itu.",
            f"The socket folder {cluster.socket_dir} is not ours or is open to others: remove it.",
        )


def remove_socket_dir(cluster: Cluster) -> None:
    """Leave nothing in /tmp. What PostgreSQL has not cleaned away itself stays."""
    with suppress(OSError):
        cluster.socket_dir.rmdir()


def _socket_dir(root: Path) -> Path:
    near = root / "socket"
    # A comma would make two hosts of it in libpq.
    if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH and "," not in str(near):
        return near
    # Not tempfile.gettempdir(): two processes with another TMPDIR must still meet.
    name = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    return Path("/tmp") / f"clothingline-{os.geteuid()}-{name}"  # noqa: S108 - owner and mode are checked


def _owners(cluster: Cluster) -> set[int]:
    """Us, and the user to whom root has given the data."""
    data = cluster.server.data_dir
    return {os.geteuid()} | ({data.stat().st_uid} if data.exists() else set())
