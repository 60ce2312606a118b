"""Start and stop the server of a cluster. Whoever calls these holds the cluster's start lock.

Whether a server lives is not asked of a process number, which may be stale, reused or a zombie's: every process of the
server inherits a file descriptor that holds `server_lock`, and the lock is free exactly when the last of them is gone.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from psycopg import pq

from clothingline.kit.db.embedded import locks
from clothingline.kit.db.embedded.binaries import find_binaries
from clothingline.kit.db.embedded.cluster import Cluster, make_socket_dir, remove_socket_dir
from clothingline.kit.db.embedded.errors import EmbeddedServerError
from clothingline.kit.db.embedded.identity import Identity, choose_identity

START_PATIENCE = 120  # seconds: crash recovery replays up to 1 GB of WAL
STOP_PATIENCE = 60  # seconds, for each of the two ways to stop
ATTEMPTS = 3
LOG_LIMIT = 16 * 1024 * 1024  # bytes, then the log is put aside as postgres.log.1


def bring_up(cluster: Cluster) -> bool:
    """Return once the server answers; True when it had to be started. Raises EmbeddedServerError when it cannot be."""
    attempts, said_before = 0, _log_length(cluster)
    make_socket_dir(cluster)
    for pause in _pauses(START_PATIENCE):
        if answers(cluster):
            return attempts > 0
        # A server that starts, recovers, stops or has just been killed still holds the lock: wait for it.
        if (lock := locks.seize(cluster.server_lock)) is not None:
            try:
                if attempts == ATTEMPTS:
                    raise _not_started(cluster, _last_word(_log_since(cluster, said_before)))
                _start(cluster, lock)
            finally:
                os.close(lock)
            attempts += 1
        time.sleep(pause)
    raise EmbeddedServerError(
        f"Server PostgreSQL di {cluster.root} berjalan tetapi tidak menjawab: lihat {cluster.log}.",
        f"The PostgreSQL server in {cluster.root} runs but does not answer: see {cluster.log}.",
    )


def shut_down(cluster: Cluster) -> None:
    """Stop the server: fast, and when that takes too long at once (the next start then recovers)."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        _signal(cluster, how)
        if _gone(cluster):
            remove_socket_dir(cluster)
            return
    raise EmbeddedServerError(
        f"Server PostgreSQL di {cluster.root} tidak mau berhenti: lihat {cluster.log}.",
        f"The PostgreSQL server in {cluster.root} does not stop: see {cluster.log}.",
    )


def answers(cluster: Cluster) -> bool:
    """Whether the server accepts connections now."""
    address = f"{cluster.server.dsn()} connect_timeout=2"
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def lives(cluster: Cluster) -> bool:
    """Whether any process of the server is alive."""
    if (lock := locks.seize(cluster.server_lock)) is None:
        return True
    os.close(lock)
    return False


def last_run_was_forgetful(cluster: Cluster) -> bool:
    """Whether the server that runs, or ran last, did so with fsync off."""
    with suppress(FileNotFoundError):
        return '"--fsync=off"' in (cluster.server.data_dir / "postmaster.opts").read_text()
    return False


def _start(cluster: Cluster, lock: int) -> None:
    binaries = find_binaries()
    data = cluster.server.data_dir
    if not data.exists():
        _make_data(cluster, binaries, lock)
    elif cluster.fsync and last_run_was_forgetful(cluster):
        os.sync()  # what an fsync=off run has left in the system's cache
    identity = choose_identity(data)
    identity.own(data)
    identity.own(cluster.socket_dir)
    identity.let_in(cluster.root)
    for rubbish in cluster.socket_dir.glob(".s.PGSQL.*"):
        rubbish.unlink()
    _launch(cluster, _postgres(cluster, binaries), identity, lock)


