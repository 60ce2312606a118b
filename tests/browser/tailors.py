"""Tailors of the story, found by what they have to do, on phones of their own."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from playwright.async_api import BrowserContext
from sqlalchemy import Select, select

from clothingline.accounts.door import COOKIE
from clothingline.accounts.models import RoleHeld
from clothingline.earnings.models import Earning
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import WIB
from clothingline.kit.ids import show
from clothingline.kit.states import move
from clothingline.orders.models import Order
from clothingline.payouts.models import PAYEE, Payee
from clothingline.production.models import Job
from clothingline.routing.models import Offer
from tests.browser.serving import Site
from tests.cast import Actor
from tests.production.camera import shot, upload
from tests.story_fixture import token_of


@dataclass(frozen=True)
class Maker:
    """A tailor with an account, and the thing to do."""

    account: UUID
    tailor: UUID
    subject: UUID

    @property
    def offer(self) -> str:
        """The path of the offer."""
        return f"/t/tawaran/{show('off', self.subject)}"

    @property
    def job(self) -> str:
        """The path of the job."""
        return f"/t/kerja/{show('job', self.subject)}"

    async def sign_in(self, context: BrowserContext, site: Site) -> None:
        """Give a browser the cookie of this tailor's device."""
        cookie = {"name": COOKIE, "value": token_of(self.account), "url": site.url, "httpOnly": True, "sameSite": "Lax"}
        await context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict of a cookie


async def asked() -> Maker:
    """Somebody with an offer that nobody has answered."""
    return await _first(
        select(Offer.id, Offer.organisation_id).where(Offer.kind == "tailor", Offer.state.in_(("sent", "seen")))
    )


async def sewing() -> Maker:
    """Somebody whose kit has arrived and is not counted yet."""
    return await _first(select(Job.id, Job.tailor_id).where(Job.state == "accepted", Job.kit_sent_at.is_not(None)))


async def to_be_paid(site: Site) -> Maker:
    """Somebody whose work has just passed, with a bank account to which money leaves the day after it may."""
    maker = await sewing()
    await _make(site, maker)
    async with db.transaction() as session:
        [earned] = await session.scalars(select(Earning).where(Earning.source_id == maker.subject))
        assert earned.available_at is not None
        payee = Payee(id=maker.tailor, state="invited", provider_account="acct_kirim", bank_last4="4471")
        payee.weekday = (earned.available_at + timedelta(days=1)).astimezone(WIB).isoweekday()
        session.add(payee)
        await session.flush()
        await move(session, PAYEE, Payee, "activate", Payee.id == maker.tailor)
    return maker


async def _make(site: Site, maker: Maker) -> None:
    """Sew the job and let the brand pass it."""
    sewn, path = _actor(site, maker.account), f"/v1/jobs/{show('job', maker.subject)}"
    async with db.transaction() as session:
        job = await session.get_one(Job, maker.subject)
        order = await session.get_one(Order, job.order_id)
        brand = (RoleHeld.organisation_id == order.brand_id, RoleHeld.role == Role.BRAND_OWNER.value)
        owner = _actor(site, (await session.scalars(select(RoleHeld.account_id).where(*brand).limit(1))).one())
    await sewn.post(f"{path}/kit-receipt", {"pieces": job.pieces})
    await sewn.post(f"{path}/start")
    photo = await upload(sewn, show("job", maker.subject), shot())
    await sewn.post(f"{path}/submission", {"good": job.pieces, "photos": [photo.json()["id"]]})
    check = (await owner.post(f"{path}/inspections", {"level": "II"})).json()["id"]
    await owner.post(f"/v1/inspections/{check}/verdict", {"critical": 0, "major": 0, "minor": 0})
    await site.settle()


def _actor(site: Site, account: UUID) -> Actor:
    return Actor(site.cast.client, token_of(account), show("acc", account))


async def _first(things: Select[UUID, UUID]) -> Maker:
    async with db.transaction() as session:
        subject, tailor = (await session.execute(things.limit(1))).one()
        held = (RoleHeld.organisation_id == tailor, RoleHeld.role == Role.TAILOR.value)
        account = (await session.scalars(select(RoleHeld.account_id).where(*held).limit(1))).one()
    return Maker(account, tailor, subject)
