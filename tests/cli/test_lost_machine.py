"""A cluster of three nodes loses one of them, with the member on it, in the middle of a search."""

import os
import secrets
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest

from clothingline.cli import cluster
from clothingline.matching import Iterations, Params, certificate, route
from tests.matching.instances import pilot

PARAMS = Params()


@pytest.fixture
def nodes() -> Iterator[Any]:
    """A node without processors, from which the command runs, and two with one each."""
    # The sockets in the folder may not have names as long as the folders of pytest.
    with TemporaryDirectory(prefix="ray-") as home, patch.dict(os.environ, cluster.LOCAL):
        os.environ |= {"RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_TMPDIR": home}
        from ray.cluster_utils import Cluster

        nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        for _ in range(2):
            nodes.add_node(num_cpus=1)
        nodes.wait_for_nodes()
        yield nodes
        nodes.shutdown()


@pytest.mark.prove
def test_a_machine_that_is_lost_in_the_middle_changes_nothing(nodes: Any) -> None:
    problem = pilot(3, orders=80, makers=30, busy=300)

    class Losing(Iterations):
        def __call__(self, best_cost: int) -> bool:
            if self.done == 2:
                nodes.remove_node(nodes.list_all_nodes()[-1], allow_graceful=False)
            return super().__call__(best_cost)

    with cluster.team(nodes.address) as team:
        together = route(problem, PARAMS, Losing(6), team)
        assert team.members == 2
    assert len(nodes.list_all_nodes()) == 2
    alone = route(problem, PARAMS, Iterations(6))
    assert certificate(problem, together).digest == certificate(problem, alone).digest
