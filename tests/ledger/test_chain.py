"""Every transaction has its place in a chain: what is changed, left out or put in between afterwards breaks it."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.exc import IntegrityError

from clothingline.kit import db
from clothingline.ledger.chart import Account
from tests.ledger.booking import ESCROW, Owner, as_owner, book, booked, comes_in, faults, goes_out, reverse
from tests.parties import make_tailor

FLIPS = 1_000
FITTING_HASH = (
    "UPDATE ledger_link SET at = at + interval '1 hour', hash = ledger_hash((SELECT hash FROM ledger_link WHERE "
    "position = 1), 2, at + interval '1 hour', transaction_id) WHERE position = 2"
)
# A link's own id names no fact; everything else that the tables say is covered.
SAID = {
    "ledger_transaction": ("id", "source_type", "source_id", "kind", "step", "at", "reverses_id", "by"),
    "ledger_entry": ("id", "transaction_id", "account_id", "amount", "currency"),
    "ledger_account": ("id", "code", "kind", "side", "currency", "order_id", "organisation_id"),
    "ledger_link": ("position", "at", "transaction_id", "hash"),
}


async def _some_transactions() -> None:
    async with db.transaction() as session:
        theirs = Account("rounding:theirs", organisation_id=(await make_tailor(session)).id)
    refunded = uuid4()
    await booked(comes_in(1_000), comes_in(2_000))
    await booked(goes_out(700))
    await booked(goes_out(400, to=theirs))
    async with db.transaction() as session:
        lines = [(ESCROW, 90), (theirs, -90)]
        await book(session, "reserve", lines, source_id=refunded)
    async with db.transaction() as session:
        await reverse(session, refunded, "reserve")


@pytest.fixture
async def tamperer(database: db.Database) -> AsyncIterator[Owner]:
    """Somebody whom no trigger, no key and no check stops, after six transactions; undone at the end."""
    await _some_transactions()
    with as_owner(database) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        for name in ("kind", "side"):
            connection.execute(
                sql.SQL("ALTER TABLE ledger_account DROP CONSTRAINT {}").format(
                    sql.Identifier(f"ck_ledger_account_{name}")
                )
            )
        yield connection


async def test_a_flipped_field_of_any_transaction_breaks_the_chain(tamperer: Owner) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"SEED={seed}")
    chance = random.Random(seed)
    assert faults(tamperer) == []
    unseen = [done for _ in range(FLIPS) if not _is_seen(tamperer, done := _flip(tamperer, chance))]
    assert not unseen, unseen
    assert faults(tamperer) == []


def _flip(connection: Owner, chance: random.Random) -> tuple[str, str, UUID, Any]:
    table = chance.choice(list(SAID))
    column = chance.choice(SAID[table])
    used = "WHERE id IN (SELECT account_id FROM ledger_entry)" if table == "ledger_account" else ""
    rows = connection.execute(f'SELECT id, "{column}" FROM {table} {used} ORDER BY id'.encode()).fetchall()
    row_id, value = chance.choice(rows)
    return table, column, row_id, _other(value, chance)


def _other(value: Any, chance: random.Random) -> Any:
    """Another value of the same type; something where there was nothing."""
    match value:
        case None | UUID():
            return UUID(int=chance.getrandbits(128))
        case bytes():
            place = chance.randrange(len(value))
            return value[:place] + bytes([value[place] ^ 1 << chance.randrange(8)]) + value[place + 1 :]
        case datetime():
            return value + timedelta(microseconds=chance.choice((-1, 1)))
        case int():
            return value + chance.choice((1, -1)) * 100 ** chance.randrange(1, 4)
        case _:
            return chance.choice([one for one in (value + " ", value.upper() + "x", "any", "IDX") if one != value])


def _is_seen(connection: Owner, done: tuple[str, str, UUID, Any]) -> bool:
    table, column, row_id, value = done
    words = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(sql.Identifier(table), sql.Identifier(column))
    with connection.transaction(force_rollback=True):
        assert connection.execute(words, [value, row_id]).rowcount == 1
        return bool(faults(connection))


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM ledger_link WHERE position = 3",
        "DELETE FROM ledger_entry WHERE id = (SELECT min(id::text)::uuid FROM ledger_entry)",
        "UPDATE ledger_link SET position = CASE position WHEN 2 THEN 1003 ELSE 1002 END WHERE position IN (2, 3)",
        FITTING_HASH,
        "UPDATE ledger_transaction SET id = gen_random_uuid()",
    ],
    ids=("left out", "an entry less", "another order", "a later time with a hash that fits", "no transaction"),
)
async def test_what_is_left_out_or_moved_breaks_the_chain(tamperer: Owner, tampering: str) -> None:
    tamperer.execute(tampering.encode())
    assert faults(tamperer)


async def test_a_part_of_the_chain_is_judged_from_the_place_before_it(tamperer: Owner) -> None:
    tamperer.execute(
        "UPDATE ledger_transaction SET kind = 'x' WHERE id = (SELECT transaction_id FROM ledger_link "
        "WHERE position = 2)"
    )
    seen = [
        tamperer.execute("SELECT * FROM ledger_faults(%s, %s)", span).fetchall() for span in ((0, 2), (2, 6), (1, 1))
    ]
    assert seen == [[(2, "hash")], [], []]


async def test_links_have_no_gap_under_many_writers_at_once(database: db.Database) -> None:
    async def write(number: int) -> None:
        for _ in range(25):
            await booked(comes_in(number + 1), goes_out(1))

    await asyncio.gather(*map(write, range(8)))
    with as_owner(database) as owner:
        places = [place for (place,) in owner.execute("SELECT position FROM ledger_link ORDER BY at, position")]
        assert (places, faults(owner)) == (list(range(1, 401)), [])


async def test_without_the_lock_two_writers_take_one_place(database: db.Database) -> None:
    """The mutation of the guard: two that look at the newest place at once cannot both have the next."""
    await booked(comes_in(5))
    with psycopg.connect(db.libpq(database.url), autocommit=True) as owner:
        query = "SELECT pg_get_functiondef('link_ledger_transaction'::regproc)"
        [words] = owner.execute(query).fetchone() or [""]
        lock = "PERFORM pg_advisory_xact_lock(hashtextextended('clothingline.ledger', 0));"
        assert lock in words
        owner.execute(words.replace(lock, "").replace("place :=", "PERFORM pg_sleep(0.3); place :=").encode())
    apart = [comes_in(1, Account(f"escrow:CL-2606-{number:04d}")) for number in (2, 3)]
    outcomes = await asyncio.gather(*map(booked, apart), return_exceptions=True)
    assert [type(one) for one in outcomes if one != 1] == [IntegrityError]


async def test_a_transaction_that_came_to_nothing_leaves_no_place(database: db.Database) -> None:
    async def begin_and_fail() -> None:
        async with db.transaction() as session:
            await book(session, "x", [(ESCROW, -5), (ESCROW, 5)], source_type="p")
            raise LookupError

    await booked(comes_in(5))
    with pytest.raises(LookupError):
        await begin_and_fail()
    await booked(comes_in(6))
    with as_owner(database) as owner:
        assert owner.execute("SELECT array_agg(position ORDER BY position) FROM ledger_link").fetchone() == ([1, 2],)
