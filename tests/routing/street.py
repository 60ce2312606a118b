"""A small street of the trade in which everybody is signed in: a brand, suppliers with a lot each, certified makers.

Everything that a test does goes through HTTP; rows are read directly only to see what is set aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import worker
from clothingline.accounts.models import Account
from clothingline.accounts.service import open_account, open_session
from clothingline.brands.models import Brand, BrandWeek
from clothingline.garments.models import Design
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import advance_business_time, business_now, local_date
from clothingline.kit.events import Event
from clothingline.materials.models import Lot
from clothingline.routing.models import Offer
from clothingline.suppliers.models import Supplier
from clothingline.tailors.models import Tailor, TailorWeek
from tests import parties
from tests.cast import Actor

SIZES = {"M": 5, "L": 7}
SHIP_TO = {"recipient": "Rina Kartika", "street": "Jl. Cihampelas 12", "regency": parties.HOME}
Loads = dict[tuple[str, str], tuple[int, ...]]


@dataclass
class Street:
    """Who is there, and what they can do."""

    client: httpx.AsyncClient
    provider: FakeProvider
    rina: Actor
    admin: Actor
    brand: Brand
    design: Design
    suppliers: list[Supplier]
    lots: list[Lot]
    tailors: list[Tailor]
    people: dict[UUID, Actor] = field(default_factory=dict)

    @property
    def dewi(self) -> Actor:
        """Owner of the brand."""
        return self.people[self.brand.id]

    async def wish(self, **given: Any) -> dict[str, Any]:
        """A valid order of twelve shirts for in fifty days."""
        day = (await today()) + timedelta(days=50)
        return {"design": self.design.slug, "sizes": SIZES, "needed_by": day.isoformat(), "ship_to": SHIP_TO} | given

    async def draft(self, **given: Any) -> str:
        """An order of Rina's."""
        made = await self.rina.post("/v1/orders", await self.wish(**given))
        return str(succeeded(made, 201)["id"])

    async def quote(self, order: str) -> dict[str, Any]:
        """A price and plans for it."""
        return succeeded(await self.rina.post(f"/v1/orders/{order}/quotes"), 201)

    async def quoted(self, **given: Any) -> tuple[str, dict[str, Any]]:
        """An order with its quote."""
        order = await self.draft(**given)
        return order, await self.quote(order)

    async def checked_out(self, **given: Any) -> str:
        """An order that waits for its money."""
        order, quote = await self.quoted(**given)
        succeeded(await self.rina.post(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]}), 201)
        await settle()
        return order

    async def pay(self, order: str) -> None:
        """Pay the newest instalment on the provider's page."""
        page = (await self.rina.get(f"/v1/payments?order={order}")).json()["data"]
        await self.provider.pay(page[0]["pay_url"].rsplit("/", 1)[1])
        await settle()

    async def placed(self, **given: Any) -> str:
        """A paid order whose parties are being asked."""
        order = await self.checked_out(**given)
        await self.pay(order)
        assert await self.status(order) == "placed"
        return order

    async def confirmed(self, **given: Any) -> str:
        """An order to which everybody has said yes, past the undo."""
        order = await self.placed(**given)
        await self.accept_all(order)
        await pass_time(minutes=11)
        return order

    async def order(self, order: str) -> dict[str, Any]:
        """The order as Rina sees it."""
        return succeeded(await self.rina.get(f"/v1/orders/{order}"))

    async def status(self, order: str) -> str:
        """Stage of an order."""
        return str((await self.order(order))["status"])

    async def offers(self, order: str, *, kind: str | None = None, live: bool = True) -> list[dict[str, Any]]:
        """Its offers, oldest first; `live` leaves those out that are over."""
        found = succeeded(await self.admin.get(f"/v1/offers?order={order}&limit=100"))["data"]
        states = ("sent", "seen", "accepted") if live else None
        return [
            one
            for one in reversed(found)
            if (kind is None or one["kind"] == kind) and (states is None or one["status"] in states)
        ]

    def party(self, offer: dict[str, Any]) -> Actor:
        """Who answers an offer."""
        return self.people[ids.read("org", offer["organisation"])]

    async def accept(self, offer: dict[str, Any]) -> httpx.Response:
        """The party says yes."""
        return await self.party(offer).post(f"/v1/offers/{offer['id']}/acceptance")

    async def undo(self, offer: dict[str, Any]) -> httpx.Response:
        """The party takes its yes back."""
        return await self.party(offer).call("DELETE", f"/v1/offers/{offer['id']}/acceptance")

    async def decline(self, offer: dict[str, Any]) -> httpx.Response:
        """The party says no."""
        return await self.party(offer).post(f"/v1/offers/{offer['id']}/decline", {"reason": "Sedang penuh"})

    async def extend(self, offer: dict[str, Any]) -> httpx.Response:
        """The party asks for more time."""
        return await self.party(offer).post(f"/v1/offers/{offer['id']}/extension")

    async def accept_all(self, order: str) -> None:
        """Everybody who has not answered yet says yes."""
        for offer in await self.offers(order):
            if offer["status"] != "accepted":
                succeeded(await self.accept(offer), 201)
        await settle()


def succeeded(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    """The body of an answer that must have this status."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


def refusal(answer: httpx.Response, status: int = 409) -> str:
    """The code of an answer that must be a problem document with this status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["code"])


