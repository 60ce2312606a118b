"""Payout statements say what left; invoices say what a price consists of."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.ledger.models import LedgerEntry, LedgerTransaction
from clothingline.papers import rendering
from clothingline.papers.kinds import invoice, payout_statement
from clothingline.papers.models import Document
from clothingline.payouts.models import Payout
from clothingline.reference.taxes import ppn
from tests.cast import Actor, Cast
from tests.papers.printed import pages_of, standard_of, text_of
from tests.parties import member
from tests.payouts.stage import Advance, Drain, Stage, ask, collect, ready, states_of

PRICE = {
    "order": "CL-2611-0042",
    "consumer": "Rina Kartika",
    "brand": "Busana Melati",
    "design": "Kemeja",
    "pieces": 12,
    "total_idr": 1_131_400,
    "paid_idr": 1_131_400,
    "lines": {"cloth": 290_363, "labour": 550_000, "brand": 264_037, "transport": 27_000},
    "ppn_base_idr": 0,
}


@pytest.fixture
async def stage(provider: FakeProvider, drain: Drain, advance: Advance, folder: Path) -> Stage:
    """Two earnings of a tailor that the bank has confirmed in one payout."""
    stage = await ready(provider, drain, advance, 400_000, 150_000)
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    await drain()
    assert await states_of() == ["settled"]
    return stage


@pytest.fixture
async def siti(cast: Cast, stage: Stage) -> Actor:
    async with db.transaction() as session:
        return await member(cast, session, "081200000001", Role.TAILOR, stage.tailor)


async def booked(kind: str) -> int:
    """What left the bank's clearing account for the only payout."""
    async with db.transaction() as session:
        [payout] = await session.scalars(select(Payout))
        query = (
            select(LedgerEntry.amount)
            .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
            .where(LedgerTransaction.source_id == payout.id, LedgerTransaction.kind == kind, LedgerEntry.amount > 0)
        )
        return sum(await session.scalars(query))


async def test_a_statement_is_pdf_a_says_the_ledgers_sum_and_verifies_by_its_code(
    siti: Actor, client: httpx.AsyncClient
) -> None:
    [shown] = (await siti.get("/v1/documents?kind=payout_statement")).json()["data"]
    content = (await siti.get(f"/v1/documents/{shown['id']}/file")).content
    assert standard_of(content) == ("2", "B")
    assert shown["total"]["amount"] == await booked("settle") == 550_000
    said = text_of(content)
    for word in ("Kiriman uang", "Rp 550.000", "Rp 400.000", "Rp 150.000", shown["number"]):
        assert word in said, word
    async with db.transaction() as session:
        [document] = await session.scalars(select(Document).where(Document.kind == "payout_statement"))
    assert document.sha256 is not None
    page = await client.get(f"/dokumen/{document.token}", headers={"accept": "text/html"})
    assert all(word in page.text for word in (shown["number"], "550.000", document.sha256.hex()[:16]))
    assert shown["verify_url"].partition("://")[2] in said.replace(" ", "")


async def test_a_paper_stands_upright_on_a4_and_reads_in_indonesian(siti: Actor) -> None:
    [shown] = (await siti.get("/v1/documents?kind=payout_statement")).json()["data"]
    reader = PdfReader(io.BytesIO((await siti.get(f"/v1/documents/{shown['id']}/file")).content))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert str(reader.root_object["/Lang"]) == "id"
    assert reader.metadata is not None
    assert reader.metadata.title == f"Kiriman uang {shown['number']}"


async def test_a_payout_of_three_hundred_earnings_is_many_pages_with_a_head_on_each(stage: Stage) -> None:
    async with db.transaction() as session:
        [document] = await session.scalars(select(Document).where(Document.kind == "payout_statement"))
    facts = {**document.facts, "items": document.facts["items"] * 150}
    content = rendering.render(document.kind, number=document.number, issued_at=document.created_at, facts=facts)
    pages = pages_of(content)
    assert pages > 5
    assert text_of(content).count("Sent") >= pages
    assert f"Halaman {pages} dari {pages}" in text_of(content)


def test_tax_and_deductions_have_columns_where_there_were_any() -> None:
    item = {"order": "CL-2611-0042", "source": "job", "gross_idr": 400_000, "net_idr": 400_000}
    plain: dict[str, Any] = {**item, "withheld_idr": 0, "recovered_idr": 0}
    facts = {"name": "Siti", "total_idr": 400_000, "bank_last4": None, "paid_on": "2026-11-30", "items": [plain]}
    facts["taxpayer_last4"] = "0001"
    assert [fact.label.id for fact in payout_statement.sheet(facts).facts] == ["Sampai di bank pada"]
    [table] = payout_statement.sheet(facts).tables
    assert [column.label.id for column in table.columns] == ["Pesanan", "Dikirim"]
    facts["items"] = [{**plain, "withheld_idr": 2_000, "net_idr": 398_000}]
    [table] = payout_statement.sheet(facts).tables
    assert [column.label.id for column in table.columns] == ["Pesanan", "Penghasilan", "Pajak (PPh 22)", "Dikirim"]
    named = {fact.label.id: fact.value for fact in payout_statement.sheet(facts).facts}
    assert (named["Pajak yang dipotong (PPh 22)"], named["NPWP atau NIK"]) == ("Rp\u00a02.000", "•••• 0001")
    assert table.rows == (("CL-2611-0042 · Upah jahit", "Rp\u00a0400.000", "Rp\u00a02.000", "Rp\u00a0398.000"),)


def test_an_invoice_shows_the_parts_of_the_price_and_their_sum() -> None:
    sheet = invoice.sheet(PRICE)
    [table] = sheet.tables
    assert [row[0] for row in table.rows] == ["Kain", "Upah jahit", "Merek dan layanan", "Ongkos kirim"]
    assert table.total is not None
    assert table.total.value == "Rp\u00a01.131.400"
    assert invoice.NO_PPN in sheet.notes


def test_an_invoice_with_ppn_states_its_base_and_no_excuse() -> None:
    base = invoice.taxed_by(5_500_000, date(2026, 11, 30))
    assert base == ppn(50_000_000, date(2026, 11, 30)).base_idr == 45_833_333
    taxed = {**PRICE, "lines": {"brand": 50_000_000, "ppn": 5_500_000}, "ppn_base_idr": base}
    sheet = invoice.sheet({**taxed, "total_idr": 55_500_000})
    assert ("PPN", "Rp\u00a05.500.000") in sheet.tables[0].rows
    assert "Rp\u00a045.833.333" in [fact.value for fact in sheet.facts]
    assert sheet.notes == ()
