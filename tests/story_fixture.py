"""A template with the pilot and five orders in it, each at another stage, for every test that asks.

    from tests.pilot_fixture import pilot_template
    from tests.story_fixture import database_name, story_template

One kebaya is made, sent, paid and reviewed by everybody; twelve shirts are being sewn; the offers of twelve more are
unanswered; one order is quoted and one is a draft; somebody unknown is on the way to one more, and somebody else with a
group. Every account has a device whose token is `token_of(account)`.
"""

import atexit
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from rich.console import Console
from sqlalchemy import select

from clothingline.accounts.models import Account, DeviceSession
from clothingline.accounts.secrets import token_hash
from clothingline.app import create_app
from clothingline.cli.demo import making, story
from clothingline.cli.demo.outside import by_hand
from clothingline.cli.demo.stage import Actor, Stage
from clothingline.cli.demo.telling import Teller
from clothingline.garments.models import Design
from clothingline.integrations import messaging, payments
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import new_id
from clothingline.orders.service import begin_draft, hash_of, keep_answers
from clothingline.pilot import cast
from clothingline.settings import Settings
from clothingline.shop.answers import Answers
from clothingline.wearers import sealing
from clothingline.wearers.models import Roster, Wearer
from tests.clones import Clones
from tests.conftest import HOME, ROOT
from tests.templates import filled_once

KEPT = 4
API = "http://clothingline.test"
DRAFT, DRAFTED = "contoh-draf-tanpa-pemili", "kebaya-encim-brokat"
"""The word in the link of the draft, and its design."""
GROUP_DRAFT, GROUPED = "contoh-kelompok-pesanan", "kemeja-formal-lengan-panjang"
"""The word in the link of a draft for a group, and its design."""
ROSTER, WEARER = UUID("01900000-0000-7000-8000-000000000001"), UUID("01900000-0000-7000-8000-000000000002")
"""The group's roster, and one of its members, whose words follow from these ids (`wearers.sealing.word_of`)."""
SHIRTS = {"design": "kemeja-batik-lengan-panjang", "sizes": {"M": 5, "L": 7}}


@pytest.fixture(scope="session")
def story_template(server: Server, pilot_template: str) -> str:
    """Name of a clone of the pilot in which the orders have been played; made once for all workers."""
    name = f"story_{_fingerprint(pilot_template)}"
    filled_once(server, name, _play, template=pilot_template, kept=KEPT)
    return name


