"""A worker that is told to stop is not begun again, whatever it does with the telling."""

import asyncio

import pytest

from clothingline import worker
from clothingline.cli import running
from clothingline.kit import sweeping


@pytest.mark.parametrize("last_words", [None, ConnectionError("the database is away")], ids=["returns", "fails"])
async def test_a_worker_that_swallows_its_cancellation_is_not_begun_again(
    monkeypatch: pytest.MonkeyPatch, last_words: Exception | None
) -> None:
    begun = asyncio.Event()
    times = 0

    async def work(*, signals: bool) -> None:
        nonlocal times
        times += 1
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if last_words is not None:
                raise last_words from None

    monkeypatch.setattr(worker, "work", work)
    monkeypatch.setattr(running, "RESTART_SECONDS", 0)
    keeping = asyncio.create_task(running._keep_working())
    await begun.wait()
    keeping.cancel()
    await asyncio.wait([keeping], timeout=10)
    assert (keeping.done(), times) == (True, 1)


async def test_a_sweep_whose_cancellation_comes_out_as_an_error_is_not_repeated() -> None:
    begun = asyncio.Event()
    acted: list[str] = []

    async def act(thing: str) -> int:
        acted.append(thing)
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectionError("the connection is closed") from None
        return 0

    sweep = asyncio.create_task(worker._for_ever(lambda: sweeping.every(["first", "second"], act), 0))
    await begun.wait()
    sweep.cancel()
    await asyncio.wait([sweep], timeout=10)
    assert (sweep.done(), acted) == (True, ["first"])
