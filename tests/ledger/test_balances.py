"""What is not there cannot be taken, whoever asks at the same time."""

import asyncio
import random
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.ledger.chart import (
    BANK,
    CAPITAL,
    CORRECTED_BY_HAND,
    FIXED,
    GUARANTEE,
    PROVIDER,
    RECOURSE,
    SIDES,
    Account,
    available,
    debt,
    in_batch,
)
from clothingline.ledger.errors import Overdrawn, WrongAccount
from clothingline.ledger.service import Posting, book_all, held
from tests.ledger.booking import ESCROW, TRANSPORT, as_owner, balance_of, booked, comes_in, goes_out, posting
from tests.parties import make_tailor


async def test_an_account_that_may_not_be_overdrawn_refuses_the_entry_that_overdraws_it(database: db.Database) -> None:
    await booked(comes_in(500))
    with pytest.raises(Overdrawn):
        await booked(goes_out(501))
    async with db.transaction() as session:
        assert (await held(session, ESCROW), await held(session, TRANSPORT)) == (500, 0)
        assert await balance_of(session, ESCROW) == -500
    assert await booked(goes_out(500)) == 1


async def test_an_account_of_debits_is_never_in_credit(database: db.Database) -> None:
    async with db.transaction() as session:
        owed = debt((await make_tailor(session)).id)
    await booked(posting((owed, 300), (RECOURSE, -300)))
    with pytest.raises(Overdrawn):
        await booked(posting((RECOURSE, 301), (owed, -301)))
    async with db.transaction() as session:
        assert (await held(session, owed), await held(session, RECOURSE)) == (300, -300)
    assert await booked(posting((RECOURSE, 300), (owed, -300))) == 1


async def test_what_is_taken_and_given_back_in_one_transaction_is_no_overdraft(database: db.Database) -> None:
    assert await booked(comes_in(500), goes_out(500)) == 2
    async with db.transaction() as session:
        assert (await held(session, ESCROW), await held(session, TRANSPORT)) == (0, 500)


async def test_two_bookings_at_once_of_the_last_rupiah_of_escrow_book_one(database: db.Database) -> None:
    await booked(comes_in(1))
    outcomes = await asyncio.gather(*(booked(goes_out(1)) for _ in range(6)), return_exceptions=True)
    assert sorted(map(repr, outcomes)) == ["1", *["Overdrawn('overdrawn')"] * 5]
    async with db.transaction() as session:
        assert (await balance_of(session, ESCROW), await balance_of(session, TRANSPORT)) == (0, -1)


async def test_who_has_looked_is_waited_for(database: db.Database) -> None:
    """`held` locks: what was seen is still there when it is taken."""
    await booked(comes_in(1))

    async def take() -> int:
        async with db.transaction() as session:
            seen = await held(session, ESCROW)
            await asyncio.sleep(0.05)
            return await book_all(session, [goes_out(1)]) if seen else 0

    assert sorted(await asyncio.gather(*(take() for _ in range(6)))) == [0, 0, 0, 0, 0, 1]


async def test_bookings_that_cross_never_wait_in_a_circle(database: db.Database) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"SEED={seed}")
    chance, escrows = random.Random(seed), [Account(f"escrow:CL-2606-{number:04d}") for number in range(6)]
    await booked(*(comes_in(10_000, one) for one in escrows))

    async def shift(one: Account, other: Account) -> None:
        await booked(goes_out(1, one, other), goes_out(1, other, one), goes_out(1, one, other))

    async def shift_often(number: int) -> None:
        for _ in range(20):
            await shift(*chance.sample(escrows, 2))

    await asyncio.gather(*map(shift_often, range(6)))
    async with db.transaction() as session:
        assert sum([await held(session, one) for one in escrows]) == 60_000


async def test_what_was_booked_is_left_as_it_is_and_the_next_step_is_new(database: db.Database) -> None:
    source = uuid4()
    first = posting((PROVIDER, 5), (ESCROW, -5), source=source)
    assert await booked(first, posting((PROVIDER, 7), (ESCROW, -7))) == 2
    assert await booked(first, posting((PROVIDER, 9), (ESCROW, -9), source=source, step=1)) == 1
    assert await booked(first, first) == 0
    async with db.transaction() as session:
        assert await held(session, ESCROW) == 21


async def test_nothing_to_say_is_nothing_booked(session: AsyncSession) -> None:
    assert await book_all(session, []) == 0


async def test_a_code_that_stands_for_something_else_is_refused(database: db.Database) -> None:
    await booked(posting((BANK, 5), (CAPITAL, -5)))
    async with db.transaction() as session:
        tailor = (await make_tailor(session)).id
    with pytest.raises(WrongAccount, match="bank:idr"):
        await booked(Posting("test", uuid4(), "capture", ((BANK, 5), (CAPITAL, -5)), currency="USD"))
    with pytest.raises(WrongAccount, match="bank:idr"):
        await booked(posting((Account("bank:idr", organisation_id=tailor), 5), (CAPITAL, -5)))
    with pytest.raises(KeyError, match="invented"):
        await booked(posting((Account("invented:idr"), 5), (CAPITAL, -5)))


async def test_the_database_knows_the_kinds_and_sides_of_the_chart(database: db.Database) -> None:
    words = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s"
    with as_owner(database) as owner:
        rules = [owner.execute(words, [f"ck_ledger_account_{name}"]).fetchone() for name in ("kind", "side")]
        every = " AND ".join(str(rule[0]) for rule in rules if rule)
        rows = [f"('{kind}', '{side}')" for kind in (*SIDES, "invented") for side in ("debit", "credit", "any")]
        query = f"SELECT kind, side FROM (VALUES {', '.join(rows)}) AS one (kind, side) WHERE {every}"
        assert dict(owner.execute(query.encode()).fetchall()) == SIDES


async def test_the_fund_and_the_parties_have_accounts_that_nobody_overdraws(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    named = (available(tailor.id), in_batch(tailor.id), GUARANTEE)
    assert {one.side for one in named} == {"credit"}
    assert {one.organisation_id for one in named} == {tailor.id, None}
    await session.execute(text("SELECT 1"))


def test_people_correct_no_account_that_rows_of_the_trade_state() -> None:
    assert {SIDES[kind] for kind in CORRECTED_BY_HAND} == {"any", "credit"}
    assert {one.kind for one in FIXED.values()} <= CORRECTED_BY_HAND
    stated = {"escrow", "expected", "earned", "available", "in_batch", "committed", "debt", "recourse", "disputed"}
    assert SIDES.keys() - CORRECTED_BY_HAND == {*stated, "payable"}
