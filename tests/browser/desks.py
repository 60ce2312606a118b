"""People of brands and suppliers of the story with something to answer, at browsers of their own."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from playwright.async_api import BrowserContext
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.door import COOKIE
from clothingline.accounts.models import RoleHeld
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.ids import show
from clothingline.kit.states import move
from clothingline.materials import service as materials
from clothingline.orders.models import Order
from clothingline.routing.models import OFFER, Offer
from tests.browser.serving import Site

ROLES = {"brand": Role.BRAND_OWNER, "supplier": Role.SUPPLIER}


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked, the order's code, and the offer."""

    account: UUID
    code: str
    offer: UUID

    @property
    def ref(self) -> str:
        """The offer in a path."""
        return show("off", self.offer)

    async def state(self) -> str:
        """Where the offer stands."""
        async with db.transaction() as session:
            return (await session.get_one(Offer, self.offer)).state


async def asked(kind: str) -> Asked:
    """A brand or a supplier of the story whose answer is taken back, so that it has twenty hours to give it."""
    async with db.transaction() as session:
        query = select(Offer, Order.code).join(Order, Order.id == Offer.order_id)
        placed = query.where(Offer.kind == kind, Offer.state == "accepted", Order.state == "placed").limit(1)
        offer, code = (await session.execute(placed)).one()
        await _ask_again(session, offer)
        owner = RoleHeld.organisation_id == offer.organisation_id, RoleHeld.role == ROLES[kind].value
        account = (await session.scalars(select(RoleHeld.account_id).where(*owner))).one()
    return Asked(account, code, offer.id)


async def _ask_again(session: AsyncSession, offer: Offer) -> None:
    await move(session, OFFER, Offer, "undo", Offer.id == offer.id, accepted_at=None)
    until = await business_now(session) + timedelta(hours=20)
    await session.execute(update(Offer).where(Offer.id == offer.id).values(expires_at=until))
    if offer.kind == "supplier":
        await materials.unconfirm_cloth(session, claim=offer.claim, by=None)


async def sit_down(context: BrowserContext, site: Site, token: str) -> None:
    """Give a browser the cookie of somebody's device."""
    cookie = {"name": COOKIE, "value": token, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    await context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict of a cookie
