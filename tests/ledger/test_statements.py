"""What the ledger says of a day, of an account, and to the bookkeeper."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.page import Window, decode
from clothingline.ledger import statements, tables
from clothingline.ledger.chart import BANK, CAPITAL, PROVIDER, Account
from clothingline.ledger.models import LedgerAccount
from clothingline.ledger.service import book_all
from tests.cast import Actor, Cast
from tests.ledger.booking import ESCROW, TRANSPORT, booked, comes_in, goes_out, posting
from tests.parties import member

Advance = Callable[..., Awaitable[None]]


@pytest.fixture
async def auditor(database: db.Database, cast: Cast) -> Actor:
    async with db.transaction() as session:
        return await member(cast, session, "081234567804", Role.AUDITOR)


async def _today() -> date:
    async with db.transaction() as session:
        return local_date(await business_now(session))


async def _said(until: date) -> dict[str, int]:
    async with db.transaction() as session:
        rows = await statements.trial_balance(session, until=statements.end_of(until))
    return {row.code: row.amount for row in rows}


async def test_the_trial_balance_of_yesterday_stays_what_it_was(
    database: db.Database, advance: Advance, auditor: Actor
) -> None:
    await booked(comes_in(1_000), goes_out(300))
    yesterday = await _today()
    await advance(days=1)
    said = await _said(yesterday)
    shown = (await auditor.get(f"/v1/trial-balance?day={yesterday}")).json()
    await booked(comes_in(50), goes_out(600))
    assert said == {PROVIDER.code: 1_000, ESCROW.code: -700, TRANSPORT.code: -300} == await _said(yesterday)
    assert (await auditor.get(f"/v1/trial-balance?day={yesterday}")).json() == shown
    assert await _said(await _today()) == {PROVIDER.code: 1_050, ESCROW.code: -150, TRANSPORT.code: -900}
    assert await _said(yesterday - timedelta(days=1)) == {}


async def test_who_began_yesterday_and_ends_today_is_of_today(database: db.Database, advance: Advance) -> None:
    await booked(comes_in(1_000))
    yesterday = await _today()
    async with db.transaction() as session:
        await book_all(session, [goes_out(300)])
        await advance(days=1)
        said = await _said(yesterday)
    assert said == await _said(yesterday) == {PROVIDER.code: 1_000, ESCROW.code: -1_000}
    assert await _said(await _today()) == {PROVIDER.code: 1_000, ESCROW.code: -700, TRANSPORT.code: -300}


async def test_who_reads_waits_for_who_has_a_place_but_has_not_ended(database: db.Database) -> None:
    waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"

    async def read() -> datetime:
        async with db.transaction() as session:
            return await statements.await_writers(session)

    with psycopg.connect(db.libpq(database.url), autocommit=True) as writer:
        writer.execute("SELECT pg_advisory_lock(hashtextextended('clothingline.ledger', 0))")
        reader = asyncio.create_task(read())
        for _ in range(1_000):
            if writer.execute(waits).fetchone() != (0,):
                break
            await asyncio.sleep(0.01)
        assert not reader.done()
        given_at = writer.execute("SELECT business_now()").fetchone()
        writer.execute("SELECT pg_advisory_unlock_all()")
        assert (await reader,) >= (given_at or ())


async def test_who_has_waited_holds_nobody_up(database: db.Database) -> None:
    async with db.transaction() as session:
        await statements.await_writers(session)
        assert await booked(comes_in(5)) == 1


async def test_the_trial_balance_is_shown_by_kind_and_sums_to_zero(auditor: Actor) -> None:
    await booked(comes_in(1_000), comes_in(500, Account("escrow:CL-2606-0002")), goes_out(300))
    shown = (await auditor.get("/v1/trial-balance")).json()
    kinds = {one["kind"]: (one["accounts"], one["debit"]["amount"], one["credit"]["amount"]) for one in shown["kinds"]}
    assert kinds == {"provider": (1, 1_500, 0), "escrow": (2, 0, -1_200), "transport": (1, 0, -300)}
    assert (shown["day"], shown["final"]) == (str(await _today()), False)
    assert shown["difference"] == [{"amount": 0, "currency": "IDR"}]


async def _account(session: AsyncSession, account: Account) -> UUID:
    return (await session.scalars(select(LedgerAccount.id).where(LedgerAccount.code == account.code))).one()


async def test_a_statement_goes_from_balance_to_balance_page_by_page(auditor: Actor, advance: Advance) -> None:
    await booked(comes_in(1_000))
    first = await _today()
    await advance(days=1)
    for amount in range(1, 8):
        await booked(goes_out(amount), comes_in(10 * amount))
    second = await _today()
    await advance(days=1)
    await booked(goes_out(500))
    async with db.transaction() as session:
        path = f"/v1/ledger-accounts/{ids.show('lac', await _account(session, ESCROW))}/statement"
    asked, lines, cursor = f"{path}?from={second}&until={second}&limit=3", list[Any](), ""
    while True:
        page = (await auditor.get(asked + cursor)).json()
        lines += [(one["amount"]["amount"], one["balance"]["amount"]) for one in page["data"]]
        assert (page["opening"]["amount"], page["closing"]["amount"]) == (-1_000, -1_252)
        if not page["has_more"]:
            break
        cursor = f"&starting_after={page['next_cursor']}"
    assert len(lines) == 14
    assert lines[0][1] == -1_252
    assert lines[-1][1] - lines[-1][0] == -1_000
    assert all(later[1] - later[0] == earlier[1] for later, earlier in pairwise(lines))
    whole = (await auditor.get(path)).json()
    assert (whole["account"], whole["opening"]["amount"], whole["closing"]["amount"]) == (ESCROW.code, 0, -752)
    before = (await auditor.get(f"{path}?until={first}")).json()
    assert [one["balance"]["amount"] for one in before["data"]] == [-1_000]


async def test_a_statement_of_a_span_without_entries_has_its_balances(auditor: Actor, advance: Advance) -> None:
    await booked(comes_in(1_000))
    await advance(days=2)
    today = await _today()
    async with db.transaction() as session:
        shown = await statements.statement(
            session,
            account_id=await _account(session, ESCROW),
            since=statements.begin_of(today),
            until=statements.end_of(today),
            asked=Window(),
        )
    assert (shown.opening, shown.closing, shown.page.rows, shown.page.next_cursor) == (-1_000, -1_000, [], None)


async def test_a_page_after_a_row_that_is_not_there_is_empty(database: db.Database) -> None:
    await booked(comes_in(1_000))
    async with db.transaction() as session:
        account_id, tomorrow = await _account(session, ESCROW), statements.end_of(await _today())
        asked = Window(after=uuid4())
        shown = await statements.statement(session, account_id=account_id, since=None, until=tomorrow, asked=asked)
    assert (shown.closing, shown.page.rows) == (-1_000, [])


async def test_an_account_is_found_by_its_code(auditor: Actor) -> None:
    await booked(comes_in(1_000))
    shown = (await auditor.get(f"/v1/ledger-accounts?code={ESCROW.code}")).json()["data"]
    assert [(one["code"], one["balance"]["amount"]) for one in shown] == [(ESCROW.code, -1_000)]
    assert decode("AZdAAAAAcACAAAAAAAAAAA").version == 7


async def test_the_ledger_is_a_table_whose_numbers_are_numbers(auditor: Actor) -> None:
    await booked(comes_in(1_000))
    await booked(goes_out(300))
    today = await _today()
    answer = await auditor.get(f"/v1/ledger-entries?from={today}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="buku-besar-{today}-{today}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["place"], row["account"], row["debit"], row["credit"]) for row in rows] == [
        ("1", "provider:idr", "1000", ""),
        ("1", ESCROW.code, "", "1000"),
        ("2", ESCROW.code, "300", ""),
        ("2", TRANSPORT.code, "", "300"),
    ]
    assert {row["booked_at"][-6:] for row in rows} == {"+07:00"}


async def test_a_text_of_the_ledger_that_a_spreadsheet_would_run_stays_a_text(auditor: Actor) -> None:
    await booked(posting((BANK, 5), (CAPITAL, -5), kind="=HYPERLINK(1)"))
    [first, _] = csv.DictReader(io.StringIO((await auditor.get("/v1/ledger-entries")).text))
    assert first["kind"] == "'=HYPERLINK(1)"


async def test_a_table_that_is_too_long_is_asked_for_in_parts(auditor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    await booked(comes_in(1_000), goes_out(300))
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert [one["pointer"] for one in (await auditor.get("/v1/ledger-entries")).json()["errors"]] == ["/until"]
    monkeypatch.setattr(tables, "MOST_ROWS", 4)
    assert (await auditor.get("/v1/ledger-entries")).status_code == 200


@pytest.mark.parametrize("span", ["from=2026-06-02&until=2026-06-01", "from=2024-01-01&until=2026-06-01"])
async def test_a_span_that_ends_before_it_begins_or_is_too_long_is_refused(auditor: Actor, span: str) -> None:
    answer = await auditor.get(f"/v1/ledger-entries?{span}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/until")
