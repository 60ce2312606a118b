"""From money that has moved to a paper in the hand of who paid it."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, failpoints, ids, storage
from clothingline.kit.clock import business_now
from clothingline.orders.events import OrderCancelled
from clothingline.papers import rendering, service, tasks
from clothingline.papers.models import Document
from clothingline.payments import tasks as paying
from clothingline.payments.service import Limits, approve_refund
from tests.cast import Actor, Cast
from tests.papers.printed import standard_of, text_of
from tests.payments.counting import last_refund
from tests.payments.stage import Scene, bring, checked_out, payments

Drain = Callable[[], Awaitable[None]]
PRICE = 1_131_400
MONTH = {"month": "2026-05-01", "gross_idr": PRICE, "withheld_idr": 0, "recovered_idr": 0}
LETTER = {"name": "Rina Kartika", "work": "tailor", "total_idr": PRICE, "months": [MONTH]}
ANOTHER = """
import hashlib, json, sys
from datetime import datetime
from clothingline.papers.rendering import render
told = json.loads(sys.argv[1])
told["issued_at"] = datetime.fromisoformat(told["issued_at"])
sys.stdout.write(hashlib.sha256(render(told.pop("kind"), **told)).hexdigest())
"""


@pytest.fixture
async def rina(cast: Cast) -> Actor:
    return await cast.sign_in("081234567801", "Rina Kartika")


@pytest.fixture
async def scene(rina: Actor, provider: FakeProvider, drain: Drain, folder: Path) -> Scene:
    """An order whose price has arrived."""
    scene = await checked_out(price=PRICE, consumer=rina.account)
    await paying.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))
    [payment] = await payments(scene)
    await provider.pay(str(payment.charge))
    await drain()
    return scene


async def documents() -> list[Document]:
    async with db.transaction() as session:
        return list(await session.scalars(select(Document).order_by(Document.id)))


async def bytes_of(document: Document) -> bytes:
    return b"".join([piece async for piece in storage.current().read(str(document.path))])


async def test_who_has_paid_gets_one_receipt_that_says_the_ledgers_sum(scene: Scene, rina: Actor) -> None:
    [shown] = (await rina.get("/v1/documents")).json()["data"]
    assert (shown["kind"], shown["state"], shown["total"]) == (
        "receipt",
        "made",
        {"amount": PRICE, "currency": "IDR"},
    )
    assert shown["order"] == ids.show("ord", scene.order)
    answer = await rina.get(f"/v1/documents/{shown['id']}/file")
    assert answer.headers["content-type"] == "application/pdf"
    assert hashlib.sha256(answer.content).hexdigest() == shown["sha256"]
    assert standard_of(answer.content) == ("2", "B")
    said = text_of(answer.content)
    for word in ("Kuitansi", shown["number"], "Rina Kartika", "Rp 1.131.400", scene.code, "Pembayaran penuh"):
        assert word in said, word
    assert "satu juta seratus tiga puluh satu ribu empat ratus rupiah" in said


async def test_the_same_document_is_the_same_bytes(scene: Scene) -> None:
    [document] = await documents()
    given: dict[str, Any] = {
        "number": document.number,
        "issued_at": document.created_at,
        "facts": document.facts,
    }
    again = await asyncio.gather(*(asyncio.to_thread(rendering.render, document.kind, **given) for _ in range(3)))
    assert {hashlib.sha256(one).digest() for one in again} == {document.sha256}
    assert set(again) == {await bytes_of(document)}


async def test_another_process_prints_the_same_bytes(scene: Scene) -> None:
    [document] = await documents()
    told = {"number": document.number, "issued_at": document.created_at.isoformat(), "facts": document.facts}
    run = [sys.executable, "-c", ANOTHER, json.dumps({"kind": document.kind, **told})]
    for seed in ("1", "2"):
        said = await asyncio.to_thread(subprocess.check_output, run, env=os.environ | {"PYTHONHASHSEED": seed})
        assert bytes.fromhex(said.decode()) == document.sha256


@pytest.mark.parametrize("point", ["papers.make:printed", "papers.make:stored"])
async def test_a_printer_that_fails_between_prints_the_same_paper_again(
    scene: Scene, drain: Drain, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    async with db.transaction() as session:
        belonging, now = service.Belonging(account_id=scene.consumer), await business_now(session)
        wished = await service.wish(
            session, kind="income_letter", subject="surat", facts=LETTER, belonging=belonging, now=now
        )
    monkeypatch.setattr(failpoints, "_armed", {point: "raise"})
    with pytest.raises(failpoints.Planted):
        await tasks.make(document_id=str(wished.id))
    monkeypatch.setattr(failpoints, "_armed", {})
    assert (await documents())[1].state == "wished"
    await drain()
    made = (await documents())[1]
    assert (made.state, hashlib.sha256(await bytes_of(made)).digest()) == ("made", made.sha256)


async def test_other_facts_are_other_bytes(scene: Scene) -> None:
    [document] = await documents()
    facts = {**document.facts, "total_idr": PRICE + 1}
    other = rendering.render(document.kind, number=document.number, issued_at=document.created_at, facts=facts)
    assert hashlib.sha256(other).digest() != document.sha256


async def test_the_code_on_a_paper_leads_to_a_page_without_a_person(scene: Scene, client: httpx.AsyncClient) -> None:
    [document] = await documents()
    assert document.facts["verify_url"].endswith(f"/dokumen/{document.token}")
    page = await client.get(f"/dokumen/{document.token}", headers={"accept": "text/html"})
    assert page.status_code == 200
    for word in (document.number, "Kuitansi", "1.131.400", bytes(document.sha256 or b"").hex()[:16]):
        assert word in page.text, word
    assert not any(word in page.text for word in ("Rina", "Kartika", scene.code))
    missing = await client.get(f"/dokumen/{document.token[:-1]}", headers={"accept": "text/html"})
    assert missing.status_code == 404


async def test_no_other_reads_the_receipt(scene: Scene, cast: Cast, client: httpx.AsyncClient) -> None:
    [document] = await documents()
    other = await cast.sign_in("081234567899", "Bayu")
    path = f"/v1/documents/{ids.show('doc', document.id)}"
    assert [(await other.get(one)).status_code for one in (path, f"{path}/file")] == [404, 404]
    assert (await other.get("/v1/documents")).json()["data"] == []
    assert (await client.get(path)).status_code == 401


async def test_a_job_that_runs_twice_makes_one_paper(scene: Scene, drain: Drain) -> None:
    [payment] = await payments(scene)
    [document] = await documents()
    await asyncio.gather(
        *(tasks.wish_receipt(payment_id=str(payment.id), order_id=str(scene.order)) for _ in range(4)),
        *(tasks.make(document_id=str(document.id)) for _ in range(2)),
    )
    await drain()
    [same] = await documents()
    assert (same.id, same.path, same.sha256) == (document.id, document.path, document.sha256)


async def test_money_that_went_back_gets_a_credit_note(
    scene: Scene, rina: Actor, drain: Drain, provider: FakeProvider
) -> None:
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    note, receipt = (await rina.get("/v1/documents")).json()["data"]
    assert (receipt["kind"], note["kind"], note["total"]["amount"]) == ("receipt", "credit_note", PRICE)
    said = text_of((await rina.get(f"/v1/documents/{note['id']}/file")).content)
    assert all(word in said for word in ("Nota kredit", "Pesanan dibatalkan", "Rp 1.131.400"))


async def test_money_that_came_back_and_was_sent_again_gets_a_note_that_replaces_the_first(
    scene: Scene, rina: Actor, drain: Drain, provider: FakeProvider
) -> None:
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    refund = await last_refund()
    await provider.happen(provider.books.end_refund, str(refund.provider_id), arrived=False)
    await drain()
    async with db.transaction() as session:
        limits = Limits(officer_from_idr=PRICE + 1, two_people_from_idr=PRICE + 1)
        await approve_refund(session, refund_id=refund.id, limits=limits, by=scene.consumer)
    await drain()
    await tasks.wish_credit_note(refund_id=str(refund.id), order_id=str(scene.order))
    _, first, again = await documents()
    assert [(one.kind, one.total_idr, one.facts["step"]) for one in (first, again)] == [
        ("credit_note", PRICE, 0),
        ("credit_note", PRICE, 1),
    ]
    assert (again.facts["replaces"], first.number in text_of(await bytes_of(again))) == ([first.number], True)
    assert "Menggantikan" not in text_of(await bytes_of(first))


async def test_what_a_paper_says_is_never_changed(scene: Scene) -> None:
    [document] = await documents()

    async def write(change: str) -> None:
        async with db.transaction() as session:
            await session.execute(text(f"UPDATE document SET {change} WHERE id = :id"), {"id": document.id})

    for change in ("facts = facts || '{\"total_idr\": 1}'", "number = 'KW/2026/999999'", "sha256 = sha256('')"):
        with pytest.raises(IntegrityError, match="says what it says"):
            await write(change)
