"""A group on its way: counted, ordered, sewn for, swept away."""

from sqlalchemy import select

from clothingline import worker
from clothingline.accounts.queries import contacts_of
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.orders import queries as orders
from clothingline.orders import tasks as order_tasks
from clothingline.orders.models import Order
from clothingline.production.models import Job
from clothingline.routing.models import Offer
from clothingline.wearers import sealing, tasks
from clothingline.wearers.models import Wearer
from tests.cast import Actor, Cast
from tests.web.desk import words_of
from tests.web.shop.members import Group, Member


async def to_summary(group: Group) -> None:
    """From the counted group to the summary."""
    shopper = group.shopper
    for question in ("anggaran", "tanggal"):
        await shopper.go(question, **shopper.said[question])
    await shopper.choose()
    await shopper.sign_in()
    assert await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong") == "ringkasan"


async def to_payment(group: Group) -> str:
    """From the counted group to a paid order; its code."""
    await to_summary(group)
    shopper = group.shopper
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


async def counted(group: Group, *sizes: str) -> None:
    """A group of which so many have said a size, and which was counted."""
    await group.begin()
    for number, size in enumerate(sizes or ("ukuran-M", "ukuran-L")):
        await group.joined(f"Anak {number + 1}", size)
    assert (await group.act("lanjut")).status_code == 303


async def reopen(group: Group, places: str) -> None:
    """Press the button that opens the link (again)."""
    ends = (await group.raw()).split('name="ends"')[1].split('value="')[1][:10]
    answer = await group.act("atur", places=places, ends=ends)
    assert answer.status_code == 303, words_of(answer.text)


async def rejoin(group: Group, name: str) -> Member:
    """Somebody's own link, by the name."""
    async with db.transaction() as session:
        rows = (await session.scalars(select(Wearer).where(Wearer.key.is_not(None)))).all()
    [found] = [one for one in rows if sealing.name_of(one) == name]
    return Member(group.link, group.member().desk, f"/k/saya/{sealing.word_of(found.id)}")


async def sweep() -> None:
    """What the worker does of itself."""
    await order_tasks.drop_stale_drafts()
    await tasks.erase_rosters()
