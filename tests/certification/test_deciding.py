"""Claiming a certificate, and what a person decides about it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from clothingline.certification.models import Certificate
from clothingline.certification.service import verify_certificate
from clothingline.kit import db, ids
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.events import Event
from tests.cast import Cast
from tests.parties import make_certificate, make_tailor, member

EVIDENCE = {"evidence": "Terdaftar di situs BNSP; nama cocok"}
REASON = {"reason": "Nama pada sertifikat berbeda"}
NUMBER = "14111 7531 0005487 2025"


class Office:
    """Siti with her workshop, Budi with his, and an administrator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def open(self) -> "Office":
        async with db.transaction() as session:
            tailor, other = await make_tailor(session), await make_tailor(session, name="Penjahit Budi")
            self.siti = await member(self.cast, session, "081200000001", Role.TAILOR, tailor.id)
            self.budi = await member(self.cast, session, "081200000002", Role.TAILOR, other.id, name="Budi")
            self.admin = await member(self.cast, session, "081200000004", Role.ADMIN, name="Dewi")
            self.today: date = local_date(await business_now(session))
        self.tailor: UUID = tailor.id
        return self

    def claim(self, **given: Any) -> dict[str, Any]:
        values = {
            "scheme": "blk-sby-lockstitch",
            "number": NUMBER,
            "holder": "Siti Rahayu",
            "lsp": "LSP BLK Surabaya",
            "skills": ["obras", "jahit_mesin"],
            "issued_on": (self.today - timedelta(days=300)).isoformat(),
            "valid_until": (self.today + timedelta(days=700)).isoformat(),
        }
        return values | given

    async def made(self, **given: Any) -> Certificate:
        async with db.transaction() as session:
            return await make_certificate(session, self.tailor, **given)


@pytest.fixture
async def office(cast: Cast) -> Office:
    return await Office(cast).open()


def path(row: Certificate | dict[str, Any], act: str = "") -> str:
    name = row["id"] if isinstance(row, dict) else ids.show("crt", row.id)
    return f"/v1/certificates/{name}{act}"


async def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", answer.json().get("state"))


async def test_a_claim_waits_until_a_person_has_seen_the_register(office: Office) -> None:
    claimed = (await office.siti.post("/v1/certificates", office.claim())).json()
    assert (claimed["state"], claimed["verified_at"], claimed["warnings"]) == ("uploaded", None, [])
    assert claimed["skills"] == ["jahit_mesin", "obras"]
    verified = await office.admin.post(path(claimed, "/verification"), EVIDENCE)
    assert await said(verified) == (201, "active")
    assert verified.json()["evidence"] == EVIDENCE["evidence"]
    seen = (await office.siti.get(path(claimed))).json()
    assert (seen["state"], seen["evidence"]) == ("active", None)
    assert seen["verified_at"] is not None
    async with db.transaction() as session:
        names = (await session.scalars(select(Event.name).where(Event.audience.contains([office.tailor])))).all()
        assert (await session.scalar(select(Certificate.state_by))) == ids.read("acc", office.admin.account)
    assert names == ["CertificateClaimed", "CertificateVerified"]


async def test_a_number_with_another_prefix_is_taken_with_a_warning(office: Office) -> None:
    claimed = await office.siti.post("/v1/certificates", office.claim(number="62010 2514 4 0003322 2020"))
    assert (claimed.status_code, claimed.json()["warnings"]) == (201, ["unexpected_prefix"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "14111-7531-0005487-2025"),
        ("number", "1411 7531 0005487 2025"),
        ("scheme", "skema-saya"),
        ("skills", ["terbang"]),
        ("skills", []),
        ("issued_on", "9999-01-01"),
        ("valid_until", "2001-01-01"),
        ("holder", ""),
        ("evidence", "sendiri"),
    ],
)
async def test_a_claim_that_cannot_be_is_refused_by_field(office: Office, field: str, value: Any) -> None:
    answer = await office.siti.post("/v1/certificates", office.claim(**{field: value}))
    assert await said(answer) == (422, "validation_failed")
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{field}")


async def test_a_certificate_that_has_ended_is_not_claimed_and_one_that_ends_today_is(office: Office) -> None:
    yesterday, today = office.today - timedelta(days=1), office.today
    ended = await office.siti.post("/v1/certificates", office.claim(valid_until=yesterday.isoformat()))
    assert ended.json()["errors"][0]["pointer"] == "/valid_until"
    ending = await office.siti.post("/v1/certificates", office.claim(valid_until=today.isoformat()))
    assert ending.status_code == 201


async def test_a_number_is_claimed_once_until_that_claim_is_refused(office: Office) -> None:
    first = (await office.budi.post("/v1/certificates", office.claim())).json()
    assert await said(await office.siti.post("/v1/certificates", office.claim())) == (409, "number_taken")
    assert await said(await office.admin.post(path(first, "/refusal"), REASON)) == (201, "refused")
    assert (await office.siti.post("/v1/certificates", office.claim())).status_code == 201


