"""Writing an order down: what is accepted, and how every wrong field is named."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg

from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.db.embedded import Server
from tests import parties
from tests.routing.measures import LENGTHS, measured
from tests.routing.street import SHIP_TO, SIZES, Street, count, refusal, signed_in, succeeded, today


async def test_a_run_by_sizes_is_written_down_as_a_draft(street: Street) -> None:
    wish = await street.wish(ceiling={"amount": 5_000_000, "currency": "IDR"})
    order = succeeded(await street.rina.post("/v1/orders", wish), 201)
    assert (order["status"], order["version"], order["line"]["pieces"]) == ("draft", 1, 12)
    assert order["line"]["sizes"] == SIZES
    assert order["ceiling"] == {"amount": 5_000_000, "currency": "IDR"}
    assert order["ship_to"] == SHIP_TO
    assert (order["price"], order["brand"], order["paid"]["amount"]) == (None, None, 0)
    assert succeeded(await street.rina.get(f"/v1/orders/{order['code']}")) == order
    listed = succeeded(await street.rina.get("/v1/orders?status=draft"))["data"]
    assert [one["id"] for one in listed] == [order["id"]]


async def test_the_code_of_the_ten_thousandth_order_has_one_digit_more(
    street: Street, server: Server, database_name: str
) -> None:
    with psycopg.connect(server.dsn(database_name)) as owner:
        owner.execute("SELECT setval('order_code', 9998)")
    codes = [succeeded(await street.rina.post("/v1/orders", await street.wish()), 201)["code"] for _ in range(3)]
    assert [code.rpartition("-")[2] for code in codes] == ["9999", "10000", "10001"]
    assert succeeded(await street.rina.get(f"/v1/orders/{codes[-1]}"))["code"] == codes[-1]


async def test_one_piece_to_measure_takes_more_work_and_more_cloth_than_one_of_a_run(street: Street) -> None:
    body = await measured(street.rina)
    single = await street.rina.post("/v1/orders", await street.wish(sizes={}, measurement_set=body))
    line = succeeded(single, 201)["line"]
    assert (line["pieces"], line["sizes"], line["measurement_set"]) == (1, {}, body)
    run = succeeded(await street.rina.post("/v1/orders", await street.wish()), 201)["line"]
    assert line["standard_minutes_per_piece"] == 55
    assert (line["cloth_cm_per_piece"], run["cloth_cm_per_piece"]) == (175, 170)
    assert run["standard_minutes_per_piece"] == 22


async def test_the_measurements_of_another_consumer_do_not_exist(street: Street) -> None:
    async with db.transaction() as session:
        stranger = await signed_in(session, street.client, Role.CONSUMER)
    theirs = await measured(stranger)
    unknown = ids.show("mst", ids.new_id())
    answers = [
        await street.rina.post("/v1/orders", await street.wish(sizes={}, measurement_set=one))
        for one in (theirs, unknown)
    ]
    assert [refusal(one, 404) for one in answers] == ["measurement_set_unknown"] * 2
    bodies = [{**one.json(), "request_id": None} for one in answers]
    assert bodies[0] == bodies[1]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sizes": {"XXXL": 2}}, "/sizes/XXXL"),
    ({"sizes": {"M": 0}}, "/sizes/M"),
    ({"sizes": {"M": 5_001}}, "/sizes/M"),
    ({"sizes": {"M": 2.5}}, "/sizes/M"),
    ({"sizes": {"M": "12"}}, "/sizes/M"),
    ({"sizes": {"M": 3_000, "L": 3_000}}, "/sizes"),
    ({"sizes": {}}, "/measurement_set"),
    ({"needed_by": "besok"}, "/needed_by"),
    ({"needed_by": "2020-01-01"}, "/needed_by"),
    ({"needed_by": "2199-01-01"}, "/needed_by"),
    ({"ceiling": {"amount": 0}}, "/ceiling/amount"),
    ({"ceiling": {"amount": 1.5}}, "/ceiling/amount"),
    ({"ceiling": {"amount": 10**18}}, "/ceiling/amount"),
    ({"ceiling": {"amount": 5, "currency": "USD"}}, "/ceiling/currency"),
    ({"design": "Bukan Slug!"}, "/design"),
    ({"options": {"saku": True}}, "/options/saku"),
    ({"price": {"amount": 1}}, "/price"),
    ({"ship_to": SHIP_TO | {"regency": "99.99"}}, "/ship_to/regency"),
    ({"ship_to": SHIP_TO | {"regency": "Bandung"}}, "/ship_to/regency"),
    ({"ship_to": SHIP_TO | {"recipient": ""}}, "/ship_to/recipient"),
    ({"ship_to": SHIP_TO | {"recipient": "Rina\u0000"}}, "/ship_to/recipient"),
    ({"ship_to": SHIP_TO | {"street": "x" * 2_001}}, "/ship_to/street"),
    ({"measurement_set": "mst_salah"}, "/measurement_set"),
]


async def test_every_wrong_field_is_named_by_its_pointer(street: Street) -> None:
    for given, pointer in WRONG:
        answer = await street.rina.post("/v1/orders", await street.wish(**given))
        assert refusal(answer, 422) == "validation_failed"
        assert pointer in [one["pointer"] for one in answer.json()["errors"]], given
    assert await count("SELECT count(*) FROM orders") == 0


async def test_several_wrong_fields_are_named_together(street: Street) -> None:
    wish = await street.wish(needed_by="besok", sizes={"M": 0}) | {"ship_to": {"recipient": "Rina"}}
    answer = await street.rina.post("/v1/orders", wish)
    found = {one["pointer"] for one in answer.json()["errors"]}
    assert {"/needed_by", "/sizes/M", "/ship_to/street", "/ship_to/regency"} <= found


async def test_today_is_too_soon_and_a_year_from_now_is_the_last_day(street: Street) -> None:
    day = await today()
    for days, status in ((0, 422), (1, 201), (365, 201), (366, 422)):
        wish = await street.wish(needed_by=(day + timedelta(days=days)).isoformat())
        assert (await street.rina.post("/v1/orders", wish)).status_code == status, days


async def test_options_and_colours_are_those_of_the_design(street: Street) -> None:
    async with db.transaction() as session:
        design = await parties.make_design(session, street.brand.id, options=LENGTHS, colours=["navy", "krem"])
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "/options/lengan"),
        ({"options": {"lengan": "tigaperempat"}}, "/options/lengan"),
        ({"options": {"lengan": "panjang", "kerah": "shanghai"}}, "/options/kerah"),
        ({"options": {"lengan": "panjang"}, "colour": "ungu"}, "/colour"),
    ]
    for given, pointer in cases:
        answer = await street.rina.post("/v1/orders", await street.wish(design=design.slug, **given))
        assert refusal(answer, 422) == "validation_failed"
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    fine = {"options": {"lengan": "panjang"}, "colour": "krem"}
    line = succeeded(await street.rina.post("/v1/orders", await street.wish(design=design.slug, **fine)), 201)["line"]
    assert (line["options"], line["colour"], line["cloth_cm_per_piece"]) == ({"lengan": "panjang"}, "krem", 190)


async def test_a_design_that_nobody_sells_is_not_found(street: Street) -> None:
    async with db.transaction() as session:
        draft = await parties.make_design(session, street.brand.id, state="draft")
    for design in ("tidak-ada", draft.slug, ids.show("dsg", draft.id)):
        answer = await street.rina.post("/v1/orders", await street.wish(design=design))
        assert refusal(answer, 404) == "design_not_found"


async def test_a_design_sold_by_size_takes_no_measures_and_one_to_measure_no_sizes(street: Street) -> None:
    async with db.transaction() as session:
        by_size = await parties.make_design(session, street.brand.id, made_to_measure=False)
        to_measure = await parties.make_design(session, street.brand.id, size_chart_id=None)
    body = await measured(street.rina)
    wishes: list[tuple[dict[str, Any], str]] = [
        ({"design": by_size.slug, "sizes": {}, "measurement_set": body}, "/measurement_set"),
        ({"design": to_measure.slug}, "/sizes"),
        ({"measurement_set": body}, "/measurement_set"),
    ]
    for given, pointer in wishes:
        answer = await street.rina.post("/v1/orders", await street.wish(**given))
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_a_repeat_with_the_same_key_is_answered_byte_for_byte_and_makes_one_order(street: Street) -> None:
    wish, key = await street.wish(), str(uuid4())
    first, second = [await street.rina.post("/v1/orders", wish, idempotency_key=key) for _ in range(2)]
    assert (first.status_code, second.status_code, second.headers["idempotent-replayed"]) == (201, 201, "true")
    assert first.content == second.content
    assert "idempotent-replayed" not in first.headers
    assert await count("SELECT count(*) FROM orders") == 1
    other = await street.rina.post("/v1/orders", wish | {"sizes": {"M": 1}}, idempotency_key=key)
    assert refusal(other, 422) == "idempotency_key_reused"


async def test_an_order_belongs_to_its_consumer_alone_until_a_brand_takes_it(street: Street) -> None:
    order = await street.draft()
    async with db.transaction() as session:
        stranger = await signed_in(session, street.client, Role.CONSUMER)
    unknown = ids.show("ord", ids.new_id())
    for who in (stranger, street.dewi):
        foreign, missing = [await who.get(f"/v1/orders/{one}") for one in (order, unknown)]
        assert [refusal(one, 404) for one in (foreign, missing)] == ["order_not_found"] * 2
    for act in ("quotes", "cancellation"):
        assert refusal(await stranger.post(f"/v1/orders/{order}/{act}"), 404) == "order_not_found"
    changed = await stranger.call("PUT", f"/v1/orders/{order}", await street.wish())
    assert refusal(changed, 404) == "order_not_found"
    maker = street.people[street.tailors[0].id]
    assert (await maker.get(f"/v1/orders/{order}")).status_code == 403
