"""Two parallel worlds in one database: consumer, brand, maker and cloth seller A, and the same again as B.

Built once on the seeded pilot by the story of the demo, through the API.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from rich.console import Console
from sqlalchemy import select, update

from clothingline.accounts import service as accounts
from clothingline.accounts.models import Account, RoleHeld
from clothingline.accounts.queries import find_account
from clothingline.accounts.secrets import phone_number
from clothingline.app import create_app
from clothingline.cli.demo import making, story
from clothingline.cli.demo.outside import by_hand
from clothingline.cli.demo.stage import Actor, Stage
from clothingline.cli.demo.telling import Teller
from clothingline.integrations import messaging, payments
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db, ids
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import business_now, business_time, local_date
from clothingline.kit.db.embedded import Server
from clothingline.materials.models import Lot
from clothingline.orders.models import Order
from clothingline.pilot import cast
from clothingline.settings import Settings
from tests.api.two_worlds_joining import apply_as
from tests.api.two_worlds_money import pay_out, take_back
from tests.api.two_worlds_rows import ROWS
from tests.api.two_worlds_wishes import (
    CLAIM,
    CORRECTION,
    DAY_OFF,
    DESIGN,
    EXEMPT,
    LOT,
    REVIEW,
    SHIRTS,
    TAX_NUMBER,
    YEAR,
)
from tests.conftest import HOME, ROOT
from tests.templates import filled_once

URL = "http://clothingline.test"
DISABLED = "0812-0000-9099"


@pytest.fixture(scope="session")
def worlds(server: Server, pilot_template: str) -> str:
    """Name of a database with both worlds; made once for all workers, again when the package or this file changes."""
    name = f"worlds_{_fingerprint(pilot_template)}"
    filled_once(server, name, _play, template=pilot_template, kept=1)
    return name


def _fingerprint(pilot_template: str) -> str:
    digest = hashlib.sha256(f"{pilot_template} {local_date(datetime.now(UTC))}".encode())
    for path in (*sorted((ROOT / "src").rglob("*.py")), *sorted(Path(__file__).parent.glob("two_worlds*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


async def _play(url: str) -> None:
    used = db.use(db.Database(url, db.Limits(role="clothingline_app", pool_size=4)))
    messenger = messaging.ConsoleMessenger(quiet=True)
    messaging.use(messenger)
    app = create_app(Settings(environment="test", home=HOME))
    transport = httpx.ASGITransport(app)
    with TemporaryDirectory() as folder:
        notices = post_to(f"{URL}/v1/payment-notices", transport)
        provider = FakeProvider(notices, pages_url="http://bayar.test", path=Path(folder) / "books.db")
        payments.use(provider)
        provider.books.top_up(100_000_000)

        async with httpx.AsyncClient(transport=transport, base_url=URL, timeout=60) as http:
            await _tell(Stage(http, messenger, Teller(Console(file=io.StringIO())), by_hand(provider)))
    await _close_accounts()
    await used.close()


async def _tell(stage: Stage) -> None:
    admin = await stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
    await stage.learn_phones(admin)
    rina = await stage.sign_in(cast.RINA.phone, cast.RINA.name)
    bayu = await stage.sign_in(cast.COORDINATOR.phone, cast.COORDINATOR.name)
    kebaya = {"design": "kebaya-encim-brokat", "options": {"bordir": "lengan"}}
    bodies = [await _measure(stage, one) for one in (rina, bayu)]
    delivered = await _bought(stage, rina, {**kebaya, "measurement_set": bodies[0]}, days=60)
    sewn = await _bought(stage, bayu, SHIRTS, days=60)
    busy: set[str] = set()
    for order, consumer in ((delivered, rina), (sewn, bayu)):
        await making.answer_offers(stage, admin, order, _refuse_in(busy))
        busy |= {offer["organisation"] for offer in await _offers(stage, order)}
        await making.confirm(stage, consumer, order)
        brand = await stage.member_of((await consumer.get(f"/v1/orders/{order}"))["brand"])
        await making.cut(stage, brand, order)
        await _sew(stage, admin, brand, order, finish=order == delivered)
        await _write_things(stage, brand, order)
    await making.send(stage, await _brand_of(stage, rina, delivered), rina, delivered)
    await rina.do(f"/v1/orders/{delivered}/reviews", REVIEW)
    await _bought(stage, rina, {**kebaya, "measurement_set": bodies[0]}, days=90)
    await _bought(stage, bayu, SHIRTS, days=90)
    for consumer in (rina, bayu):
        await take_back(stage, admin, consumer)
        await _wish(stage, consumer, SHIRTS, days=80)
    await admin.do("/v1/reconciliations")
    await stage.settle()


def _refuse_in(busy: set[str]) -> Callable[[dict[str, Any], int], str | None]:
    """Nobody of world A works in world B."""
    return lambda offer, _number: "decline" if offer["organisation"] in busy else None


async def _measure(stage: Stage, consumer: Actor) -> str:
    """A body with its measures, and another person who was measured and erased."""
    body = await story._measure(stage, consumer)
    erased = await story._measure(stage, consumer)
    people = (await consumer.get("/v1/people"))["data"]
    for person in people:
        sets = (await consumer.get(f"/v1/people/{person['id']}/measurement-sets"))["data"]
        if erased in [one["id"] for one in sets]:
            await consumer.ask("DELETE", f"/v1/people/{person['id']}")
    return body


async def _wish(stage: Stage, consumer: Actor, wish: Mapping[str, object], *, days: int) -> str:
    body = {**wish, "needed_by": await story._in(stage, days), "ship_to": story.BANDUNG}
    return str((await consumer.do("/v1/orders", body))["id"])


async def _bought(stage: Stage, consumer: Actor, wish: Mapping[str, object], *, days: int) -> str:
    order = await _wish(stage, consumer, wish, days=days)
    quote = await consumer.do(f"/v1/orders/{order}/quotes")
    await stage.settle()
    await consumer.do(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]})
    await stage.settle()
    [first] = (await consumer.get("/v1/payments", order=order))["data"]
    await stage.pay(consumer, order, first["instalment"])
    return order


async def _brand_of(stage: Stage, consumer: Actor, order: str) -> Actor:
    return await stage.member_of((await consumer.get(f"/v1/orders/{order}"))["brand"])


async def _sew(stage: Stage, admin: Actor, brand: Actor, order: str, *, finish: bool) -> None:
    """To the hand-over, or only to a planned inspection."""
    if finish:
        await making.sew(stage, admin, brand, order)
        return
    await stage.pass_time(days=3)
    for job in await making.jobs_of(admin, order):
        maker = await stage.member_of(job["tailor"])
        path = f"/v1/jobs/{job['id']}"
        await maker.do(f"{path}/kit-receipt", {"pieces": job["pieces"]})
        await maker.do(f"{path}/start")
        photo = await making._photograph(maker, path)
        await maker.do(f"{path}/submission", {"good": job["pieces"], "faulty": 0, "photos": [photo]})
        await brand.do(f"{path}/inspections", {"level": "II"})


async def _write_things(stage: Stage, brand: Actor, order: str) -> None:
    """What the order leaves untouched: hidden designs, a withdrawn lot, a day off, a certificate to decide."""
    for name in ("Rancangan", "Ditarik"):
        design = await brand.do("/v1/designs", {**DESIGN, "name": f"{name} {order[-4:]}"})
        if name == "Ditarik":
            await brand.do(f"/v1/designs/{design['id']}/publication")
            await brand.ask("DELETE", f"/v1/designs/{design['id']}/publication")
    parties = {offer["kind"]: offer["organisation"] for offer in await _offers(stage, order)}
    seller = await stage.member_of(parties["supplier"])
    lot = await seller.do("/v1/lots", LOT | {"code": f"UJI-{order[-6:].upper()}"})
    async with db.transaction() as session:
        await session.execute(update(Lot).where(Lot.code == lot["code"]).values(withdrawn_at=business_time()))
    maker = await stage.member_of(parties["tailor"])
    workshop = parties["tailor"].replace("org_", "tlr_")
    await maker.do(f"/v1/tailors/{workshop}/days-off", {"day": DAY_OFF, "reason": "Mudik"})
    await apply_as(ids.read("org", parties["tailor"]))
    claim = {**CLAIM, "number": f"14111 7531 {int.from_bytes(order[-3:].encode()) % 10**7:07d} {YEAR - 1}"}
    await maker.do("/v1/certificates", claim)
    second = await stage.sign_in(cast.SECOND_ADMIN.phone, cast.SECOND_ADMIN.name)
    await second.do("/v1/corrections", CORRECTION)
    owner = await _owner(stage, order)
    for party in (maker, seller, owner):
        await party.do("/v1/tax-profiles", TAX_NUMBER)
        await party.do("/v1/tax-declarations", EXEMPT)
    for party in (seller, owner):
        await _listen(party)
    for party, organisation, amount in (
        (maker, parties["tailor"], 150_000),
        (owner, parties["brand"], 12_000_000),
        (seller, parties["supplier"], 0),
    ):
        await pay_out(stage, party, order, organisation, amount)


async def _owner(stage: Stage, order: str) -> Actor:
    """Who owns the brand of an order; its staff may not do everything."""
    query = (
        select(Account.phone)
        .join(RoleHeld, RoleHeld.account_id == Account.id)
        .join(Order, Order.brand_id == RoleHeld.organisation_id)
        .where(Order.id == ids.read("ord", order), RoleHeld.role == Role.BRAND_OWNER.value)
    )
    async with db.transaction() as session:
        phone = (await session.execute(query)).scalars().one()
    return await stage.sign_in(phone, phone)


async def _listen(party: Actor) -> None:
    """Two endpoints for webhooks, the older one deleted; a ping was on its way to each."""
    for name in ("lama", "baru"):
        endpoint = await party.do("/v1/webhook-endpoints", {"url": f"https://{name}.busana.id/", "events": ["*"]})
        await party.do(f"/v1/webhook-endpoints/{endpoint['id']}/pings")
        if name == "lama":
            await party.ask("DELETE", f"/v1/webhook-endpoints/{endpoint['id']}")


async def _offers(stage: Stage, order: str) -> list[dict[str, str]]:
    admin = await stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
    page = await admin.get("/v1/offers", order=order, limit=100)
    return [offer for offer in page["data"] if offer["status"] == "accepted"]


async def _close_accounts() -> None:
    """An officer whose account is disabled; the token is made by `open_sessions`."""
    async with db.transaction() as session:
        await accounts.open_account(
            session, phone=phone_number(DISABLED), name="Mantan Petugas", memberships=[Membership(Role.ADMIN)]
        )


async def open_session(phone: str) -> tuple[UUID, UUID, str]:
    """(account, session, token) of a new device of somebody."""
    async with db.transaction() as session:
        account = await find_account(session, phone_number(phone))
        assert account is not None, phone
        now = await business_now(session)
        row, token = await accounts.open_session(session, account=account, device="uji", now=now, days=30)
        return account.id, row.id, token


def rows_of(connection: psycopg.Connection) -> Iterator[tuple[str, UUID, frozenset[UUID]]]:
    """(prefix, id, whose) of every row of both worlds."""
    for prefix, query in ROWS.items():
        for row_id, parties in connection.execute(query).fetchall():
            yield prefix, row_id, frozenset(party for party in parties if party)