async def test_nobody_claims_for_the_workshop_of_another(office: Office) -> None:
    for tailor in (office.tailor, uuid4()):
        body = office.claim(tailor=ids.show("tlr", tailor))
        assert await said(await office.budi.post("/v1/certificates", body)) == (404, "workshop_not_found")
    mine = await office.siti.post("/v1/certificates", office.claim(tailor=ids.show("tlr", office.tailor)))
    assert mine.status_code == 201


async def test_the_certificate_of_another_reads_like_one_that_does_not_exist(office: Office) -> None:
    row = await office.made()
    missing = f"/v1/certificates/{ids.show('crt', uuid4())}"
    others, nobodys = (await office.budi.get(path(row))).json(), (await office.budi.get(missing)).json()
    for word in ("type", "title", "detail", "code", "status", "errors"):
        assert others[word] == nobodys[word]
    assert others["code"] == "certificate_not_found"
    assert (await office.budi.get("/v1/certificates")).json()["data"] == []
    assert len((await office.siti.get("/v1/certificates")).json()["data"]) == 1
    assert len((await office.admin.get("/v1/certificates?state=active")).json()["data"]) == 1
    assert (await office.admin.get("/v1/certificates?state=uploaded")).json()["data"] == []


@pytest.mark.parametrize("act", ["verification", "refusal", "revocation"])
async def test_a_tailor_decides_nothing_about_its_own_certificate(office: Office, act: str) -> None:
    row = await office.made(state="uploaded")
    body = EVIDENCE if act == "verification" else REASON
    assert await said(await office.siti.post(path(row, f"/{act}"), body)) == (403, "not_allowed")


async def test_verification_needs_words_about_what_was_seen(office: Office) -> None:
    row = await office.made(state="uploaded")
    for body in ({}, {"evidence": ""}, {"evidence": "  "}):
        answer = await office.admin.post(path(row, "/verification"), body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/evidence")


async def test_a_decision_is_taken_once(office: Office) -> None:
    active, refused = await office.made(), await office.made(state="refused")
    assert await said(await office.admin.post(path(active, "/verification"), EVIDENCE)) == (
        409,
        "certificate_not_waiting",
    )
    assert await said(await office.admin.post(path(active, "/refusal"), REASON)) == (409, "certificate_not_waiting")
    assert await said(await office.admin.post(path(refused, "/revocation"), REASON)) == (409, "certificate_not_active")
    revoked = await office.admin.post(path(active, "/revocation"), REASON)
    assert (revoked.json()["state"], revoked.json()["reason"]) == ("revoked", REASON["reason"])
    again = await office.admin.post(path(active, "/revocation"), REASON)
    assert (again.status_code, again.json()["code"], again.json()["state"]) == (
        409,
        "certificate_not_active",
        "revoked",
    )


async def test_a_renewed_certificate_takes_the_place_of_the_older_one(office: Office) -> None:
    old = await office.made()
    new = await office.made(state="uploaded", valid_until=old.valid_until + timedelta(days=1))
    assert await said(await office.admin.post(path(new, "/verification"), EVIDENCE)) == (201, "active")
    assert (await office.siti.get(path(old))).json()["state"] == "superseded"


async def test_a_certificate_that_ends_no_later_than_the_active_one_is_not_verified(office: Office) -> None:
    await office.made()
    new = await office.made(state="uploaded")
    assert await said(await office.admin.post(path(new, "/verification"), EVIDENCE)) == (
        409,
        "longer_certificate_active",
    )


async def test_two_verifications_of_one_scheme_at_once_leave_one_active(office: Office) -> None:
    first, second = [await office.made(state="uploaded") for _ in range(2)]
    async with db.transaction() as session:
        await verify_certificate(
            session,
            certificate_id=first.id,
            evidence="Terdaftar",
            today=office.today,
            reach=Reach(everything=True),
            by=None,
        )
        waiting = asyncio.create_task(office.admin.post(path(second, "/verification"), EVIDENCE))
        await asyncio.sleep(0.3)
    assert await said(await waiting) == (409, "longer_certificate_active")
    assert (await office.siti.get(path(first))).json()["state"] == "active"


async def test_a_certificate_that_ended_while_it_waited_is_not_verified(
    office: Office, advance: Callable[..., Awaitable[None]]
) -> None:
    waiting = await office.made(state="uploaded", valid_until=office.today)
    active = await office.made(scheme_id="blk-menjahit-mesin", valid_until=office.today)
    assert (await office.admin.get(path(active))).json()["state"] == "expiring"
    await advance(hours=24)
    assert await said(await office.admin.post(path(waiting, "/verification"), EVIDENCE)) == (409, "certificate_over")
    assert (await office.admin.get(path(active))).json()["state"] == "expired"
