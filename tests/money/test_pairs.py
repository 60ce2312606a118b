"""Two paths to the money of one payment meet between look and act: together they never take more than there is.

Each of the 28 pairs in both orders: the first stands at its syncpoint until the second waits for what the first holds.
What must never be in the database is looked for after every test.
"""

import asyncio
from itertools import permutations

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import failpoints
from tests.earnings.scenes import Drain
from tests.money.paths import PATHS, Stake, met_by_a_lock, settle, stake, sums, taken

PAIRS = list(permutations(PATHS, 2))
# What a person may hear whom the other path has left nothing: nothing is left, or escrow cannot give it.
POLITE = {None, "refund_exceeds", "escrow_short"}


async def forced(one: Stake, first: str, second: str) -> list[str | None]:
    """What each says when the second sets out while the first stands between its look and its act."""
    reached, go = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        reached.set()
        await go.wait()

    point, path = PATHS[first]
    with failpoints.barrier(point, wait):
        ahead = asyncio.ensure_future(taken(path, one))
        await asyncio.wait([ahead, asyncio.ensure_future(reached.wait())], return_when=asyncio.FIRST_COMPLETED)
    assert reached.is_set(), await ahead
    behind = asyncio.ensure_future(taken(PATHS[second][1], one))
    met = False
    while not (met or behind.done()):
        met = await met_by_a_lock()
    go.set()
    said = [await ahead, await behind]
    assert met, "the second did not wait for the first"
    return said


@pytest.mark.parametrize(("first", "second"), PAIRS)
async def test_two_paths_that_meet_never_take_more_than_was_captured(
    provider: FakeProvider, drain: Drain, first: str, second: str
) -> None:
    one = await stake(provider, drain)
    said = await forced(one, first, second)
    assert said[0] is None
    assert said[1] in POLITE
    await settle(one, drain)
    captured, left, lent, back = await sums()
    assert 0 < left <= captured + lent
    assert back <= captured


def test_there_are_twenty_eight_pairs_in_both_orders_and_every_syncpoint_of_money_is_met() -> None:
    assert len(PAIRS) == 2 * 28
    assert {point for point, _ in PATHS.values()} == set(failpoints.SYNCPOINTS)
