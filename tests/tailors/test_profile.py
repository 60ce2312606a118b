"""Who sees what of a workshop, and who may change it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.weeks import monday_of
from clothingline.tailors import service
from tests.cast import Actor, Cast
from tests.parties import make_brand, make_certificate, make_tailor, member

PRIVATE = {"contacts", "lat_micro", "lon_micro", "weekday_seconds", "days_off", "defect_ppm", "reach_m"}


class Street:
    """Siti with her workshop, Budi with his, a brand's owner and an administrator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def open(self) -> "Street":
        async with db.transaction() as session:
            tailor, other = await make_tailor(session), await make_tailor(session, name="Penjahit Budi")
            brand = await make_brand(session)
            await make_certificate(session, tailor.id, skills=["obras"])
            self.siti = await member(self.cast, session, "081200000001", Role.TAILOR, tailor.id)
            self.budi = await member(self.cast, session, "081200000002", Role.TAILOR, other.id, name="Budi")
            self.owner = await member(self.cast, session, "081200000003", Role.BRAND_OWNER, brand.id, name="Ratna")
            self.admin = await member(self.cast, session, "081200000004", Role.ADMIN, name="Dewi")
            self.today = local_date(await business_now(session))
        self.id: UUID = tailor.id
        self.path = f"/v1/tailors/{ids.show('tlr', tailor.id)}"
        return self


@pytest.fixture
async def street(cast: Cast) -> Street:
    return await Street(cast).open()


async def patch(actor: Actor, path: str, **body: Any) -> Any:
    return await actor.call("PATCH", path, body)


async def test_a_brand_sees_town_skills_machines_and_rate_but_no_phone_and_no_place(street: Street) -> None:
    seen = (await street.owner.get(street.path)).json()
    assert (seen["town"], seen["rate"]) == ("Kota Tangerang", {"amount": 700, "currency": "IDR"})
    assert [one["skill"] for one in seen["skills"]] == ["obras"]
    assert "lockstitch" in seen["machines"]
    assert not PRIVATE & seen.keys()
    assert "+62812" not in str(seen)


async def test_a_tailor_sees_everything_of_its_own_workshop(street: Street) -> None:
    seen = (await street.siti.get(street.path)).json()
    assert seen.keys() >= PRIVATE
    assert seen["contacts"] == [{"name": "Siti Rahayu", "phone": "+6281200000001"}]


async def test_the_programme_sees_everything_of_every_workshop(street: Street) -> None:
    assert (await street.admin.get(street.path)).json().keys() >= PRIVATE


async def test_the_list_of_workshops_is_for_brands_and_shows_no_private_thing(street: Street) -> None:
    listed = (await street.owner.get("/v1/tailors?family=top&regency=36.71")).json()
    assert [one["name"] for one in listed["data"]] == ["Penjahit Budi", "Penjahit Siti"]
    assert all(not PRIVATE & one.keys() for one in listed["data"])
    assert (await street.owner.get("/v1/tailors?family=footwear")).json()["data"] == []
    assert (await street.owner.get("/v1/tailors?family=sarung")).status_code == 422
    assert (await street.siti.get("/v1/tailors")).status_code == 403


@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"rush": True}),
        ("GET", "/calendar", None),
        ("POST", "/days-off", {"day": "2027-08-02"}),
        ("DELETE", "/days-off/2027-08-02", None),
    ],
)
async def test_the_workshop_of_another_reads_like_one_that_does_not_exist(
    street: Street, method: str, rest: str, body: Any
) -> None:
    missing = f"/v1/tailors/{ids.show('tlr', uuid4())}"
    others = await street.budi.call(method, street.path + rest, body)
    nobodys = await street.budi.call(method, missing + rest, body)
    words = ("type", "title", "detail", "code", "status", "errors")
    assert [others.json()[word] for word in words] == [nobodys.json()[word] for word in words]
    assert (others.status_code, others.json()["code"]) == (404, "tailor_not_found")


async def test_a_tailor_changes_its_own_profile(street: Street) -> None:
    changed = await patch(
        street.siti, street.path, name="Jahit Siti", rate={"amount": 800}, machines=["overlock"], rush=True
    )
    assert changed.status_code == 200
    seen = (await street.owner.get(street.path)).json()
    assert (seen["name"], seen["rate"]["amount"], seen["machines"], seen["rush"]) == (
        "Jahit Siti",
        800,
        ["overlock"],
        True,
    )


