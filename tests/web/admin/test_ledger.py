"""The ledger on pages: accounts and their statements, transactions with their legs, and a file for the bookkeeper."""

import csv
import io
import re
from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.ledger import chart, tables
from clothingline.ledger.chart import PROVIDER, Account
from clothingline.ledger.models import LedgerAccount, LedgerTransaction
from tests.cast import Cast
from tests.conftest import database_name
from tests.ledger.booking import ESCROW, TRANSPORT, booked, comes_in, goes_out, posting
from tests.parties import make_tailor, member
from tests.web.desk import Desk, desk_of, words_of

__all__ = ["database_name"]

Advance = Callable[..., Awaitable[None]]
ACCOUNTS, TRANSACTIONS = "/admin/uang/akun", "/admin/uang/transaksi"
FILE = f"{TRANSACTIONS}/unduh"


@pytest.fixture
async def retno(app: FastAPI, cast: Cast, database: db.Database) -> Desk:
    """An auditor at a browser."""
    async with db.transaction() as session:
        return desk_of(app, await member(cast, session, "081200000093", Role.AUDITOR, name="Retno"))


@pytest.fixture
async def dian(app: FastAPI, cast: Cast, database: db.Database) -> Desk:
    """A field officer."""
    async with db.transaction() as session:
        return desk_of(app, await member(cast, session, "081200000094", Role.FIELD_OFFICER, name="Dian"))


async def statement_of(account: Account) -> str:
    async with db.transaction() as session:
        row = await session.scalar(select(LedgerAccount).where(LedgerAccount.code == account.code))
        assert row
        return f"{ACCOUNTS}/{ids.show('lac', row.id)}"


async def newest() -> str:
    """The page of the newest transaction."""
    async with db.transaction() as session:
        row = await session.scalar(select(LedgerTransaction).order_by(LedgerTransaction.id.desc()).limit(1))
        assert row
        return f"{TRANSACTIONS}/{ids.show('txn', row.id)}"


def rows_of(page: str) -> list[str]:
    """What the rows of the tables say."""
    return [words_of(row) for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)]


async def test_the_trial_balance_leads_to_the_accounts_of_a_kind_and_to_a_statement(retno: Desk) -> None:
    await booked(comes_in(1_000), goes_out(300))
    kind = f"{ACCOUNTS}?jenis=escrow"
    assert f'href="{kind}"' in await retno.page("/admin/uang/neraca")
    page = await retno.page(kind)
    assert await statement_of(ESCROW) in page
    assert await statement_of(TRANSPORT) not in page
    [row] = rows_of(page)
    assert "Rp 700 kredit" in row


async def test_an_account_is_found_by_its_order_and_by_the_name_of_whose_it_is(retno: Desk) -> None:
    async with db.transaction() as session:
        lilis = await make_tailor(session, name="Penjahit Lilis")
    await booked(comes_in(1_000), posting((ESCROW, 400), (chart.connected(lilis.id), -400)))
    [of_order] = rows_of(await retno.page(f"{ACCOUNTS}?q=2606-0001&jenis=escrow"))
    assert "CL-2606-0001" in of_order
    [hers] = rows_of(await retno.page(f"{ACCOUNTS}?q=lilis"))
    assert "Penjahit Lilis" in hers
    assert "Rp 400 kredit" in hers
    assert "Tidak ada akun yang cocok" in words_of(await retno.page(f"{ACCOUNTS}?q=siapa"))


async def test_a_statement_says_what_happened_against_whom_and_what_is_left(retno: Desk) -> None:
    await booked(comes_in(1_000))
    await booked(goes_out(300))
    page = await retno.page(await statement_of(ESCROW))
    said = words_of(page)
    assert "Saldo awal Rp 0" in said
    assert "Saldo akhir Rp 700 kredit" in said
    later, first = rows_of(page)
    assert "Utang ongkos kirim" in later
    assert later.endswith("Rp 300 – Rp 700 kredit")
    assert "Saldo kita di penyedia bayar" in first
    assert first.endswith("– Rp 1.000 Rp 1.000 kredit")
    assert await statement_of(PROVIDER) in page
    assert await newest() in page


