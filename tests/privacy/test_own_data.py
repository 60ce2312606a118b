"""A person gets everything that is kept about them, and nothing of anybody else."""

import json
import re
from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import LargeBinary, func, select, update

from clothingline.accounts.models import Account, RoleHeld
from clothingline.accounts.queries import memberships_of
from clothingline.kit import db
from clothingline.kit.access import Caller, Role
from clothingline.kit.events import Event
from clothingline.measurements.models import MeasurementSet, Person
from clothingline.orders.models import Order
from clothingline.privacy.collecting import collect, holder_of
from clothingline.privacy.inventory import NOBODYS, OWNED, SECRET, rows_of, table_named
from clothingline.privacy.wording import TABLES
from clothingline.schema import METADATA
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template, token_of
from tests.web.desk import Desk, words_of

__all__ = ["database_name", "pilot_template", "story_template"]

# All of their rows belong to a person, whoever that is.
WHOLLY = ("account", "consent", "orders", "order_line", "payment", "person", "measurement_set", "job", "certificate")


def test_every_table_is_somebodys_or_holds_nothing_of_a_person() -> None:
    assert OWNED.keys() | NOBODYS == METADATA.tables.keys()
    assert OWNED.keys() & NOBODYS == set()


def test_every_table_of_somebody_has_a_name_that_people_read_and_no_two_have_the_same() -> None:
    assert TABLES.keys() == OWNED.keys()
    assert len({*TABLES.values()}) == len(TABLES)


def test_every_secret_is_a_column_that_is_there() -> None:
    for one in SECRET:
        table, column = one.split(".")
        assert column in table_named(table).c


def test_what_names_a_person_stands_in_no_table_that_is_nobodys() -> None:
    telling = {"phone", "name", "recipient", "street", "holder", "label", "account_id", "consumer_id", "person_id"}
    # Goods, heartbeats and books have names, an account of the ledger is none of a person, a wearer's name is sealed.
    innocent = {"alarm.name", "day_off.name", "design.name", "event.name", "heartbeat.name", "lot.name", "regency.name"}
    innocent |= {"plan.label", "size_chart.name", "ledger_balance.account_id", "ledger_entry.account_id", "wearer.name"}
    found = {f"{name}.{column.name}" for name in NOBODYS for column in table_named(name).c if column.name in telling}
    assert found <= innocent


async def everybody() -> list[Caller]:
    """Every account of the story, as it asks."""
    async with db.transaction() as session:
        accounts = list(await session.scalars(select(Account.id)))
        return [Caller(one, await memberships_of(session, one)) for one in accounts]


async def test_all_rows_of_people_are_in_their_own_copies_and_each_in_one_alone(database: db.Database) -> None:
    owners: dict[str, dict[Any, set[UUID]]] = {name: defaultdict(set) for name in WHOLLY}
    async with db.transaction() as session:
        for caller in await everybody():
            holder = await holder_of(session, caller)
            for name in WHOLLY:
                for key in await session.scalars(rows_of(name, holder).with_only_columns(table_named(name).c.id)):
                    owners[name][key].add(holder.account)
        for name, found in owners.items():
            assert len(found) == await session.scalar(select(func.count()).select_from(table_named(name))), name
            assert {len(whose) for whose in found.values()} == {1}, name


async def test_every_column_of_a_row_is_told_but_secrets_bytes_and_who_else_has_acted(database: db.Database) -> None:
    async with db.transaction() as session:
        order = (await session.scalars(select(Order).where(Order.state == "placed"))).one()
        holder = await holder_of(session, Caller(order.consumer_id))
        [row] = [
            one
            for kept in await collect(session, holder)
            if "orders" in kept.tables
            for one in kept.tables["orders"].shown
            if one["id"] == str(order.id)
        ]
    columns = [one for one in table_named("orders").c if not isinstance(one.type, LargeBinary)]
    told = {one.name for one in columns if getattr(order, one.name) is not None} - {"state_by"}
    assert row.keys() - {"state_by"} == told
    assert (row["recipient"], row["street"]) == (order.recipient, order.street)


async def test_a_page_reads_the_newest_rows_of_a_table_and_knows_how_many_there_are(database: db.Database) -> None:
    mine, _ = await measured()
    async with db.transaction() as session:
        holder = await holder_of(session, Caller(mine))
        every, newest = [
            {name: rows for one in await collect(session, holder, most=most) for name, rows in one.tables.items()}
            for most in (None, 1)
        ]
    assert {name: rows.number for name, rows in newest.items()} == {name: len(one.shown) for name, one in every.items()}
    assert {name: rows.shown for name, rows in newest.items()} == {name: one.shown[:1] for name, one in every.items()}
    ids = [[row["id"] for row in rows.shown] for rows in every.values() if "id" in rows.shown[0]]
    assert ids == [sorted(one, reverse=True) for one in ids]  # an id tells when it was drawn
    assert max(len(one) for one in ids) > 1


async def desk_at(app: FastAPI, account: UUID) -> Desk:
    """The browser of an account of the story."""

    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://clothingline.test",
        headers={"sec-fetch-site": "same-origin", "accept": "text/html"},
        cookies={"sesi": token_of(account)},
    )
    return Desk(client)


async def measured() -> tuple[UUID, UUID]:
    """Who has measured somebody, and another buyer."""
    async with db.transaction() as session:
        query = select(Person.account_id).join(MeasurementSet, MeasurementSet.person_id == Person.id)
        mine = (await session.scalars(query.where(Person.erased_at.is_(None)).limit(1))).one()
        others = select(Order.consumer_id).where(Order.consumer_id != mine).limit(1)
        return mine, (await session.scalars(others)).one()


