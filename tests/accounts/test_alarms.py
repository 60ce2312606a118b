"""An officer sees what has gone wrong, and ends what has been seen to, with a reason that is kept."""

import asyncio

import pytest
from sqlalchemy import select

from clothingline.accounts import service
from clothingline.accounts.secrets import phone_number
from clothingline.kit import alarms, db
from clothingline.kit.access import Membership, Role
from clothingline.kit.alarms import Alarm
from clothingline.kit.events import Event
from clothingline.kit.ids import show
from tests.cast import Actor, Cast

REASON = {"reason": "Pemberitahuan uji coba, tanpa uang"}


async def sound(subject: str = "ntc_1") -> str:
    """An alarm stands; its id on the wire."""
    async with db.transaction() as session:
        await alarms.sound(session, name="notice_quarantined", subject=subject, detail={"reason": "amount"})
        found = await session.scalar(select(Alarm.id).where(Alarm.subject == subject, Alarm.cleared_at.is_(None)))
    assert found is not None
    return show("alm", found)


@pytest.fixture
async def officer(cast: Cast) -> Actor:
    """An administrator."""
    phone = "081234567891"
    async with db.transaction() as session:
        await service.open_account(
            session, phone=phone_number(phone), name="Dewi Lestari", memberships=[Membership(Role.ADMIN)]
        )
    return await cast.sign_in(phone)


async def test_an_officer_ends_an_alarm_and_who_and_why_is_kept(officer: Actor) -> None:
    alarm = await sound()
    [standing] = (await officer.get("/v1/alarms?state=open&name=notice_quarantined")).json()["data"]
    assert (standing["id"], standing["state"], standing["detail"]) == (alarm, "open", {"reason": "amount"})
    ended = await officer.post(f"/v1/alarms/{alarm}/ending", REASON)
    assert ended.status_code == 201, ended.text
    said = ended.json()
    assert (said["state"], said["ended_by"], said["reason"]) == ("over", officer.account, REASON["reason"])
    assert (await officer.get("/v1/alarms?state=open")).json()["data"] == []
    assert [one["id"] for one in (await officer.get("/v1/alarms?state=over")).json()["data"]] == [alarm]
    async with db.transaction() as session:
        assert await session.scalar(select(Event.actor).where(Event.name == "AlarmEnded")) is not None


async def test_an_alarm_that_is_over_is_not_ended_again_and_its_reason_stays(officer: Actor) -> None:
    alarm = await sound()
    answers = await asyncio.gather(*(officer.post(f"/v1/alarms/{alarm}/ending", REASON) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    again = await officer.post(f"/v1/alarms/{alarm}/ending", {"reason": "Alasan yang lain"})
    [row] = (await officer.get("/v1/alarms")).json()["data"]
    assert (again.status_code, row["reason"]) == (409, REASON["reason"])


async def test_without_a_reason_an_alarm_stands(officer: Actor) -> None:
    alarm = await sound()
    for body in ({}, {"reason": ""}, {"reason": None}):
        assert (await officer.post(f"/v1/alarms/{alarm}/ending", body)).status_code == 422
    assert len((await officer.get("/v1/alarms?state=open")).json()["data"]) == 1


async def test_what_is_still_so_sounds_anew_after_a_person_has_ended_it(officer: Actor) -> None:
    alarm = await sound()
    await officer.post(f"/v1/alarms/{alarm}/ending", REASON)
    assert await sound() != alarm
    assert len((await officer.get("/v1/alarms?state=open")).json()["data"]) == 1


async def test_a_consumer_neither_sees_nor_ends_an_alarm(cast: Cast, officer: Actor) -> None:
    alarm, rina = await sound(), await cast.sign_in("081234567801")
    assert (await rina.get("/v1/alarms")).status_code == 403
    assert (await rina.post(f"/v1/alarms/{alarm}/ending", REASON)).status_code == 403
    assert len((await officer.get("/v1/alarms?state=open")).json()["data"]) == 1
