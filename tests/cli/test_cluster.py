"""`match route --ray`: two members on a cluster of Ray's own, one of which is killed, and what cannot be used."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from clothingline.cli import cluster, instances
from clothingline.cli.exits import FAILED, OK, USAGE, Stop
from clothingline.matching import Iterations, Matching, Params, Problem, certificate, route, verify
from clothingline.routing.files.example import Size
from tests.cli.command import run
from tests.matching.instances import pilot

PARAMS = Params()
STORE_BYTES = 256 << 20


@pytest.fixture(scope="module")
def team() -> Iterator[cluster.Actors]:
    """Two members on this machine."""
    bounded = patch.dict(os.environ, RAY_DEFAULT_OBJECT_STORE_MAX_MEMORY_BYTES=str(STORE_BYTES))
    with bounded, cluster.team("local:2") as actors:
        yield actors


@pytest.fixture(scope="module")
def alone() -> tuple[Problem, Matching]:
    """A problem with orders enough that whole rounds go to the team, and the matching of one process."""
    problem = pilot(3, orders=80, makers=30, busy=300)
    return problem, route(problem, PARAMS, Iterations(6))


def test_two_members_make_the_matching_of_one_process(team: cluster.Actors, alone: tuple[Problem, Matching]) -> None:
    problem, matching = alone
    together = route(problem, PARAMS, Iterations(6), team)
    assert certificate(problem, together).digest == certificate(problem, matching).digest
    assert (together.status, together.iterations) == (matching.status, matching.iterations)
    assert len(set(_processes(team))) == 2
    assert os.getpid() not in _processes(team)


def test_a_member_that_is_killed_in_the_middle_changes_nothing(
    team: cluster.Actors, alone: tuple[Problem, Matching]
) -> None:
    problem, matching = alone
    killer = Killing(6, team, at=3)
    together = route(problem, PARAMS, killer, team)
    first, second = _processes(team)
    assert first != killer.processes[0]
    assert second == killer.processes[1]
    assert not Path(f"/proc/{killer.processes[0]}").exists()
    assert certificate(problem, together).digest == certificate(problem, matching).digest
    assert verify(problem, PARAMS, certificate(problem, together)) == []


class Killing(Iterations):
    """Iterations, at one of which it sees to it that the first member dies over the next shard but one."""

    def __init__(self, most: int, team: cluster.Actors, at: int) -> None:
        super().__init__(most)
        self.team, self.at = team, at
        self.processes: list[int] = []

    def __call__(self, best_cost: int) -> bool:
        """As without; the member's end comes while it holds a shard."""
        if self.done == self.at:
            self.processes = _processes(self.team)
            _on(self.team.actors[0], _die_over_the_second_shard)
        return super().__call__(best_cost)


def _die_over_the_second_shard(_: Any) -> None:
    from clothingline.matching.search.shards import Member

    answer, asked = Member.ask, []

    def ask(*question: Any) -> Any:
        asked.append(question)
        if len(asked) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(*question)

    Member.ask = ask  # type: ignore[method-assign, assignment]  # in that process alone


def _processes(team: cluster.Actors) -> list[int]:
    return [_on(actor, lambda _: os.getpid()) for actor in team.actors]


def _on(actor: Any, what: Any) -> Any:
    import ray

    return ray.get(actor.__ray_call__.remote(what))


def test_a_team_that_is_lost_for_good_ends_the_search_in_one_line(
    team: cluster.Actors, alone: tuple[Problem, Matching]
) -> None:
    import ray

    class Ending(Iterations):
        def __call__(self, best_cost: int) -> bool:
            for actor in team.actors:
                ray.kill(actor, no_restart=True)
            return super().__call__(best_cost)

    with pytest.raises(Stop, match=r"^Kesalahan: klaster Ray gagal\. / the cluster failed: .+") as stopped:
        route(alone[0], PARAMS, Ending(6), team)
    assert "\n" not in str(stopped.value)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """P.npz, and M.json, which one process made."""
    made = tmp_path_factory.mktemp("files")
    instances.write_example(made / "P.npz", Size(orders=80, brands=20, makers=30, lots=40, weeks=8), 1, as_json=True)
    _route(made, "M.json", None)
    return made


def _route(files: Path, out: str, ray: str | None) -> None:
    budget: dict[str, Any] = {"iterations": 3, "seconds": None, "seed": None}
    instances.route(files / "P.npz", files / out, **budget, ray=ray, as_json=True)


def test_the_command_joins_a_cluster_by_its_address_and_writes_the_same_file(team: cluster.Actors, files: Path) -> None:
    import ray

    address = ("--ray", ray.get_runtime_context().gcs_address)
    where = ("--problem", str(files / "P.npz"), "--out", str(files / "R.json"), "--iterations", "3")
    routed = run(files, "match", "route", *where, *address)
    assert routed.returncode == OK, routed.stderr
    assert "Ray: 1 pekerja" in routed.stderr
    assert (files / "R.json").read_bytes() == (files / "M.json").read_bytes()


def test_what_ray_tells_of_a_loss_is_talk_and_the_data_stay_whole(
    team: cluster.Actors, files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay = team.lay

    def lay_and_lose(*problem: Any) -> None:
        lay(*problem)
        _on(team.actors[0], _die_over_the_second_shard)

    monkeypatch.setattr(team, "lay", lay_and_lose)
    monkeypatch.setattr(cluster, "team", lambda _: nullcontext(team))
    _route(files, "K.json", "local:2")
    said = capsys.readouterr()
    assert json.loads(said.out)["orders"] == 80
    assert "(raylet)" in said.err
    assert (files / "K.json").read_bytes() == (files / "M.json").read_bytes()


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(Stop, match=r"pip install 'clothingline\[cluster\]'") as stopped, cluster.team("local:2"):
        raise AssertionError
    assert stopped.value.code == FAILED


@pytest.mark.parametrize(
    "address", ["", "local:", "local:0", "lokal", "auto", "ray://10.0.0.1:10001", "10.0.0.1", ":6379"]
)
def test_what_is_no_address_is_refused_with_the_forms_that_are(address: str) -> None:
    with pytest.raises(Stop, match=r"pakai local, local:2, atau 10\.0\.0\.1:6379") as stopped, cluster.team(address):
        raise AssertionError
    assert stopped.value.code == USAGE


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:99999"])
def test_an_address_where_nobody_answers_is_said_at_once(address: str) -> None:
    with pytest.raises(Stop, match=rf"tidak ada klaster Ray di {address}") as stopped, cluster.team(address):
        raise AssertionError
    assert stopped.value.code == FAILED