@pytest.mark.parametrize(
    "body",
    [
        {"weekday_seconds": [0] * 6},
        {"weekday_seconds": [57_601] + [0] * 6},
        {"machines": ["gergaji"]},
        {"families": []},
        {"reach_m": 0},
        {"defect_ppm": 0},
        {"name": "Siti\x00"},
    ],
)
async def test_a_profile_that_cannot_be_is_refused_by_field(street: Street, body: dict[str, Any]) -> None:
    answer = await patch(street.siti, street.path, **body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{next(iter(body))}")


async def test_the_calendar_says_what_each_week_holds(street: Street) -> None:
    monday = monday_of(street.today) + timedelta(weeks=1)
    async with db.transaction() as session:
        claim = uuid4()
        await service.hold_time(session, claim=claim, tailor_id=street.id, weeks={monday: 600})
        await service.book_time(session, claim=claim)
        await service.hold_time(session, claim=uuid4(), tailor_id=street.id, weeks={monday: 60})
    answer = (await street.siti.get(f"{street.path}/calendar?since={monday}&weeks=2")).json()
    first, second = answer["weeks"]
    assert (first["monday"], first["held_seconds"], first["booked_seconds"]) == (monday.isoformat(), 60, 600)
    assert first["free_seconds"] == first["declared_seconds"] - 660
    assert second["free_seconds"] == second["declared_seconds"]


async def test_the_calendar_of_lebaran_names_its_holidays(street: Street) -> None:
    answer = (await street.siti.get(f"{street.path}/calendar?since=2027-03-10&weeks=1")).json()
    [week] = answer["weeks"]
    assert (week["monday"], week["declared_seconds"], week["estimated"]) == ("2027-03-08", 25_200, False)
    assert {"day": "2027-03-10", "name": "Hari Raya Idul Fitri"} in week["closed"]


async def test_a_day_off_is_entered_seen_and_taken_back(street: Street) -> None:
    day = street.today + timedelta(days=21)
    made = await street.siti.post(f"{street.path}/days-off", {"day": day.isoformat(), "reason": "Hajatan"})
    assert (made.status_code, made.json()) == (201, {"day": day.isoformat(), "reason": "Hajatan", "left_permille": 0})
    assert (await street.siti.get(street.path)).json()["days_off"] == [made.json()]
    [week] = (await street.siti.get(f"{street.path}/calendar?since={day}&weeks=1")).json()["weeks"]
    assert {"day": day.isoformat(), "name": "Hajatan"} in week["closed"]
    again = await street.siti.post(f"{street.path}/days-off", {"day": day.isoformat()})
    assert (again.status_code, again.json()["code"]) == (409, "day_off_exists")
    assert (await street.siti.call("DELETE", f"{street.path}/days-off/{day}")).status_code == 204
    gone = await street.siti.call("DELETE", f"{street.path}/days-off/{day}")
    assert (gone.status_code, gone.json()["code"]) == (404, "day_off_not_found")


async def test_a_refusal_to_close_says_which_day_and_what_to_do(street: Street) -> None:
    monday = monday_of(street.today) + timedelta(weeks=1)
    async with db.transaction() as session:
        await service.hold_time(
            session, claim=uuid4(), tailor_id=street.id, weeks={monday: await _free(street, monday)}
        )
    working = await _working_day(street, monday)
    answer = await street.siti.call(
        "POST", f"{street.path}/days-off", {"day": working.isoformat()}, accept_language="id"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "day_is_booked")
    assert answer.json()["title"] == "Hari ini sudah terisi pekerjaan."
    assert working.isoformat() in answer.json()["detail"]


async def _free(street: Street, monday: date) -> int:
    [week] = (await street.siti.get(f"{street.path}/calendar?since={monday}&weeks=1")).json()["weeks"]
    return int(week["free_seconds"])


async def _working_day(street: Street, monday: date) -> date:
    [week] = (await street.siti.get(f"{street.path}/calendar?since={monday}&weeks=1")).json()["weeks"]
    closed = {one["day"] for one in week["closed"]}
    days = (monday + timedelta(days=step) for step in range(7))
    return next(day for day in days if day.isoformat() not in closed)
