"""One link for a group: from the link to the hands that sew, and what whoever arranges it may see and do."""

from sqlalchemy import select

from clothingline import worker
from clothingline.accounts.queries import contacts_of
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.production.models import Job
from clothingline.routing.models import Offer
from tests.cast import Actor, Cast
from tests.web.desk import words_of
from tests.web.shop.members import BODY, Group


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
