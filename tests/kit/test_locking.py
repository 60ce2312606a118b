"""Rows are locked in one order; who does otherwise is told, and in the tests stopped."""

import ast
from collections.abc import Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from clothingline.kit import db
from clothingline.kit.db import LockOrder, locked, locking
from clothingline.kit.ids import new_id
from tests.conftest import ROOT


@pytest.fixture
def lenient() -> Iterator[None]:
    """As in production."""
    locking.be_strict(False)
    yield
    locking.be_strict()


async def test_order_then_offer_then_payment_then_earning_is_the_way(session: AsyncSession) -> None:
    for kind in locking.RANKS:
        locked(session, kind, [new_id(), new_id()])
        locked(session, kind, [new_id()])


async def test_a_row_behind_one_that_comes_later_is_refused(session: AsyncSession) -> None:
    locked(session, "order", [new_id()])
    locked(session, "payment", [new_id()])
    locked(session, "earning", [new_id()])
    with pytest.raises(LockOrder, match="run after earning, payment"):
        locked(session, "run", [new_id()])


async def test_what_is_held_already_may_be_locked_again_at_any_time(session: AsyncSession) -> None:
    order, other = new_id(), new_id()
    locked(session, "order", [order])
    locked(session, "payment", [new_id()])
    locked(session, "order", [order])
    locked(session, "order", [])
    with pytest.raises(LockOrder, match="order after payment"):
        locked(session, "order", [order, other])


async def test_another_transaction_holds_nothing_of_it(database: db.Database) -> None:
    async with database.transaction() as first:
        locked(first, "payment", [new_id()])
    async with database.transaction() as second:
        locked(second, "order", [new_id()])


@pytest.mark.usefixtures("lenient")
async def test_in_production_it_is_said_and_the_work_goes_on(session: AsyncSession) -> None:
    locked(session, "payout", [new_id()])
    with capture_logs() as said:
        locked(session, "job", [new_id()])
        locked(session, "payout", [new_id()])
    assert [(line["event"], line["what"], line["log_level"]) for line in said] == [
        ("lock order", "job after payout", "error")
    ]


def silent(source: str) -> list[str]:
    """Functions that lock rows and do not say so; who skips what others hold never waits."""
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    called = {one.name: {name_of(call) for call in ast.walk(one) if isinstance(call, ast.Call)} for one in functions}
    return [name for name, calls in called.items() if "with_for_update" in calls and "locked" not in calls]


def name_of(call: ast.Call) -> str:
    """What is called, without where it comes from; how it waits is part of the name."""
    name = ast.unparse(call.func).rpartition(".")[2]
    return f"{name} skip_locked" if any(one.arg == "skip_locked" for one in call.keywords) else name


@pytest.mark.parametrize(
    "house", ["orders", "routing", "production", "fulfilment", "payments", "payouts", "earnings", "ledger"]
)
def test_every_query_of_these_houses_that_locks_rows_says_so(house: str) -> None:
    files = (ROOT / "src" / "clothingline" / house).rglob("*.py")
    assert {str(path): found for path in files if (found := silent(path.read_text()))} == {}


def test_a_query_that_locks_in_silence_is_found_out() -> None:
    assert silent("async def get(s):\n    return await s.scalar(select(Job).with_for_update())") == ["get"]
    assert silent("async def get(s):\n    return await s.scalar(one.with_for_update(skip_locked=True))") == []
    assert silent("async def get(s):\n    locked(s, 'job', [await s.scalar(one.with_for_update())])") == []
