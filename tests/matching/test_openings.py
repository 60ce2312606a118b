"""What a further certificate would have opened is what the same problem gives when the maker has it."""

import numpy as np
import pytest

from clothingline.matching import Iterations, Matching, Opened, Params, Problem, explain, openings, route
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


def certified(problem: Problem, maker: int, skills: tuple[int, ...]) -> Problem:
    """The same problem in which a maker has these certificates."""
    held, until = problem.makers.skills.copy(), problem.makers.skill_until.copy()
    held[maker] |= np.uint64(sum(1 << skill for skill in skills))
    until[maker, list(skills)] = 10**6
    return problem.with_columns({"makers": {"skills": held, "skill_until": until}})


def all_opened(problem: Problem, matching: Matching, maker: int) -> dict[int, Opened]:
    """By order what would have been opened."""
    return {one.order: one for opening in openings(problem, PARAMS, matching, maker) for one in opening.orders}


@pytest.mark.parametrize("seed", seeds(20, 150))
def test_an_order_is_opened_when_the_certified_maker_makes_its_plan_better(seed: int) -> None:
    problem = small(seed)
    matching = route(problem, PARAMS, Iterations(5))
    for maker in range(len(problem.makers)):
        found = all_opened(problem, matching, maker)
        for order, plan in enumerate(matching.plans):
            why = explain(problem, PARAMS, matching, order).makers[maker]
            skills = why.lacks or (found[order].skills if order in found else ())
            extra = explain(certified(problem, maker, skills), PARAMS, matching, order).makers[maker].extra_idr
            better = bool(skills) and extra is not None and extra < (0 if plan else 1)
            assert (order in found) == better, f"seed {seed} order {order} maker {maker}"
            if order in found:
                assert found[order].saves_idr == -(extra or 0), f"seed {seed} order {order} maker {maker}"
                assert why.opens_idr == found[order].pay_idr > 0
            else:
                assert why.opens_idr == 0


def test_openings_are_told_by_skills_and_their_pay_is_that_of_their_orders() -> None:
    problem = pilot(2, orders=24, busy=300)
    matching, seen = route(problem, PARAMS, Iterations(4)), 0
    for maker in range(8):
        told = openings(problem, PARAMS, matching, maker)
        assert len({opening.skills for opening in told}) == len(told)
        assert [opening.pay_idr for opening in told] == sorted((one.pay_idr for one in told), reverse=True)
        for opening in told:
            assert opening.pay_idr == sum(one.pay_idr for one in opening.orders)
            assert all(one.skills == opening.skills and one.pieces > 0 for one in opening.orders)
            seen += len(opening.orders)
    assert seen > 3


def test_who_lacks_nothing_or_a_machine_too_has_nothing_opened() -> None:
    problem = pilot(2, orders=24, busy=300)
    matching = route(problem, PARAMS, Iterations(4))
    skilled = certified(problem, 0, tuple(range(10)))
    without = problem.with_columns({"makers": {"machines": np.zeros(30, dtype=np.uint64)}})
    assert openings(skilled, PARAMS, matching, 0) == openings(without, PARAMS, matching, 0) == ()