async def open_street(
    client: httpx.AsyncClient,
    provider: FakeProvider,
    *,
    makers: int = 3,
    lots: int = 2,
    brand: dict[str, Any] | None = None,
    design: dict[str, Any] | None = None,
    lot: dict[str, Any] | None = None,
    tailor: dict[str, Any] | None = None,
) -> Street:
    """Build the street. The first maker and the first lot are the cheapest, so that the engine takes them first."""
    async with db.transaction() as session:
        house = await parties.make_brand(session, **(brand or {}))
        suppliers = [await parties.make_supplier(session, name=f"Toko {number}") for number in range(lots)]
        cloth = [
            await parties.make_lot(session, one.id, **({"price_idr": 40_000 + 1_000 * number} | (lot or {})))
            for number, one in enumerate(suppliers)
        ]
        tailors = [await _maker(session, number, tailor or {}) for number in range(makers)]
        kind = await parties.make_design(session, house.id, **(design or {}))
        rina = await signed_in(session, client, Role.CONSUMER)
        admin = await signed_in(session, client, Role.ADMIN)
        people = {house.id: await signed_in(session, client, Role.BRAND_OWNER, house.id)}
        for role, group in ((Role.SUPPLIER, suppliers), (Role.TAILOR, tailors)):
            for party in group:
                people[party.id] = await signed_in(session, client, role, party.id)
    return Street(client, provider, rina, admin, house, kind, suppliers, cloth, tailors, people)


async def _maker(session: AsyncSession, number: int, given: dict[str, Any]) -> Tailor:
    tailor = await parties.make_tailor(session, name=f"Penjahit {number}", **({"rate_idr": 700 + 20 * number} | given))
    await parties.make_certificate(session, tailor.id)
    return tailor


async def signed_in(
    session: AsyncSession, client: httpx.AsyncClient, role: Role, organisation: UUID | None = None
) -> Actor:
    """Somebody with this role and a token, in one transaction with the rows around them."""
    phone = f"+62812{uuid4().int % 10**8:08d}"
    account = await open_account(
        session, phone=phone, name="Rina Kartika", memberships=[Membership(role, organisation)]
    )
    return await token_of(session, client, account)


async def token_of(session: AsyncSession, client: httpx.AsyncClient, account: Account) -> Actor:
    """Sign an account in; the token is good for a year."""
    _, token = await open_session(session, account=account, device="HP", now=datetime.now(UTC), days=365)
    return Actor(client, token, ids.show("acc", account.id))


async def settle() -> None:
    """Run every job that is due, and every sweep, until nothing moves any more."""
    await worker.drain()
    while await worker.sweep():
        await worker.drain()


async def pass_time(**step: float) -> None:
    """Move business time forward and let everything that is now due happen."""
    await move_clock(**step)
    await settle()


async def move_clock(**step: float) -> None:
    """Move business time forward; nothing else happens."""
    async with db.transaction() as session:
        await advance_business_time(session, by=timedelta(**step))


async def now() -> datetime:
    """Business time."""
    async with db.transaction() as session:
        return await business_now(session)


async def today() -> date:
    """The calendar day of business time."""
    return local_date(await now())


async def time_left(offer: dict[str, Any]) -> float:
    """Seconds until an offer ends."""
    return (datetime.fromisoformat(offer["answer_by"]) - await now()).total_seconds()


async def loads() -> Loads:
    """What is set aside anywhere: (held, booked) of weeks, (held, reserved, used) of lots; zeros left out."""
    async with db.transaction() as session:
        found: Loads = {}
        for row in await session.scalars(select(TailorWeek)):
            found[str(row.tailor_id), row.monday.isoformat()] = (row.held, row.booked)
        for week in await session.scalars(select(BrandWeek)):
            found[str(week.brand_id), week.monday.isoformat()] = (week.held, week.booked)
        for lot in await session.scalars(select(Lot)):
            found[str(lot.id), "cm"] = (lot.held_cm, lot.reserved_cm, lot.used_cm)
    return {key: amounts for key, amounts in found.items() if any(amounts)}


async def seconds_of(party: UUID) -> tuple[int, int]:
    """Seconds of a maker that are held and booked, over all its weeks; near a holiday they lie in several."""
    mine = [amounts for (name, _), amounts in (await loads()).items() if name == str(party)]
    return sum(held for held, *_ in mine), sum(booked for _, booked, *_ in mine)


async def events(*names: str) -> list[str]:
    """Names of what has happened, oldest first; only these when any are given."""
    async with db.transaction() as session:
        rows = await session.scalars(select(Event.name).order_by(Event.seq))
        return [name for name in rows if not names or name in names]


async def count(sql: str, **values: Any) -> int:
    """The one number that a statement answers."""
    async with db.transaction() as session:
        return int((await session.execute(text(sql), values)).scalar_one())


async def stored_offer(offer: dict[str, Any]) -> Offer:
    """The row of an offer."""
    async with db.transaction() as session:
        return await session.get_one(Offer, ids.read("off", offer["id"]))


def parts(plan: dict[str, Any]) -> int:
    """Sum of the parts of a plan's price."""
    return sum(part["amount"]["amount"] for part in plan["breakdown"])


def tailors_in(offers: Sequence[dict[str, Any]]) -> list[str]:
    """Organisations of the makers among offers."""
    return [one["organisation"] for one in offers if one["kind"] == "tailor"]