def _fingerprint(pilot_template: str) -> str:
    digest = hashlib.sha256(pilot_template.encode())
    for path in sorted((ROOT / "src").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


async def _play(url: str) -> None:
    used = db.use(db.Database(url, db.Limits(role="clothingline_app", pool_size=4)))
    app = create_app(Settings(environment="test", home=HOME))
    # Of its own: the books of an earlier story may still be open in another process.
    books = Path(tempfile.mkdtemp(dir=HOME)) / "books.db"
    atexit.register(shutil.rmtree, books.parent, ignore_errors=True)  # later tests of this process may ask it too
    inside = httpx.ASGITransport(app)
    provider = FakeProvider(post_to(f"{API}/v1/payment-notices", inside), pages_url="http://bayar.test", path=books)
    payments.use(provider)

    async with httpx.AsyncClient(transport=inside, base_url=API) as http:
        messenger = messaging.ConsoleMessenger(quiet=True)
        messaging.use(messenger)
        await _tell(Stage(http, messenger, Teller(Console(file=io.StringIO())), by_hand(provider)))
    await _give_devices()
    await _begin_draft()
    await _begin_group()
    await used.close()


async def _tell(stage: Stage) -> None:
    admin = await stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
    await stage.learn_phones(admin)
    await stage.learn_names(admin)
    await story.kebaya(stage, admin)
    await _review(stage, admin)
    bayu = await stage.sign_in(cast.COORDINATOR.phone, cast.COORDINATOR.name)
    sewn = await _paid(stage, bayu)
    await making.answer_offers(stage, admin, sewn, lambda _offer, _number: None)
    await making.confirm(stage, bayu, sewn)
    await making.cut(stage, await stage.member_of((await bayu.get(f"/v1/orders/{sewn}"))["brand"]), sewn)
    await _paid(stage, bayu)
    quoted = await _order(stage, bayu)
    await bayu.do(f"/v1/orders/{quoted}/quotes")
    await _order(stage, bayu)


async def _review(stage: Stage, admin: Actor) -> None:
    """The kebaya was a little tight; its makers speak of Rina too, so that everybody reads it."""
    rina = await stage.sign_in(cast.RINA.phone, cast.RINA.name)
    [order] = (await rina.get("/v1/orders"))["data"]
    fit = {"chest": "tight", "waist": "right", "shoulder": "right", "sleeve": "right", "length": "right"}
    said = {"fit": fit, "neatness": 5, "on_time": True, "words": "Bordirnya halus sekali."}
    await rina.do(f"/v1/orders/{order['id']}/reviews", said)
    brand = await stage.member_of(order["brand"])
    await brand.do(f"/v1/orders/{order['id']}/remarks", {"rating": 5, "words": "Ukurannya jelas."})
    for job in await making.jobs_of(admin, order["id"]):
        await (await stage.member_of(job["tailor"])).do(f"/v1/jobs/{job['id']}/remarks", {"rating": 4})


async def _paid(stage: Stage, consumer: Actor) -> str:
    order = await _order(stage, consumer)
    quote = await consumer.do(f"/v1/orders/{order}/quotes")
    await consumer.do(f"/v1/orders/{order}/checkout", {"plan": quote["plans"][0]["id"]})
    await stage.settle()
    [waiting] = (await consumer.get("/v1/payments", order=order))["data"][-1:]
    await stage.pay(consumer, order, waiting["instalment"])
    return order


async def _order(stage: Stage, consumer: Actor) -> str:
    needed_by = local_date(await stage.now()) + timedelta(days=40)
    wish: dict[str, Any] = {**SHIRTS, "needed_by": needed_by.isoformat(), "ship_to": story.OFFICE}
    return str((await consumer.do("/v1/orders", wish))["id"])


async def _give_devices() -> None:
    async with db.transaction() as session:
        ends = await business_now(session) + timedelta(days=3650)
        for account in await session.scalars(select(Account.id)):
            device = DeviceSession(account_id=account, token_hash=token_hash(token_of(account)), device="HP")
            device.expires_at = ends
            session.add(device)


async def _begin_draft() -> None:
    """A draft of nobody's, in which everything is answered up to who orders."""
    async with db.transaction() as session:
        design = (await session.scalars(select(Design).where(Design.slug == DRAFTED))).one()
        today = local_date(await business_now(session))
        plan = {"label": "balanced", "price_idr": 500_000, "promise_on": today.isoformat()}
        answers = Answers.model_validate(
            {"amount": "one", "cloth": True, "way": "self", "figure": "woman", "consented": True, "plan": plan}
            | {"measured": list(story.MEASURES), "budget": True, "calm": True, "regency": "32.73"}
            | {"needed_by": today + timedelta(days=60), "name": "Ani", "phone": "+6281234567899"}
            | {"recipient": "Ani", "street": "Jl. Cihampelas 12, Coblong"}
        )
        draft, _ = await begin_draft(session, design_id=design.id, answers=answers.kept(), account_id=None)
        await keep_answers(session, draft, answers.kept(), account_id=None, measures=story.MEASURES)
        draft.token_hash = hash_of(DRAFT)


async def _begin_group() -> None:
    """A draft for a group whose link works, with one member who has begun to measure and one who has a size."""
    async with db.transaction() as session:
        design = (await session.scalars(select(Design).where(Design.slug == GROUPED))).one()
        now = await business_now(session)
        answers = Answers(amount="many", cloth=True).kept()
        draft, _ = await begin_draft(session, design_id=design.id, answers=answers, account_id=None)
        draft.token_hash = hash_of(GROUP_DRAFT)
        link = sealing.hash_of(sealing.word_of(ROSTER))
        roster = Roster(id=ROSTER, draft_id=draft.id, design_id=design.id, token_hash=link, title="Seragam 6B")
        roster.places, roster.ends_at, roster.state = 30, now + timedelta(days=20), "open"
        session.add(roster)
        await session.flush()
        for wearer_id, name in ((WEARER, "Citra"), (new_id(), "Budi")):
            own = sealing.hash_of(sealing.word_of(wearer_id))
            one = Wearer(id=wearer_id, roster_id=ROSTER, place=1 if name == "Citra" else 2, token_hash=own)
            one.measured, one.ready, one.way = [], name == "Budi", "body" if name == "Citra" else "size"
            if name == "Citra":
                one.figure, one.consented_at, one.consent_version = "woman", now, "2026-06"
            else:
                one.size = "L"
            sealing.put_name(one, name)
            session.add(one)


def token_of(account: UUID) -> str:
    """The token of the device that every account of the story has."""
    return f"clk_ses_of_{account}"


@pytest.fixture
def database_name(clones: Clones, story_template: str) -> Iterator[str]:
    """A database that is as the story left it, in the place of the empty one."""
    with clones.lent(story_template) as name:
        yield name