async def test_a_statement_of_a_month_begins_with_what_was_there(retno: Desk, advance: Advance) -> None:
    await booked(comes_in(1_000))
    async with db.transaction() as session:
        first = local_date(await business_now(session))
    await advance(days=31)
    await booked(goes_out(300))
    path = await statement_of(ESCROW)
    async with db.transaction() as session:
        second = local_date(await business_now(session))
    page = await retno.page(f"{path}?bulan={second:%Y-%m}")
    said = words_of(page)
    assert "Saldo awal Rp 1.000 kredit" in said
    assert "Saldo akhir Rp 700 kredit" in said
    assert len(rows_of(page)) == 1
    before = f"{path}?bulan={first:%Y-%m}"
    older = page
    while f'href="{before}"' not in older:  # after the last of January comes March
        older = await retno.page(re.findall(r'rel="prev" href="([^"]+)"', older)[0])
    assert "Saldo akhir Rp 1.000 kredit" in words_of(await retno.page(before))
    assert "Tidak ada catatan pada waktu ini" in words_of(await retno.page(f"{path}?bulan=2021-02"))


async def test_a_long_statement_goes_on_by_a_link_and_the_balance_with_it(retno: Desk) -> None:
    await booked(*(comes_in(1) for _ in range(23)))
    page = await retno.page(await statement_of(ESCROW))
    assert len(rows_of(page)) == 20
    further = re.findall(r'rel="next" href="([^"]+)"', page)
    assert rows_of(await retno.page(further[-1]))[0].endswith("Rp 3 kredit")


async def test_a_transaction_shows_its_legs_and_that_they_are_equal(retno: Desk) -> None:
    await booked(comes_in(1_000))
    path = await newest()
    assert f'href="{path}"' in await retno.page(TRANSACTIONS)
    page = await retno.page(path)
    assert rows_of(page) == [
        "Saldo kita di penyedia bayar Rp 1.000 –",
        "Uang pembeli yang dititipkan CL-2606-0001 – Rp 1.000",
        "Total Rp 1.000 Rp 1.000",
    ]
    assert await statement_of(ESCROW) in page


async def test_the_file_holds_every_entry_of_the_days(retno: Desk) -> None:
    await booked(comes_in(1_000))
    assert f'action="{FILE}"' in await retno.page(TRANSACTIONS)
    answer = await retno.client.get(FILE)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert re.fullmatch(
        r'attachment; filename="buku-besar-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d.csv"', answer.headers["content-disposition"]
    )
    assert [row["account"] for row in csv.DictReader(io.StringIO(answer.text))] == [PROVIDER.code, ESCROW.code]


@pytest.mark.parametrize(
    ("since", "until", "wrong"),
    [
        ("2026-06-02", "2026-06-01", "until"),
        ("2024-01-01", "2026-06-01", "until"),
        ("besok", "", "since"),
        ("", "9999-12-31", "until"),
    ],
)
async def test_days_that_cannot_be_lead_back_to_the_form(retno: Desk, since: str, until: str, wrong: str) -> None:
    await booked(comes_in(1_000))
    answer = await retno.client.get(FILE, params={"since": since, "until": until})
    assert answer.status_code == 422
    assert f'href="#f-{wrong}"' in answer.text
    for typed in filter(None, (since, until)):
        assert f'value="{typed}"' in answer.text


async def test_a_file_that_would_be_too_long_is_asked_for_in_parts(
    retno: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await booked(comes_in(1_000))
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    answer = await retno.client.get(FILE)
    assert answer.status_code == 422
    assert "pilih rentang lebih pendek" in words_of(answer.text)


async def test_an_auditor_reads_all_of_it_and_is_offered_nothing_to_change(retno: Desk) -> None:
    await booked(comes_in(1_000))
    for path in (ACCOUNTS, TRANSACTIONS, await statement_of(ESCROW), await newest()):
        assert 'method="post"' not in (await retno.page(path)).partition("<main")[2].partition("</main>")[0]


async def test_a_field_officer_reads_none_of_it(dian: Desk) -> None:
    await booked(comes_in(1_000))
    for path in (ACCOUNTS, TRANSACTIONS, FILE, await statement_of(ESCROW), await newest()):
        await dian.page(path, 403)


@pytest.mark.parametrize("path", [f"{ACCOUNTS}/lac_", f"{TRANSACTIONS}/txn_"])
async def test_what_is_not_there_is_not_found(retno: Desk, path: str) -> None:
    await retno.page(path + ids.show("lac", ids.new_id()).partition("_")[2], 404)
