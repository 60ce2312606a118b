"""Whatever happens to an order's money, in whatever order: nothing is lost, made or owed twice."""

import functools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from clothingline.kit.db.embedded import Server
from tests.clones import Clones
from tests.money.machine import Money
from tests.money.scenery import opened

EVERY_DAY, PROOF = (10, 30), (2_000, 50)


def play(server: Server, clones: Clones, template: str, folder: Path, runs: int, steps: int, number: int) -> None:
    """Let so many random stories of so many steps happen, each on a database of its own."""
    print("seed", number)
    machine = type("Money", (Money,), {"open_world": functools.partial(opened, server, clones, template, folder)})
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(machine), settings=chosen)


@pytest.mark.parametrize("number", range(10))
def test_a_hundred_stories_of_an_orders_money_end_well(
    server: Server, clones: Clones, template: str, tmp_path: Path, number: int
) -> None:
    play(server, clones, template, tmp_path, *EVERY_DAY, number)


@pytest.mark.prove
def test_two_thousand_stories_of_an_orders_money_end_well(
    server: Server, clones: Clones, template: str, tmp_path: Path
) -> None:
    play(server, clones, template, tmp_path, *PROOF, 10)
