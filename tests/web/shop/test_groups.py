"""One link for a group: from the link to the hands that sew, and what whoever arranges it may see and do."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from clothingline import worker
from clothingline.accounts.queries import contacts_of
from clothingline.garments import queries as garments
from clothingline.garments.configuring import configure
from clothingline.kit import db
from clothingline.kit.ids import new_id, read, show
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders import tasks as order_tasks
from clothingline.orders.models import ORDER, Order
from clothingline.production.models import Job
from clothingline.routing.models import Offer
from clothingline.settings import settings
from clothingline.shop.known import repeated
from clothingline.wearers import queries, sealing, tasks
from clothingline.wearers import service as wearers
from clothingline.wearers.models import Wearer
from tests.cast import Actor, Cast
from tests.routing.street import count, pass_time, today
from tests.web.desk import Desk, words_of
from tests.web.shop.members import BODY, Group, Member
from tests.web.shop.shopper import SHIRT


async def to_payment(group: Group) -> str:
    """From the counted group to a paid order; its code."""
    shopper = group.shopper
    for question in ("anggaran", "tanggal"):
        await shopper.go(question, **shopper.said[question])
    await shopper.choose()
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    answer = await shopper.say("ringkasan")
    code = answer.headers["location"].split("/")[2]
    await shopper.pay(code)
    return code


async def order_of(code: str) -> Order:
    """The order with its line."""
    async with db.transaction() as session:
        found = (await session.scalars(select(Order.id).where(Order.code == code))).one()
        return await orders.get_order_by_id(session, found)


async def makers_of(cast: Cast, order: Order) -> list[tuple[Actor, str]]:
    """Everybody who is asked to sew, having said yes, with the id of the job."""
    async with db.transaction() as session:
        asked = select(Offer).where(Offer.order_id == order.id, Offer.kind == "tailor", Offer.state == "sent")
        people = [(one, (await contacts_of(session, one.organisation_id))[0]) for one in await session.scalars(asked)]
    makers = [(await cast.sign_in(person.phone), show("off", offer.id)) for offer, person in people]
    for maker, offer in makers:
        answer = await maker.post(f"/v1/offers/{offer}/acceptance")
        assert answer.status_code < 300, answer.text
    await worker.drain()
    async with db.transaction() as session:
        jobs = {
            show("off", job.offer_id): show("job", job.id)
            for job in await session.scalars(select(Job).where(Job.order_id == order.id))
        }
    return [(maker, jobs[offer]) for maker, offer in makers]


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


async def test_who_arranges_it_sees_sizes_and_completeness_and_no_number_of_a_body(group: Group) -> None:
    await group.begin()
    await group.joined("Budi", "ukuran-L")
    await group.joined("Citra", "body")
    await group.joined("Dodi", "bingung")
    late = group.member()
    await late.enter("Eka")
    page = await group.raw()
    words = words_of(page)
    assert "2 dari 30 sudah mengisi" in words
    for said in ("Budi 1 L", "Citra 2 ukuran badan, lengkap", "Dodi 3 tidak yakin", "Eka 4 belum memilih"):
        assert said in words, said
    assert "26 orang belum membuka tautan" in words
    for value in ("96 cm", "960", "84 cm", "840"):
        assert value not in page.split("<h1>")[1], value


async def counted(group: Group, *sizes: str) -> None:
    """A group of which so many have said a size, and which was counted."""
    await group.begin()
    for number, size in enumerate(sizes or ("ukuran-M", "ukuran-L")):
        await group.joined(f"Anak {number + 1}", size)
    assert (await group.act("lanjut")).status_code == 303


async def test_a_wrong_size_is_put_right_and_body_measures_go_with_it(group: Group) -> None:
    await group.begin()
    await group.joined("Citra", "body")
    answer = await group.shopper.desk.send(f"{group.home}/1", on=f"{group.home}/1", size="XL")
    assert answer.headers["location"] == group.home
    assert "Citra 1 XL" in await group.read()
    assert await count("SELECT count(*) FROM wearer WHERE measures IS NOT NULL") == 0
    refused = await group.shopper.desk.send(f"{group.home}/1", on=f"{group.home}/1", size="XXXS")
    assert (refused.status_code, 'href="#f-size"' in refused.text) == (422, True)


async def test_an_entry_that_does_not_belong_is_taken_out_and_its_link_is_dead(group: Group) -> None:
    await group.begin()
    one = await group.joined("Iseng")
    answer = await group.shopper.desk.send(f"{group.home}/1/hapus", on=f"{group.home}/1")
    assert answer.headers["location"] == group.home
    assert "Belum ada yang mengisi." in await group.read()
    await one.read(status=404)
    assert (await group.shopper.desk.client.get(f"{group.home}/1")).status_code == 404


async def test_a_link_that_was_closed_takes_nothing_until_it_is_opened_again(group: Group) -> None:
    await group.begin()
    one = await group.joined("Budi")
    await group.act("tutup")
    assert "Ditutup" in await group.read()
    assert (await group.member().desk.client.get(group.link)).status_code == 410
    assert "Pengisian sudah ditutup" in await one.read()
    await reopen(group, places="40")
    await group.joined("Citra", "ukuran-S")
    assert "2 dari 40 sudah mengisi" in await group.read()


async def reopen(group: Group, places: str) -> None:
    """Press the button that opens the link (again)."""
    ends = (await group.raw()).split('name="ends"')[1].split('value="')[1][:10]
    answer = await group.act("atur", places=places, ends=ends)
    assert answer.status_code == 303, words_of(answer.text)


async def test_a_group_has_a_sensible_number_of_places_and_a_last_day_that_is_near(group: Group) -> None:
    await group.begin()
    now = await today()
    await group.joined("Ani")
    await group.joined("Budi")
    await group.joined("Citra")
    for places, ends, field in (
        ("2", now + timedelta(days=3), "places"),
        ("501", now + timedelta(days=3), "places"),
        ("tiga", now + timedelta(days=3), "places"),
        ("30", now - timedelta(days=1), "ends"),
        ("30", now + timedelta(days=30), "ends"),
        ("30", "besok", "ends"),
    ):
        answer = await group.act("atur", places=places, ends=str(ends))
        assert answer.status_code == 422, (places, ends)
        assert f'href="#f-{field}"' in answer.text
        assert f'id="f-{field}"' in answer.text


async def test_a_group_of_one_is_told_how_many_it_takes(group: Group) -> None:
    await group.begin()
    await group.joined("Budi")
    answer = await group.act("lanjut")
    assert answer.status_code == 422
    assert "Baru 1 orang yang ukurannya lengkap" in words_of(answer.text)


async def test_going_on_closes_the_link_and_opening_it_again_counts_anew(group: Group) -> None:
    await counted(group)
    answers = (await group.shopper.row()).answers
    assert (answers["sizes"], answers["amount"], answers["way"]) == ({"M": 1, "L": 1}, "few", "group")
    assert (await group.member().desk.client.get(group.link)).status_code == 410
    await reopen(group, places="30")
    assert "sizes" not in (await group.shopper.row()).answers
    led = await group.shopper.desk.client.get(group.shopper.at("anggaran"))
    assert led.headers["location"] == group.shopper.at("cara-ukur")


async def test_twelve_of_a_group_are_a_run(group: Group) -> None:
    await counted(group, *["ukuran-M"] * 12)
    assert (await group.shopper.row()).answers["amount"] == "many"


async def test_the_summary_names_the_sizes_and_leads_back_to_the_group(group: Group) -> None:
    await counted(group, "ukuran-M", "body")
    shopper = group.shopper
    for question in ("anggaran", "tanggal"):
        await shopper.go(question, **shopper.said[question])
    await shopper.choose()
    await shopper.sign_in()
    assert await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong") == "ringkasan"
    assert "M × 1, ukuran badan × 1" in await shopper.read("ringkasan")
    assert f'href="{group.home}"' in await shopper.desk.page(shopper.at("ringkasan"))


async def test_whoever_leaves_after_the_count_is_not_ordered_for(group: Group) -> None:
    await counted(group, "ukuran-M", "ukuran-L", "body")
    one = await rejoin(group, "Anak 3")
    shopper = group.shopper
    for question in ("anggaran", "tanggal"):
        await shopper.go(question, **shopper.said[question])
    await shopper.choose()
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    await one.go(f"{one.own}/hapus")
    answer = await shopper.say("ringkasan")
    assert answer.headers["location"] == group.home
    assert await count("SELECT count(*) FROM orders") == 0
    assert "Isian kelompok berubah sejak dihitung" in await group.read()


async def rejoin(group: Group, name: str) -> Member:
    """Somebody's own link, by the name."""
    async with db.transaction() as session:
        rows = (await session.scalars(select(Wearer).where(Wearer.key.is_not(None)))).all()
    [found] = [one for one in rows if sealing.name_of(one) == name]
    return Member(group.link, group.member().desk, f"/k/saya/{sealing.word_of(found.id)}")


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


async def sweep() -> None:
    """What the worker does of itself."""
    await order_tasks.drop_stale_drafts()
    await tasks.erase_rosters()


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


async def test_a_group_of_another_is_missing(group: Group, stranger: Desk) -> None:
    await counted(group)
    for question in ("anggaran", "tanggal"):
        await group.shopper.go(question, **group.shopper.said[question])
    await group.shopper.choose()
    await group.shopper.sign_in()
    for page in (group.home, f"{group.home}/1"):
        assert (await stranger.client.get(page)).status_code == 404
        assert (await stranger.client.get(page.replace(group.shopper.word, "a" * 22))).status_code == 404
    for act in ("", "/atur", "/tutup", "/lanjut", "/1", "/1/hapus"):
        data = {"kunci": uuid4().hex, "places": "5", "ends": str(await today()), "size": "S"}
        assert (await stranger.client.post(group.home + act, data=data)).status_code == 404, act
    assert (await group.shopper.desk.client.get(f"{group.home}/9")).status_code == 404
    assert await count("SELECT count(*) FROM wearer WHERE size = 'S' OR removed_at IS NOT NULL") == 0


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
