"""Whatever happens to an order's money, in whatever order: nothing is lost, made or owed twice."""

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.money.machine import Money
from tests.money.scenery import Ground

EVERY_DAY, PROOF = (10, 30), (100, 50)
"""Stories and their steps for one seed."""


def play(ground: Ground, runs: int, steps: int, number: int) -> None:
    """Let so many random stories of so many steps happen, each on a database that knows nothing of the others."""
    print("seed", number)
    machine = type("Money", (Money,), {"open_world": ground.opened})
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(machine), settings=chosen)


@pytest.mark.parametrize("number", range(10))
def test_a_hundred_stories_of_an_orders_money_end_well(ground: Ground, number: int) -> None:
    play(ground, *EVERY_DAY, number)


@pytest.mark.prove
@pytest.mark.parametrize("number", range(10, 30))
def test_two_thousand_stories_of_an_orders_money_end_well(ground: Ground, number: int) -> None:
    play(ground, *PROOF, number)
