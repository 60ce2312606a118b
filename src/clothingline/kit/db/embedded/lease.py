"""A share in the server of a root directory: the first to come starts it, the last to leave stops it."""

import atexit
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from clothingline.kit.db.embedded import locks
from clothingline.kit.db.embedded.cluster import Cluster, open_cluster
from clothingline.kit.db.embedded.errors import EmbeddedServerError
from clothingline.kit.db.embedded.running import bring_up, last_run_was_forgetful, lives, shut_down
from clothingline.kit.db.embedded.server import Server


class Lease:
    """Held until `release`, the end of a `with` block, or the end of the process, however it ends."""

    def __init__(self, cluster: Cluster, share: int) -> None:
        self._cluster = cluster
        self._share: int | None = share
        self._holder = os.getpid()
        atexit.register(self.release)

    @property
    def server(self) -> Server:
        return self._cluster.server

    def ensure(self) -> bool:
        """Restart the server if it has died; True when it had to be started. Cheap when it is well.

        Raises EmbeddedServerError when it cannot be started or the lease has been released.
        """
        if self._share is None:
            raise EmbeddedServerError(
                f"Sewa server di {self._cluster.root} sudah dilepas: ambil yang baru.",
                f"The lease of the server in {self._cluster.root} has been released: acquire a new one.",
            )
        with locks.alone(self._cluster.start_lock):
            return bring_up(self._cluster)

    def release(self) -> None:
        """Give the share back and stop the server if nobody else has one. Does nothing the second time."""
        share, self._share = self._share, None
        if share is None:
            return
        atexit.unregister(self.release)
        try:
            if self._holder == os.getpid():  # a forked child has inherited the share, but it is its parent's
                _leave(self._cluster, share)
        finally:
            os.close(share)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(root: Path, *, fsync: bool = True, settings: Mapping[str, str] = {}) -> Lease:
    """Start or join the server of `root`; returns when it answers.

    `settings` go to the server that is started; one that already runs keeps its own. Only `fsync=True` is insisted on:
    a server with fsync off is restarted if nobody uses it. Raises EmbeddedServerError otherwise, or if it cannot start.
    """
    cluster = open_cluster(root, fsync=fsync, settings=settings)
    with locks.alone(cluster.start_lock):
        share = locks.share(cluster.lease_lock)
        try:
            _insist_on_fsync(cluster, share)
            bring_up(cluster)
        except BaseException:
            os.close(share)
            raise
        return Lease(cluster, share)


def _insist_on_fsync(cluster: Cluster, share: int) -> None:
    if not (cluster.fsync and lives(cluster) and last_run_was_forgetful(cluster)):
        return
    if not locks.grow(share):
        raise EmbeddedServerError(
            f"Server di {cluster.root} sedang dipakai dengan fsync=off: hentikan pemakai lain dahulu.",
            f"The server in {cluster.root} is in use with fsync=off: stop its other users first.",
        )
    shut_down(cluster)
    locks.shrink(share)


def _leave(cluster: Cluster, share: int) -> None:
    with locks.alone(cluster.start_lock):
        if locks.grow(share):
            shut_down(cluster)