def _make_data(cluster: Cluster, binaries: Path, lock: int) -> None:
    """Run initdb beside the final place, so that one that is cut short leaves nothing that looks like data."""
    draft = cluster.root / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    identity = choose_identity(draft)
    identity.own(draft)
    identity.let_in(cluster.root)
    made = subprocess.run(  # noqa: S603 - programs that we have found ourselves, no shell
        [*identity.prefix, *_initdb(cluster, binaries, draft)],
        user=identity.user, group=identity.group, extra_groups=_no_groups(identity),
        cwd="/", env=_environment(), pass_fds=(lock,), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        raise _not_started(cluster, _last_word(made.stderr))
    draft.rename(cluster.server.data_dir)


def _initdb(cluster: Cluster, binaries: Path, folder: Path) -> list[str]:
    arguments = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", f"--username={cluster.server.superuser}"]
    hurry = [] if cluster.fsync else ["--no-sync"]
    return [str(binaries / "initdb"), f"--pgdata={folder}", *arguments, *hurry]


def _postgres(cluster: Cluster, binaries: Path) -> list[str]:
    settings = [f"--{name}={value}" for name, value in cluster.settings().items()]
    return [str(binaries / "postgres"), "-D", str(cluster.server.data_dir), *settings]


def _launch(cluster: Cluster, command: list[str], identity: Identity, lock: int) -> None:
    """Start the server as nobody's child: it outlives us, hears no Ctrl-C of ours and leaves us no zombie."""
    stale = _postmaster_pid(cluster)
    # The lock says that this process is not the server, whoever has its number now. PostgreSQL, too, takes a pid file
    # that names its "grandparent" for stale, and still looks for leftovers in shared memory, unlike after a deletion.
    environment = _environment() | ({"PG_GRANDPARENT_PID": str(stale)} if stale else {})
    log = _open_log(cluster.log)
    try:
        subprocess.run(  # noqa: S603 - the shell gets a fixed text, the command goes as its arguments
            ["/bin/sh", "-c", '"$@" </dev/null &', "sh", *identity.prefix, *command],
            user=identity.user, group=identity.group, extra_groups=_no_groups(identity), start_new_session=True,
            cwd="/", env=environment, pass_fds=(lock,), stdout=log, stderr=log, check=True,
        )  # fmt: skip
    finally:
        os.close(log)


def _open_log(path: Path) -> int:
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _environment() -> dict[str, str]:
    """Ours without libpq's and the server's own variables: PGDATA, PGPORT, PGOPTIONS … of somebody else."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _no_groups(identity: Identity) -> list[int] | None:
    return None if identity.user is None else []


def _postmaster_pid(cluster: Cluster) -> int | None:
    with suppress(FileNotFoundError, ValueError):
        first, *_ = (cluster.server.data_dir / "postmaster.pid").read_text().split("\n")
        return abs(int(first)) or None
    return None


def _signal(cluster: Cluster, how: signal.Signals) -> None:
    if lives(cluster) and (pid := _postmaster_pid(cluster)):
        with suppress(ProcessLookupError):
            os.kill(pid, how)


def _gone(cluster: Cluster) -> bool:
    for pause in _pauses(STOP_PATIENCE):
        if not lives(cluster):
            return True
        time.sleep(pause)
    return False


def _pauses(patience: float) -> Iterator[float]:
    """Pauses in seconds that grow from 10 ms to half a second and add up to about `patience`."""
    pause, spent = 0.01, 0.0
    while spent < patience:
        yield pause
        spent += pause
        pause = min(pause * 1.3, 0.5)


def _log_length(cluster: Cluster) -> int:
    return cluster.log.stat().st_size if cluster.log.exists() else 0


def _log_since(cluster: Cluster, length: int) -> str:
    with cluster.log.open("rb") as log:
        log.seek(length if length <= _log_length(cluster) else 0)  # shorter: it has been put aside in between
        return log.read().decode(errors="replace")


def _last_word(text: str) -> str:
    """The line that says why: the last fatal one that is not the answer to our own asking, else the last."""
    lines = [line for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if re.search("FATAL|PANIC|error:", line) and "the database system is" not in line]
    return (fatal or lines or ["?"])[-1]


def _not_started(cluster: Cluster, why: str) -> EmbeddedServerError:
    return EmbeddedServerError(
        f"Server PostgreSQL di {cluster.root} tidak dapat dimulai (lihat {cluster.log}): {why}",
        f"The PostgreSQL server in {cluster.root} could not be started (see {cluster.log}): {why}",
    )
