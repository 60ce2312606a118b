"""The facts on the wire."""

from datetime import date

import httpx
import pytest

from clothingline.kit import db
from clothingline.reference.models import DayOff
from clothingline.reference.service import load_facts


@pytest.fixture
async def facts(database: db.Database) -> None:
    """Regencies, wages and days off in the database."""
    async with database.transaction() as session:
        await load_facts(session)


@pytest.mark.usefixtures("facts")
async def test_regencies_are_found_by_a_part_of_their_name(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/regencies", params={"search": "bandung"})).json()
    assert [one["name"] for one in found["data"]] == ["Kabupaten Bandung", "Kabupaten Bandung Barat", "Kota Bandung"]
    assert found["has_more"] is False


@pytest.mark.usefixtures("facts")
async def test_a_list_of_regencies_that_was_cut_says_so(client: httpx.AsyncClient) -> None:
    cut = (await client.get("/v1/regencies", params={"limit": 3})).json()
    whole = (await client.get("/v1/regencies", params={"limit": 600})).json()
    assert (len(cut["data"]), cut["has_more"]) == (3, True)
    assert (len(whole["data"]), whole["has_more"]) == (514, False)


async def test_a_search_with_a_control_character_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/regencies", params={"search": "a\x00"})).status_code == 422


async def test_the_calendar_names_holidays_in_both_languages(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/v1/calendar", params={"from": "2026-08-15", "until": "2026-08-18"})).json()
    [holiday] = shown["holidays"]
    assert (shown["from"], shown["until"]) == ("2026-08-15", "2026-08-18")
    assert shown["working_days"] == ["2026-08-15", "2026-08-18"]
    assert (holiday["day"], holiday["kind"], holiday["estimated"]) == ("2026-08-17", "national", False)
    assert holiday["name"] == {"id": "Hari Kemerdekaan Republik Indonesia", "en": "Independence Day"}


async def test_holidays_without_a_decree_are_called_estimates(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/v1/calendar", params={"from": "2028-02-20", "until": "2028-03-05"})).json()
    assert shown["estimated"] is True
    assert any(one["estimated"] for one in shown["holidays"])


async def test_a_day_closed_by_decree_is_no_working_day(client: httpx.AsyncClient, database: db.Database) -> None:
    decree = DayOff(day=date(2026, 8, 18), kind="decree", name="Cuti Jawa Barat", source="Kepgub", estimated=False)
    async with database.transaction() as session:
        session.add(decree)
    shown = (await client.get("/v1/calendar", params={"from": "2026-08-18", "until": "2026-08-19"})).json()
    assert shown["working_days"] == ["2026-08-19"]
    assert shown["holidays"][0]["name"]["id"] == "Cuti Jawa Barat"


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2026-01-01", "2027-02-04", 200),  # 400 days
        ("2026-01-01", "2027-02-05", 422),  # 401 days
        ("2026-01-02", "2026-01-01", 422),
        ("0001-01-01", "0001-01-02", 422),
    ],
)
async def test_a_calendar_has_one_to_four_hundred_days(
    client: httpx.AsyncClient, first: str, last: str, status: int
) -> None:
    answer = await client.get("/v1/calendar", params={"from": first, "until": last})
    assert answer.status_code == status


@pytest.mark.usefixtures("facts")
async def test_a_wage_comes_with_the_fair_rate_of_the_programme(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/v1/wages/32.73")).json()
    assert (shown["regency"]["name"], shown["kind"], shown["year"]) == ("Kota Bandung", "umk", 2026)
    assert shown["month"] == {"amount": 4_737_678, "currency": "IDR"}
    assert shown["fair_rate_per_minute"] == {"amount": 456, "currency": "IDR"}
    assert shown["label"] == "acuan program"
    assert shown["source"].startswith("Kepgub")


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize("code", ["99.99", "bandung", "3273"])
async def test_a_regency_that_does_not_exist_has_no_wage(client: httpx.AsyncClient, code: str) -> None:
    answer = await client.get(f"/v1/wages/{code}")
    assert answer.status_code == 404


async def test_a_sampling_plan_of_five_hundred_pieces_takes_fifty(client: httpx.AsyncClient) -> None:
    plan = (await client.get("/v1/sampling-plans", params={"lot": 500})).json()
    assert (plan["pieces"], plan["major"]["accept"], plan["minor"]["accept"]) == (50, 3, 5)
    assert (plan["critical"]["accept"], plan["critical"]["reject"]) == (0, 1)


async def test_another_level_takes_another_sample(client: httpx.AsyncClient) -> None:
    plan = (await client.get("/v1/sampling-plans", params={"lot": 500, "level": "I", "major": "4.0"})).json()
    assert plan["level"] == "I"
    assert plan["major"]["code_letter"] == "F"


@pytest.mark.parametrize("query", [{}, {"lot": 0}, {"lot": 500, "level": "IV"}, {"lot": 500, "major": "3.0"}])
async def test_a_plan_that_no_table_holds_is_refused(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert (await client.get("/v1/sampling-plans", params=query)).status_code == 422
