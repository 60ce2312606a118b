"""A correction of the books: one administrator proposes it on a page, another books it."""

from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.ledger.chart import BANK, PROVIDER
from clothingline.ledger.models import Correction
from tests.cast import Cast
from tests.conftest import database_name
from tests.ledger.booking import ESCROW, balance_of, booked, comes_in
from tests.parties import member
from tests.web.admin.test_ledger import dian, retno, statement_of
from tests.web.desk import Desk, desk_of, words_of

__all__ = ["database_name", "dian", "retno"]

LIST = "/admin/uang/koreksi"
PAGE = f"{LIST}/baru"
GOOD = {
    "debit": "bank:idr",
    "credit": "capital:programme",
    "amount": "Rp 5.000.000",
    "reason": "Modal program, bukti transfer 14",
}


@pytest.fixture
async def two(app: FastAPI, cast: Cast, database: db.Database) -> tuple[Desk, Desk]:
    """Two officers at their browsers."""
    async with db.transaction() as session:
        first = await member(cast, session, "081200000091", Role.ADMIN, name="Wahyu")
        second = await member(cast, session, "081200000092", Role.ADMIN, name="Sekar")
    return desk_of(app, first), desk_of(app, second)


async def proposed() -> list[dict[str, Any]]:
    """The lines of what was proposed, one after the other."""
    async with db.transaction() as session:
        return [line for one in await session.scalars(select(Correction)) for line in one.lines]


async def test_one_proposes_and_another_books_it(two: tuple[Desk, Desk]) -> None:
    wahyu, sekar = two
    for path in (LIST, "/admin/uang/akun"):
        assert f'href="{PAGE}"' in await wahyu.page(path)
    assert "setelah pengurus lain menyetujui" in words_of(await wahyu.page(PAGE))
    answer = await wahyu.send(PAGE, on=PAGE, **GOOD)
    assert answer.headers["location"] == LIST
    page = await wahyu.follow(answer)
    assert "Pengurus lain harus menyetujui" in words_of(page)
    assert "/setuju" not in page
    assert await proposed() == [
        {"account": "bank:idr", "amount": 5_000_000},
        {"account": "capital:programme", "amount": -5_000_000},
    ]
    [agree] = [one for one in (await sekar.page(LIST)).split('"') if one.endswith("/setuju")]
    await sekar.send(agree, on=LIST)
    async with db.transaction() as session:
        assert await balance_of(session, BANK) == 5_000_000
    said = words_of(await wahyu.page(await statement_of(BANK)))
    assert "Koreksi buku" in said
    assert "Saldo akhir Rp 5.000.000 debit" in said


async def test_a_statement_leads_there_with_its_account_unless_it_follows_the_trade(two: tuple[Desk, Desk]) -> None:
    await booked(comes_in(1_000))
    wahyu, _ = two
    assert PAGE not in await wahyu.page(await statement_of(ESCROW))
    own = f"{PAGE}?debit={quote(PROVIDER.code)}"
    assert f'href="{own}"' in await wahyu.page(await statement_of(PROVIDER))
    assert f'value="{PROVIDER.code}" list=' in (await wahyu.page(own)).replace(' autocomplete="off"', "")


@pytest.mark.parametrize(
    ("typed", "wrong", "says"),
    [
        ({"debit": "kas:idr"}, "debit", "belum ada di buku besar"),
        ({"credit": ESCROW.code}, "credit", "perbaiki di sana"),
        ({"credit": "bank:idr"}, "credit", "Pilih akun lain"),
        ({"debit": ""}, "debit", "wajib diisi"),
        ({"amount": "0"}, "amount", "sedikitnya 1"),
        ({"amount": "lima"}, "amount", "bilangan bulat"),
        ({"reason": "ya"}, "reason", "terlalu pendek"),
    ],
)
async def test_what_cannot_be_booked_comes_back_with_what_was_typed(
    two: tuple[Desk, Desk], typed: dict[str, str], wrong: str, says: str
) -> None:
    await booked(comes_in(1_000))
    sent = GOOD | typed
    answer = await two[0].send(PAGE, on=PAGE, **sent)
    assert answer.status_code == 422
    assert f'href="#f-{wrong}"' in answer.text
    assert says.casefold() in words_of(answer.text).casefold()
    for value in filter(None, sent.values()):
        assert f'value="{value}"' in answer.text
    assert await proposed() == []


async def test_the_same_form_sent_twice_is_one_proposal(two: tuple[Desk, Desk]) -> None:
    answers = [await two[0].client.post(PAGE, data={"kunci": "a" * 32, **GOOD}) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert len(await proposed()) == 2


async def test_an_auditor_and_a_field_officer_propose_nothing(retno: Desk, dian: Desk) -> None:
    assert PAGE not in await retno.page(LIST)
    assert PAGE not in await retno.page("/admin/uang/akun")
    for desk in (retno, dian):
        await desk.page(PAGE, 403)
        assert (await desk.client.post(PAGE, data={"kunci": "b" * 32, **GOOD})).status_code == 403
    assert await proposed() == []
