"""A transaction by hand: one administrator asks for it, another books it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.events import Event
from clothingline.ledger.chart import BANK, GUARANTEE, available
from clothingline.ledger.models import LedgerTransaction
from clothingline.ledger.service import book_all, held
from tests.cast import Actor, Cast
from tests.ledger.booking import ESCROW, balance_of, booked, comes_in, goes_out
from tests.parties import make_tailor, member


@pytest.fixture
async def admins(database: db.Database, cast: Cast) -> list[Actor]:
    async with db.transaction() as session:
        phones = [f"08123456780{number}" for number in (1, 2, 3)]
        return [await member(cast, session, phone, Role.ADMIN, name=phone) for phone in phones]


def _body(*lines: tuple[str, str, int], reason: str = "Modal program, bukti transfer 14") -> dict[str, Any]:
    told = [{"account": code, "side": side, "amount": {"amount": amount}} for code, side, amount in lines]
    return {"reason": reason, "lines": told}


CAPITAL = _body(("bank:idr", "debit", 5_000_000), ("capital:programme", "credit", 5_000_000))
TO_FUND = _body(("capital:programme", "debit", 300), ("guarantee:fund", "credit", 300))


async def _asked(admin: Actor, body: dict[str, Any]) -> str:
    answer = await admin.post("/v1/corrections", body)
    assert answer.status_code == 201, answer.text
    return f"/v1/corrections/{answer.json()['id']}"


async def _bookings() -> list[LedgerTransaction]:
    async with db.transaction() as session:
        return list(await session.scalars(select(LedgerTransaction).where(LedgerTransaction.kind == "book")))


async def test_a_correction_is_booked_by_another_and_says_who(admins: list[Actor]) -> None:
    path = await _asked(admins[0], CAPITAL)
    assert await _bookings() == []
    answer = await admins[1].post(f"{path}/approval")
    assert (answer.status_code, answer.json()["state"]) == (201, "booked")
    assert (answer.json()["proposed_by"], answer.json()["approved_by"]) == (admins[0].account, admins[1].account)
    [one] = await _bookings()
    async with db.transaction() as session:
        assert await balance_of(session, BANK) == 5_000_000
        told = list(await session.scalars(select(Event.name).where(Event.name.like("Correction%")).order_by(Event.id)))
    assert (one.source_type, told) == ("correction", ["CorrectionProposed", "CorrectionBooked"])


async def test_nobody_approves_a_correction_of_their_own(admins: list[Actor]) -> None:
    path = await _asked(admins[0], CAPITAL)
    answer = await admins[0].post(f"{path}/approval")
    assert (answer.status_code, answer.json()["code"]) == (409, "own_correction")
    assert await _bookings() == []


async def test_a_correction_needs_two_people_even_when_both_press_at_once(admins: list[Actor]) -> None:
    for _ in range(5):
        path = await _asked(admins[0], CAPITAL)
        before = len(await _bookings())
        answers = await asyncio.gather(*(one.post(f"{path}/approval") for one in admins * 2))
        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]
        assert len(await _bookings()) == before + 1


async def test_approval_and_rejection_at_once_leave_one_of_them(admins: list[Actor]) -> None:
    path = await _asked(admins[0], CAPITAL)
    answers = await asyncio.gather(admins[1].post(f"{path}/approval"), admins[0].post(f"{path}/rejection"))
    assert sorted(one.status_code for one in answers) == [201, 409]
    assert len(await _bookings()) == (answers[0].status_code == 201)


async def test_what_is_rejected_or_booked_is_not_decided_again(admins: list[Actor]) -> None:
    path = await _asked(admins[0], CAPITAL)
    assert (await admins[0].post(f"{path}/rejection")).json()["state"] == "rejected"
    for act in ("approval", "rejection"):
        answer = await admins[1].post(f"{path}/{act}")
        assert (answer.status_code, answer.json()["code"]) == (409, "correction_not_waiting")
    shown = (await admins[1].get("/v1/corrections?state=rejected")).json()["data"]
    assert [(one["state"], one["approved_by"]) for one in shown] == [("rejected", None)]


async def test_a_correction_that_overdraws_is_refused_and_waits_on(admins: list[Actor]) -> None:
    taken = _body(("guarantee:fund", "debit", 301), ("bank:idr", "credit", 301))
    await admins[1].post(f"{await _asked(admins[0], TO_FUND)}/approval")
    path = await _asked(admins[0], taken)
    answer = await admins[1].post(f"{path}/approval")
    assert (answer.status_code, answer.json()["code"]) == (409, "overdrawn")
    waiting = (await admins[1].get("/v1/corrections?state=proposed")).json()["data"]
    assert [f"/v1/corrections/{one['id']}" for one in waiting] == [path]
    async with db.transaction() as session:
        assert await held(session, GUARANTEE) == 300


async def test_no_correction_takes_from_a_party_or_an_order_what_is_theirs(admins: list[Actor]) -> None:
    async with db.transaction() as session:
        owed = available((await make_tailor(session)).id)
    await booked(comes_in(1_000))
    await booked(goes_out(400, to=owed), goes_out(400, escrow=owed, to=ESCROW))
    for code in (owed.code, ESCROW.code):
        answer = await admins[0].post("/v1/corrections", _body((code, "debit", 1), ("bank:idr", "credit", 1)))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/lines/0/account")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (_body(("bank:idr", "debit", 5), ("capital:programme", "credit", 6)), "/lines"),
        (_body(("bank:idr", "debit", 5), ("capital:programme", "debit", 5)), "/lines"),
        (_body(("bank:idr", "debit", 5)), "/lines"),
        (_body(("bank:idr", "debit", 5), ("clearing:charge:pay_0", "credit", 5)), "/lines/1/account"),
        (_body(("bank:idr", "debit", 5), ("capital:programme", "credit", 5), reason=" "), "/reason"),
    ],
    ids=("unequal", "one side", "one line", "no such account", "no reason"),
)
async def test_what_does_not_balance_or_names_nothing_is_refused(
    admins: list[Actor], body: dict[str, Any], pointer: str
) -> None:
    answer = await admins[0].post("/v1/corrections", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_an_account_that_stands_can_be_corrected(admins: list[Actor]) -> None:
    async with db.transaction() as session:
        await book_all(session, [comes_in(1_000), goes_out(400)])
    body = _body(("transport:CL-2606-0001", "debit", 400), ("bank:idr", "credit", 400), reason="Dibayar tunai")
    assert (await admins[1].post(f"{await _asked(admins[0], body)}/approval")).status_code == 201
    async with db.transaction() as session:
        assert await balance_of(session, BANK) == -400