async def names_of(account: UUID) -> set[str]:
    """Texts that tell who somebody is."""
    async with db.transaction() as session:
        who = await session.get_one(Account, account)
        rows = await session.execute(select(Order.recipient, Order.street).where(Order.consumer_id == account))
        return {who.phone, who.name, *(text for row in rows for text in row if text)}


async def test_the_file_holds_ones_own_measures_and_trail_and_nothing_of_another(app: FastAPI) -> None:
    mine, other = await measured()
    desk = await desk_at(app, mine)
    answer = await desk.client.get("/data/unduh")
    told = json.loads(answer.text)
    assert answer.headers["content-disposition"] == 'attachment; filename="data-saya.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert told["account"] == str(mine)
    assert all(one["person"] and one["millimetres"] for one in told["measurements"])
    assert told["measurements"]
    assert {one["by"] for one in told["processing"]} <= {"you", "somebody", "system"}
    assert [name for name in await names_of(mine) if name not in answer.text] == []
    strangers = await names_of(other) - await names_of(mine)
    assert strangers
    assert [name for name in strangers if name in answer.text] == []
    assert str(other) not in answer.text


async def test_measures_that_are_damaged_hold_nothing_else_of_the_copy_back(app: FastAPI) -> None:
    mine, _ = await measured()
    async with db.transaction() as session:
        people = select(Person.id).where(Person.account_id == mine, Person.erased_at.is_(None))
        broken = await session.scalar(select(MeasurementSet.id).where(MeasurementSet.person_id.in_(people)).limit(1))
        await session.execute(update(MeasurementSet).where(MeasurementSet.id == broken).values(sealed=b""))
    answer = await (await desk_at(app, mine)).client.get("/data/unduh")
    assert answer.status_code == 200
    told = json.loads(answer.text)
    assert [one["set"] for one in told["measurements"] if one.get("damaged")] == [str(broken)]
    assert [one["id"] for one in told["data"]["account"]] == [str(mine)]


async def test_the_copy_leaves_no_measures_out_however_many_there_are(app: FastAPI) -> None:
    mine, _ = await measured()
    async with db.transaction() as session:
        person = await session.scalar(select(Person.id).where(Person.account_id == mine, Person.erased_at.is_(None)))
        known = {"person_id": person, "method": "self", "measurer": "", "measured_on": date(2026, 6, 1), "sealed": b""}
        session.add_all(MeasurementSet(**known, version=1000 + n, doubts=[], unsure=[]) for n in range(201))
    told = json.loads((await (await desk_at(app, mine)).client.get("/data/unduh")).text)
    assert len(told["measurements"]) > 201


async def test_a_copy_that_was_taken_is_written_down_and_each_look_at_a_body_too(app: FastAPI) -> None:
    mine, _ = await measured()
    told = json.loads((await (await desk_at(app, mine)).client.get("/data/unduh")).text)
    async with db.transaction() as session:
        seen = select(func.count()).where(Event.actor == mine)
        assert await session.scalar(seen.where(Event.name == "OwnDataTaken")) == 1
        assert told["measurements"]
        looks = await session.scalar(seen.where(Event.name == "MeasurementSetRead"))
        assert looks is not None
        assert looks >= len(told["measurements"])


async def test_the_page_says_what_for_and_until_when_and_shows_no_body_measures(app: FastAPI) -> None:
    mine, _ = await measured()
    desk = await desk_at(app, mine)
    page = await desk.page("/data")
    said = words_of(page)
    for words in (
        "Untuk menjahit pesanan Anda. Dasarnya: persetujuan Anda.",
        "Sampai Anda menghapusnya",
        "Isi pesanan",
    ):
        assert words in said
    called = set(re.findall(r'<details class="card"><summary>(.*?) ·', page))
    assert "Isi pesanan" in called
    assert called <= {*TABLES.values()}
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).where(Event.name == "OwnDataTaken")) == 0


@pytest.mark.parametrize("role", [Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER, Role.ADMIN])
async def test_everybody_may_have_their_own(app: FastAPI, role: Role) -> None:
    async with db.transaction() as session:
        held = select(RoleHeld.account_id, RoleHeld.organisation_id).where(RoleHeld.role == role.value).limit(1)
        account, organisation = (await session.execute(held)).one()
    told = json.loads((await (await desk_at(app, account)).client.get("/data/unduh")).text)
    assert [one["id"] for one in told["data"]["account"]] == [str(account)]
    workshops = [one["id"] for one in told["data"].get("tailor", [])]
    assert workshops == ([str(organisation)] if role is Role.TAILOR else [])


async def test_who_has_not_signed_in_is_led_to_the_door(app: FastAPI) -> None:
    desk = await desk_at(app, (await measured())[0])
    desk.client.cookies.clear()
    for path in ("/data", "/data/unduh"):
        answer = await desk.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/masuk?lanjut={path}")


async def test_no_secret_leaves_with_the_copy(app: FastAPI) -> None:
    told = json.loads((await (await desk_at(app, (await measured())[0])).client.get("/data/unduh")).text)
    columns = {f"{name}.{one}" for name, rows in told["data"].items() for row in rows for one in row}
    assert columns & SECRET == set()
    assert "token_hash" not in json.dumps(told)
