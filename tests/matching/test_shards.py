"""Shards: whoever answers for a part of the orders, in whatever order and how often, the matching stays the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from clothingline.matching import Iterations, Matching, Params, Problem, certificate, route, verify
from clothingline.matching.kernels.tables import RESERVE, Proposals
from clothingline.matching.search import seating
from clothingline.matching.search.asking import Aim, Asker
from clothingline.matching.search.shards import Member, Question, Shard, Shared
from clothingline.matching.world import Laid, Whole, lay
from tests.matching.instances import pilot

PARAMS = Params()


class Here:
    """A team in this process that answers the last shard first; its arrays cannot be written, as those that came from
    elsewhere cannot. `forgetful`: the first member is lost at every other shard, and begins anew."""

    def __init__(self, members: int, forgetful: bool = False) -> None:
        self.members, self.forgetful = members, forgetful
        self.asked: list[Shard] = []

    def lay(self, laid: Laid, exact: bool) -> None:
        """Hold on to the problem."""
        self.laid = Laid(_frozen(laid.world), laid.numbers, _frozen(laid.free))
        self.exact = exact
        self.staff = [self._new() for _ in range(self.members)]

    def ask(self, question: Question, shards: Sequence[Shard]) -> Iterator[tuple[Whole, Proposals]]:
        """One member after the other."""
        self.asked += shards
        for number, shard in reversed(list(enumerate(shards))):
            if self.forgetful and number % 2:
                self.staff[0] = self._new()
            yield self.staff[number % self.members].ask(_frozen(question), _frozen(shard))

    def _new(self) -> Member:
        return Member(self.laid, self.exact, threads=1)


def _frozen(table: Any) -> Any:
    if isinstance(table, tuple):
        return type(table)(*map(_frozen, table))
    if isinstance(table, np.ndarray):
        table = table.copy()
        table.setflags(write=False)
    return table


def with_pins(problem: Problem, matching: Matching) -> Problem:
    """The same, with the makers of some orders promised."""
    kept = [plan for plan in matching.plans if plan is not None][::9]
    pins = [[plan.order, share.maker, share.pieces] for plan in kept for share in plan.shares]
    return replace(problem, orders=replace(problem.orders, pins=np.array(pins)))


@pytest.fixture(
    scope="module", params=[(90, 20, 600, False), (90, 20, 250, True), (240, 20, 300, False), (150, 300, 300, False)]
)
def routed(request: pytest.FixtureRequest) -> tuple[Problem, Matching]:
    """A problem (orders, brands, busy, with pins), and the matching that one process makes. Where brands are many, an
    order looks at a part of them, and which ones depends on what its bounds know."""
    orders, brands, busy, pinned = request.param
    problem = pilot(8, orders=orders, brands=brands, makers=orders // 3, busy=busy)
    matching = route(problem, PARAMS, Iterations(6))
    if pinned:
        problem = with_pins(problem, matching)
        matching = route(problem, PARAMS, Iterations(6))
    return problem, matching


@pytest.mark.parametrize(("members", "forgetful"), [(1, False), (2, False), (3, True)])
def test_a_team_makes_the_matching_of_one_process(
    routed: tuple[Problem, Matching], members: int, forgetful: bool
) -> None:
    problem, alone = routed
    team = Here(members, forgetful)
    together = route(problem, PARAMS, Iterations(6), team)
    assert certificate(problem, together).digest == certificate(problem, alone).digest
    assert together.iterations == alone.iterations
    assert len(team.asked) > 20


def test_a_team_makes_the_same_where_orders_look_at_a_few_brands_between_two_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seating, "MANY", 20)
    monkeypatch.setattr(seating, "FAR", 3)
    problem, team = pilot(8, orders=240, brands=300, makers=80, busy=300), Here(2)
    alone, together = (route(problem, PARAMS, Iterations(2), members) for members in (None, team))
    assert certificate(problem, together).digest == certificate(problem, alone).digest
    assert team.asked


def test_what_a_team_makes_is_proved(routed: tuple[Problem, Matching]) -> None:
    problem, _ = routed
    matching = route(problem, PARAMS, Iterations(2), Here(2))
    assert verify(problem, PARAMS, certificate(problem, matching)) == []


def test_shards_are_stretches_of_the_map_and_small_batches_stay_with_the_one_who_asks() -> None:
    many, few = Here(2), Here(2)
    route(pilot(4, orders=120), PARAMS, Iterations(0), many)
    assert [order for shard in many.asked[:8] for order in shard.orders] == list(range(120))
    assert {len(shard.orders) for shard in many.asked[:8]} == {15}
    route(pilot(4, orders=64), PARAMS, Iterations(0), few)
    assert few.asked == []


def test_a_large_batch_is_answered_as_it_was_asked_and_leaves_the_sight_of_one_process() -> None:
    laid = lay(pilot(4, orders=40), PARAMS)
    one, many = Asker(laid, exact=True), Shared(laid, exact=True, team=Here(2))
    orders, limit = np.arange(40), 1_000 * laid.world.order[:, RESERVE]
    alone, together = (
        asker.ask(orders, asker.free // 2, asker.zero, limit, 1, aim=Aim(steer=0, ppm=50, early=2))
        for asker in (one, many)
    )
    np.testing.assert_array_equal(alone.value, together.value)
    assert one.views.keys() == many.views.keys() == {(False, False)}
    for ours, theirs in zip(one.views[False, False].world.kinds, many.views[False, False].world.kinds, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_members_use_the_arrays_that_came_themselves_as_kernels_are_compiled_for_them() -> None:
    team = Here(1)
    route(pilot(4, orders=40), PARAMS, Iterations(0), team)
    came, used = team.laid.world, team.staff[0].asker.world
    for before, after in ((came.order, used.order), (came.kinds.node, used.kinds.node), (came.bars.lot, used.bars.lot)):
        assert (before.flags.writeable, after.flags.writeable) == (False, True)
        assert before.__array_interface__["data"][0] == after.__array_interface__["data"][0]
