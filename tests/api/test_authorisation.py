"""Every operation × every identity × own, other, missing, removed and deleted rows: no deviation."""

import pytest

from clothingline.app import operations
from clothingline.kit.policy import TABLE
from tests.api.matrix import Ground, deviations, ground
from tests.api.requests_to_each import BY_ID, OPERATIONS, Operation
from tests.api.two_worlds import worlds
from tests.pilot_fixture import pilot_template

# fixtures are asked for by their names
__all__ = ["ground", "pilot_template", "worlds"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
async def test_no_answer_deviates_from_the_policy_table(ground: Ground, operation: Operation) -> None:
    asked, found = await deviations(ground, operation)
    print(f"{operation.id}: {asked} cells")
    assert asked >= len(ground.worlds.identities)
    assert found == []


def test_the_matrix_asks_every_operation() -> None:
    assert BY_ID.keys() == TABLE.keys() == {route.unique_id for route in operations()}
