"""The income letter: what the ledger released to a party, month by month, and nothing of anybody else."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.ids import show
from clothingline.papers.kinds import income_letter
from clothingline.papers.models import Document
from clothingline.papers.words import month
from tests.cast import Actor, Cast
from tests.earnings.scenes import shared
from tests.papers.printed import standard_of, text_of
from tests.parties import member
from tests.payments.stage import Scene

Drain = Callable[[], Awaitable[None]]
PAY = 400_000


@pytest.fixture
async def scene(provider: FakeProvider, drain: Drain, folder: Path) -> Scene:
    """An order that was paid, sewn and accepted: everybody's share is released."""
    return await shared(provider, drain, pays=(PAY, 150_000))


@pytest.fixture
async def siti(cast: Cast, scene: Scene) -> Actor:
    async with db.transaction() as session:
        return await member(cast, session, "081200000001", Role.TAILOR, scene.tailors[0])


async def this_month() -> date:
    async with db.transaction() as session:
        return local_date(await business_now(session)).replace(day=1)


def named(one: date) -> str:
    return f"{one:%Y-%m}"


async def wished(who: Actor, first: date, last: date) -> dict[str, Any]:
    answer = await who.post("/v1/documents", {"first_month": named(first), "last_month": named(last)})
    return {"status": answer.status_code, **answer.json()}


async def test_a_letter_says_what_was_released_month_by_month(siti: Actor, drain: Drain) -> None:
    last = await this_month()
    first = (last - timedelta(days=1)).replace(day=1)
    letter = await wished(siti, first, last)
    assert (letter["status"], letter["state"], letter["total"]["amount"]) == (201, "wished", PAY)
    assert (await siti.get(f"/v1/documents/{letter['id']}/file")).json()["code"] == "document_not_made"
    await drain()
    content = (await siti.get(f"/v1/documents/{letter['id']}/file")).content
    said = text_of(content)
    assert standard_of(content) == ("2", "B")
    assert "Surat penghasilan" in said
    assert f"{month(first)} Rp 0 Rp 0 Rp 0" in said
    assert f"{month(last)} Rp 400.000 Rp 0 Rp 400.000" in said
    assert "Rata-rata sebulan" in said
    assert "Rp 200.000" in said


async def test_the_same_figures_are_the_same_letter(siti: Actor, drain: Drain) -> None:
    now = await this_month()
    first, again = await wished(siti, now, now), await wished(siti, now, now)
    assert (first["id"], first["number"]) == (again["id"], again["number"])
    await drain()
    assert len((await siti.get("/v1/documents?kind=income_letter")).json()["data"]) == 1


async def test_months_without_income_months_to_come_and_too_many_are_refused(siti: Actor) -> None:
    now = await this_month()
    year_ago, next_year = now.replace(year=now.year - 1), now.replace(year=now.year + 1)
    assert (await wished(siti, year_ago, year_ago))["code"] == "nothing_earned"
    for first, last in ((next_year, next_year), (now, year_ago), (year_ago, now)):
        assert (await wished(siti, first, last))["code"] == "validation_failed"


async def test_who_bought_and_the_brand_get_the_invoice_of_an_accepted_order(scene: Scene, cast: Cast) -> None:
    async with db.transaction() as session:
        owner = await member(cast, session, "081200000003", Role.BRAND_OWNER, scene.brand, name="Melati")
        [document] = await session.scalars(select(Document).where(Document.kind == "invoice"))
    [shown] = (await owner.get("/v1/documents")).json()["data"]
    assert (shown["kind"], shown["state"], shown["total"]["amount"]) == ("invoice", "made", 1_131_400)
    assert (document.account_id, document.order_id) == (scene.consumer, scene.order)
    said = text_of((await owner.get(f"/v1/documents/{shown['id']}/file")).content)
    assert all(word in said for word in ("Faktur", scene.code, "Rp 1.131.400"))


async def test_nobody_gets_the_letter_of_another(siti: Actor, scene: Scene, cast: Cast, drain: Drain) -> None:
    now = await this_month()
    letter = await wished(siti, now, now)
    await drain()
    async with db.transaction() as session:
        other = await member(cast, session, "081200000002", Role.TAILOR, scene.tailors[1], name="Budi")
    assert (await other.get(f"/v1/documents/{letter['id']}")).status_code == 404
    of_siti = {"first_month": named(now), "last_month": named(now), "organisation": show("org", scene.tailors[0])}
    assert (await other.post("/v1/documents", of_siti)).json()["code"] == "payee_not_found"
    assert (await wished(other, now, now))["total"]["amount"] == 150_000


def test_other_deductions_have_a_column_only_where_there_were_any() -> None:
    one = {"month": "2026-05-01", "gross_idr": 1_000_000, "withheld_idr": 5_000, "recovered_idr": 0}
    facts = {"name": "Siti", "work": "tailor", "total_idr": 2_000_000, "months": [one, one | {"month": "2026-06-01"}]}
    [table] = income_letter.sheet(facts).tables
    assert [column.label.id for column in table.columns] == ["Bulan", "Penghasilan", "Pajak (PPh 22)", "Diterima"]
    facts["months"] = [one, one | {"month": "2026-06-01", "recovered_idr": 100_000}]
    [table] = income_letter.sheet(facts).tables
    assert [column.label.id for column in table.columns][3:] == ["Potongan lain", "Diterima"]
    assert table.total is not None
    assert table.total.value == "Rp\u00a01.890.000"
