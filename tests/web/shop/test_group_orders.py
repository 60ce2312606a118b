"""From the sizes of a group to an order, to the hands that sew, and to being forgotten."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from clothingline.garments import queries as garments
from clothingline.garments.configuring import configure
from clothingline.kit import db
from clothingline.kit.ids import new_id, read
from clothingline.kit.states import move
from clothingline.orders.models import ORDER, Order
from clothingline.settings import settings
from clothingline.shop.known import repeated
from clothingline.wearers import queries, sealing, tasks
from clothingline.wearers import service as wearers
from tests.cast import Cast
from tests.money.paths import met_by_a_lock
from tests.routing.street import count, pass_time, today
from tests.web.desk import words_of
from tests.web.shop.grouping import counted, makers_of, order_of, rejoin, reopen, sweep, to_payment, to_summary
from tests.web.shop.members import BODY, Group
from tests.web.shop.shopper import SHIRT


async def test_from_one_link_by_two_members_to_the_hands_that_sew(group: Group, cast: Cast) -> None:
    await group.begin()
    await group.joined("Budi", "ukuran-L")
    await group.joined("Citra", "body")
    assert "2 dari 30 sudah mengisi" in await group.read()
    assert (await group.act("lanjut")).headers["location"] == group.shopper.at("anggaran")
    order = await order_of(await to_payment(group))
    assert order.line.sizes == {"L": 1, "badan": 1}
    assert (order.line.pieces, order.state) == (2, "placed")
    seen = []
    for maker, job in await makers_of(cast, order):
        card = (await maker.get(f"/v1/jobs/{job}")).json()
        if card["made_to_measure"]:
            seen.append((await maker.get(f"/v1/jobs/{job}/measurements")).json())
            assert "Citra" not in str(seen)
    [told] = seen
    assert [one["pseudonym"] for one in told["bodies"]] == ["Nomor 2"]
    got = {one["measurement"]: one["value"] for one in told["measures"]}
    assert got["chest"] == 960
    assert set(BODY) & {"chest", "waist", "neck"} <= set(got)


async def test_the_summary_names_the_sizes_and_leads_back_to_the_group(group: Group) -> None:
    await counted(group, "ukuran-M", "body")
    await to_summary(group)
    shopper = group.shopper
    assert "M × 1, ukuran badan × 1" in await shopper.read("ringkasan")
    assert f'href="{group.home}"' in await shopper.desk.page(shopper.at("ringkasan"))


async def test_whoever_leaves_after_the_count_is_not_ordered_for(group: Group) -> None:
    await counted(group, "ukuran-M", "ukuran-L", "body")
    one = await rejoin(group, "Anak 3")
    await to_summary(group)
    await one.go(f"{one.own}/hapus")
    answer = await group.shopper.say("ringkasan")
    assert answer.headers["location"] == group.home
    assert await count("SELECT count(*) FROM orders") == 0
    assert "Isian kelompok berubah sejak dihitung" in await group.read()


async def test_once_it_is_ordered_the_list_stays_and_nothing_changes(group: Group) -> None:
    await counted(group)
    await to_payment(group)
    words = await group.read()
    assert "Anak 1 1 M" in words
    assert "2 dari 30 sudah mengisi" in words
    for act, fields in (("atur", {"places": "40", "ends": str(await today())}), ("1", {"size": "S"}), ("1/hapus", {})):
        data = {"kunci": uuid4().hex, **fields}
        answer = await group.shopper.desk.client.post(f"{group.home}/{act}", data=data)
        assert answer.status_code in (303, 409), act
    assert await count("SELECT count(*) FROM wearer WHERE size = 'M' AND removed_at IS NULL") == 1
    assert await count("SELECT count(*) FROM roster WHERE state = 'closed' AND order_id IS NOT NULL") == 1


async def test_a_link_that_was_not_ordered_by_is_closed_with_the_order(group: Group) -> None:
    await group.begin()
    await group.joined("Budi")
    assert await group.shopper.go("cara-ukur", sizes_m="12") == "anggaran"
    await to_payment(group)
    assert "Tidak ada yang bisa mengisi atau mengubah lagi" in await group.read()
    assert (await group.member().desk.client.get(group.link)).status_code == 410


async def test_measures_that_are_deleted_after_the_order_are_gone_for_the_tailor_too(group: Group, cast: Cast) -> None:
    await counted(group, "body", "body")
    order = await order_of(await to_payment(group))
    one = await rejoin(group, "Anak 1")
    assert "Bajunya sudah dipesan" in await one.read("hapus")
    await one.go(f"{one.own}/hapus")
    bodies = [
        body
        for maker, job in await makers_of(cast, order)
        for body in (await maker.get(f"/v1/jobs/{job}/measurements")).json()["bodies"]
    ]
    assert sorted((one["pseudonym"], one["erased"], bool(one["measures"])) for one in bodies) == [
        ("Nomor 1", True, False),
        ("Nomor 2", False, True),
    ]


class Undone(Exception):
    """What was done in a transaction was only to be looked at."""


async def test_when_the_order_is_accepted_names_and_measures_are_erased(group: Group) -> None:
    await counted(group, "body", "ukuran-M")
    order = await order_of(await to_payment(group))
    assert await tasks.erase_rosters() == 0
    with suppress(Undone):
        async with db.transaction() as session:
            for event in ("all_accepted", "first_cut", "all_packed", "last_dispatch", "last_delivered", "accept"):
                assert await move(session, ORDER, Order, event, Order.id == order.id)
            [over] = await queries.list_over(session)
            assert [await wearers.erase_over(session, roster_id=over) for _ in range(2)] == [True, False]
            rows = await queries.list_wearers(session, over)
            assert [(one.key, one.name, one.measures, one.figure) for one in rows] == [(None, b"", None, None)] * 2
            assert (await queries.get_roster_by_id(session, over)).title is None
            raise Undone


async def test_of_a_cancelled_order_whose_draft_is_gone_everybody_is_forgotten_and_the_links_are_dead(
    group: Group,
) -> None:
    await counted(group, "body", "ukuran-M")
    code = await to_payment(group)
    one = await rejoin(group, "Anak 1")
    answer = await group.shopper.desk.send(f"/pesanan/{code}/batalkan", on=f"/pesanan/{code}/batalkan")
    assert answer.status_code == 303, words_of(answer.text)
    assert await tasks.erase_rosters() == 0  # the same answers may be ordered once more
    await pass_time(days=31)
    await sweep()
    assert await count("SELECT count(*) FROM wearer WHERE key IS NOT NULL OR name <> '' OR measures IS NOT NULL") == 0
    assert await count("SELECT count(*) FROM roster WHERE title IS NOT NULL") == 0
    await one.read(status=404)
    assert (await group.member().desk.client.get(group.link)).status_code == 404


async def test_a_group_whose_order_was_cancelled_can_be_asked_and_ordered_again(group: Group) -> None:
    await counted(group)
    code = await to_payment(group)
    await group.shopper.desk.send(f"/pesanan/{code}/batalkan", on=f"/pesanan/{code}/batalkan")
    await reopen(group, places="30")
    await group.joined("Anak 3", "ukuran-S")
    assert (await group.act("lanjut")).status_code == 303
    assert (await group.shopper.row()).answers["sizes"] == {"M": 1, "L": 1, "S": 1}


async def test_whoever_was_forgotten_after_an_order_that_was_cancelled_is_not_ordered_for_again(group: Group) -> None:
    await counted(group, "ukuran-M", "ukuran-L", "body", "ukuran-S")
    code = await to_payment(group)
    for name in ("Anak 3", "Anak 4"):
        one = await rejoin(group, name)
        await one.go(f"{one.own}/hapus")
    await group.shopper.desk.send(f"/pesanan/{code}/batalkan", on=f"/pesanan/{code}/batalkan")
    assert "2 dari 30 sudah mengisi" in await group.read()
    assert (await group.act("lanjut")).status_code == 303
    answers = (await group.shopper.row()).answers
    assert (answers["sizes"], answers.get("bodies", 0)) == ({"M": 1, "L": 1}, 0)
    assert await count("SELECT count(*) FROM wearer WHERE removed_at IS NULL") == 2


async def test_the_place_of_whoever_was_forgotten_can_be_given_up_after_an_order_that_was_cancelled(
    group: Group,
) -> None:
    await counted(group, "ukuran-M", "ukuran-L", "ukuran-S")
    code = await to_payment(group)
    one = await rejoin(group, "Anak 3")
    await one.go(f"{one.own}/hapus")
    await group.shopper.desk.send(f"/pesanan/{code}/batalkan", on=f"/pesanan/{code}/batalkan")
    await reopen(group, places="2")
    assert "2 dari 2 sudah mengisi" in await group.read()


async def test_whoever_leaves_while_the_order_is_being_written_is_not_ordered_for(group: Group) -> None:
    await counted(group, "ukuran-M", "ukuran-L", "ukuran-S")
    await to_summary(group)
    one = await rejoin(group, "Anak 3")
    async with db.transaction() as session:
        wearer, roster = await queries.get_wearer(session, sealing.hash_of(one.own.rsplit("/", 1)[1]), lock=True)
        await wearers.leave(session, roster, wearer)
        ordering = asyncio.create_task(group.shopper.say("ringkasan"))
        async with asyncio.timeout(20):
            while not await met_by_a_lock():  # noqa: ASYNC110  # the database has no event for it
                await asyncio.sleep(0.02)
    answer = await ordering
    assert (answer.status_code, "Isian kelompok berubah" in answer.text) == (409, True)
    assert await count("SELECT count(*) FROM orders WHERE state = 'pending_payment'") == 0


async def test_with_a_draft_that_is_dropped_its_group_is_forgotten(group: Group) -> None:
    await group.begin()
    await group.joined("Citra", "body")
    await pass_time(days=29)
    await sweep()
    assert await count("SELECT count(*) FROM wearer WHERE key IS NOT NULL") == 1
    await pass_time(days=2)
    await sweep()
    assert await count("SELECT count(*) FROM draft") == 0
    assert await count("SELECT count(*) FROM wearer WHERE key IS NOT NULL") == 0
    assert await count("SELECT count(*) FROM roster WHERE state = 'erased' AND title IS NULL") == 1


async def test_a_cancelled_job_gives_its_bodies_to_the_next(group: Group, cast: Cast) -> None:
    await counted(group, "body", "body")
    order = await order_of(await to_payment(group))
    jobs = [job for _, job in await makers_of(cast, order)]
    held = "SELECT count(*) FROM wearer WHERE claim IS NOT NULL"
    assert await count(held) == 2
    async with db.transaction() as session:
        for job in jobs:
            await wearers.free_bodies(session, order_id=order.id, job_id=read("job", job))
    assert await count(held) == 0
    new = new_id()
    async with db.transaction() as session:
        for _ in range(2):  # asked twice, claimed once
            await wearers.claim_bodies(session, order_id=order.id, job_id=new, pieces=1)
    assert await count(held) == 1
    async with db.transaction() as session:
        [body] = await wearers.bodies_of(session, new)
    assert (body.place, dict(body.values or {})["chest"]) == (1, 960)


async def test_a_piece_for_a_body_costs_the_work_and_cloth_of_a_single_one(group: Group) -> None:
    await counted(group, "ukuran-M", "body")
    order = await order_of(await to_payment(group))
    async with db.transaction() as session:
        design, _ = await garments.get_with_chart(session, order.line.design_id)
    rules = settings().orders
    series, single = (
        configure(design, options=order.line.options, pieces=pieces, single=pieces == 1, settings=rules)
        for pieces in (2, 1)
    )
    assert order.line.standard_seconds == -(-(series.standard_seconds + single.standard_seconds) // 2)
    assert order.line.cloth_cm == -(-(series.cloth_cm + single.cloth_cm) // 2)


async def test_ordering_such_a_group_again_asks_for_the_sizes_again(group: Group) -> None:
    await counted(group, "ukuran-M", "body")
    order = await order_of(await to_payment(group))
    assert (repeated(order).sizes, repeated(order).bodies) == ({}, 0)


async def test_sizes_of_bodies_cannot_be_ordered_without_a_group(cast: Cast) -> None:
    actor = await cast.sign_in("0812-3456-7811")
    body = {
        "design": SHIRT,
        "sizes": {"badan": 3, "M": 2},
        "needed_by": str(await today() + timedelta(days=50)),
        "ship_to": {"recipient": "Ani", "street": "Jl. Cihampelas 12", "regency": "32.73"},
    }
    answer = await actor.post("/v1/orders", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/sizes/badan")
