"""`--ray`: a team of Ray actors for a search. Ray starts them, carries the arrays, and starts anew what was lost."""

import os
import re
import secrets
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from clothingline.cli.exits import USAGE, Stop
from clothingline.matching.kernels.tables import Proposals
from clothingline.matching.search.shards import Member, Question, Shard
from clothingline.matching.world import THREADS, Laid, Whole

ADDRESS = re.compile(r"local(:[1-9]\d?)?|(?!local:)([\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}")
ANSWERS_S = 5
"""Seconds in which a cluster takes a connection; Ray itself would try for a quarter of an hour."""
LOST = 10
"""How often a member may be lost, and a shard asked again, before the search gives up."""
LOCAL = {
    "RAY_AUTH_MODE": "token",  # with the token below: nobody else on this machine may send work
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # where Ray takes this machine alone for a cluster: it stays on loopback
    "RAY_USAGE_STATS_ENABLED": "0",
}


class Actors:
    """A `Team` of actors: `places` are the node (None: any) and the threads of each."""

    def __init__(self, places: Sequence[tuple[str | None, int]]) -> None:
        self._places = places
        self.members = len(places)

    def lay(self, laid: Laid, exact: bool) -> None:
        """Put the problem into shared memory, and start the members."""
        member = _ray().remote(max_restarts=LOST, max_task_retries=LOST)(_Actor)
        self._laid = _ray().put(laid)
        self.actors = [
            member.options(scheduling_strategy=_near(node)).remote(exact, threads) for node, threads in self._places
        ]
        self._pool = import_module("ray.util").ActorPool(self.actors)

    def ask(self, question: Question, shards: Sequence[Shard]) -> Iterator[tuple[Whole, Proposals]]:
        """Whoever is done takes the next shard. Raises `Stop` when too much was lost."""
        ray = _ray()
        held = ray.put(question)
        try:
            yield from self._pool.map_unordered(
                lambda member, shard: member.ask.remote(self._laid, held, shard), shards
            )
        except ray.exceptions.RayError as error:
            raise Stop("klaster Ray gagal.", f"the cluster failed: {_said(error)}") from error


class _Actor:
    """A member that takes the problem when it is first asked: after a loss, Ray hands over again what is asked, and not
    what an actor began with."""

    def __init__(self, exact: bool, threads: int) -> None:
        self._exact, self._threads = exact, threads
        self._member: Member | None = None

    def ask(self, laid: Laid, question: Question, shard: Shard) -> tuple[Whole, Proposals]:
        """What a member says."""
        if self._member is None:
            self._member = Member(laid, self._exact, self._threads)
        return self._member.ask(question, shard)


@contextmanager
def team(address: str) -> Iterator[Actors]:
    """The members at an address: of a cluster that runs, one on each of its machines with all its threads; or of one
    that is started on this machine and ends with the search (`local`, `local:N`). Raises `Stop`."""
    if not ADDRESS.fullmatch(address):
        raise Stop(
            f"alamat Ray {address!r} salah; pakai local, local:2, atau 10.0.0.1:6379.",
            "no address of Ray: take local, local:N, or HOST:PORT as `ray start` prints it.",
            code=USAGE,
        )
    is_local = address.partition(":")[0] == "local"
    with _local(address) if is_local else _running(address) as actors:
        yield actors


@contextmanager
def _local(address: str) -> Iterator[Actors]:
    count = int(address.partition(":")[2] or THREADS)
    os.environ |= LOCAL | {"RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as home:
        begin = {"address": "local", "num_cpus": count, "num_gpus": 0, "include_dashboard": False, "_temp_dir": home}
        with _connected(**begin):
            yield Actors([(None, 1)] * count)


@contextmanager
def _running(address: str) -> Iterator[Actors]:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), ANSWERS_S).close()
    except (OSError, OverflowError) as error:
        raise Stop(f"tidak ada klaster Ray di {address}.", f"no cluster answers there: {error}") from error
    with _connected(address=address) as ray:
        nodes = [(node["NodeID"], int(node["Resources"].get("CPU", 0))) for node in ray.nodes() if node["Alive"]]
        if not any(threads for _, threads in nodes):
            raise Stop(f"klaster Ray di {address} belum punya mesin pekerja.", "none of its machines has processors.")
        yield Actors([(node, threads) for node, threads in nodes if threads])


@contextmanager
def _connected(**how: Any) -> Iterator[Any]:
    ray = _ray()
    try:
        ray.init(log_to_driver=False, logging_level="warning", **how)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise Stop("klaster Ray tidak dapat dipakai.", f"the cluster cannot be used: {_said(error)}") from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _near(node: str | None) -> Any:
    """Where a member is placed; elsewhere when its machine is lost."""
    strategies = import_module("ray.util.scheduling_strategies")
    return "SPREAD" if node is None else strategies.NodeAffinitySchedulingStrategy(node, soft=True)


def _ray() -> Any:
    try:
        return import_module("ray")
    except ImportError as error:
        raise Stop(
            "Ray belum terpasang: pip install 'clothingline[cluster]'.",
            "Ray is not installed; it comes with the extra `cluster`.",
        ) from error


def _said(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
