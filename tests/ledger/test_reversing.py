"""What was booked is undone by its exact contrary, once."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from clothingline.kit import db
from clothingline.ledger.chart import clearing
from clothingline.ledger.errors import NothingToReverse, Overdrawn
from clothingline.ledger.models import LedgerTransaction
from clothingline.ledger.service import held
from tests.ledger.booking import ESCROW, balance_of, book, booked, comes_in, goes_out, reverse


async def _reserved(amount: int = 300, step: int = 0, refund: UUID | None = None) -> UUID:
    refund = refund or uuid4()
    async with db.transaction() as session:
        lines = [(ESCROW, amount), (clearing("refund", refund), -amount)]
        await book(session, "reserve", lines, source_id=refund, step=step)
    return refund


async def _undone(refund: UUID, step: int = 0, kind: str = "reserve") -> bool:
    async with db.transaction() as session:
        return await reverse(session, refund, kind, step)


async def test_a_reversal_undoes_exactly_once(database: db.Database) -> None:
    await booked(comes_in(500))
    refund = await _reserved()
    assert sorted(await asyncio.gather(*(_undone(refund) for _ in range(5)))) == [False] * 4 + [True]
    async with db.transaction() as session:
        assert await held(session, ESCROW) == 500
        assert await balance_of(session, clearing("refund", refund)) == 0
        [first, undoing] = await session.scalars(
            select(LedgerTransaction).where(LedgerTransaction.source_id == refund).order_by(LedgerTransaction.id)
        )
    assert (undoing.kind, undoing.step, undoing.reverses_id) == ("reversal", 0, first.id)


async def test_the_next_try_has_a_step_of_its_own(database: db.Database) -> None:
    await booked(comes_in(500))
    refund = await _reserved()
    assert await _undone(refund)
    await _reserved(step=1, refund=refund)
    assert (await _undone(refund), await _undone(refund, step=1)) == (False, True)
    async with db.transaction() as session:
        assert await held(session, ESCROW) == 500


async def test_what_was_never_booked_is_not_undone(database: db.Database) -> None:
    await booked(comes_in(500))
    refund = await _reserved()
    for step, kind in ((1, "reserve"), (0, "settle")):
        with pytest.raises(NothingToReverse):
            await _undone(refund, step, kind)


async def test_what_has_gone_on_is_not_taken_back(database: db.Database) -> None:
    capture = comes_in(500)
    await booked(capture)
    await booked(goes_out(400))
    with pytest.raises(Overdrawn):
        async with db.transaction() as session:
            await reverse(session, capture.source_id, "capture")
