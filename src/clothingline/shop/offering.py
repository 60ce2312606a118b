"""Plans as a consumer reads them: what is paid for what, until when it arrives, who makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.brands.models import Brand
from clothingline.brands.queries import list_brands_of
from clothingline.orders.service.quoting import deposit
from clothingline.reference.distances import between
from clothingline.routing.models import Plan
from clothingline.settings import settings
from clothingline.shop.drafts import Opened
from clothingline.shop.places import name_of
from clothingline.web.words import later

LABELS = {
    "cheapest": later("Hemat"),
    "balanced": later("Seimbang"),
    "soonest": later("Cepat"),
    "rerouted": later("Pengganti"),
}
PARTS = {
    "cloth": later("Kain"),
    "sewing_pay": later("Upah jahit"),
    "set_up": later("Persiapan penjahit"),
    "brand_fee": later("Pengerjaan merek, periksa mutu, biaya layanan"),
    "options": later("Pilihan tambahan"),
    "transport": later("Pengiriman"),
    "ppn": later("Pajak (PPN)"),
}
METRES_IN_A_KM = 1000


@dataclass(frozen=True)
class Maker:
    """The brand that answers for a plan, and how many certified tailors sew it."""

    brand: str
    town: str
    km: int
    tailors: int


@dataclass(frozen=True)
class Offered:
    """One plan. `lines` add up to `price_idr`; `now_idr` is due at once, the rest before it is sent."""

    plan: Plan
    label: str
    price_idr: int
    piece_idr: int
    lines: Sequence[tuple[str, int]]
    pay_idr: int
    now_idr: int
    days_earlier: int
    promise_on: date
    maker: Maker
    change_idr: int = 0

    @property
    def rest_idr(self) -> int:
        """What is due before it is sent."""
        return self.price_idr - self.now_idr


async def offers(session: AsyncSession, plans: Sequence[Plan], opened: Opened) -> list[Offered]:
    """The plans of a draft, cheapest first."""
    makers = await _makers(session, plans, opened.answers.regency or "")
    pieces = opened.answers.pieces
    found = [_offer(plan, makers[plan.brand_id], pieces, opened) for plan in plans]
    return sorted(found, key=lambda one: (one.price_idr, one.promise_on))


def _offer(plan: Plan, maker: Maker, pieces: int, opened: Opened) -> Offered:
    before = opened.answers.plan
    paid = [(part["code"], part["amount"]) for part in plan.parts if part["paid"]]
    return Offered(
        plan=plan,
        label=LABELS[plan.label],
        price_idr=plan.price_idr,
        piece_idr=-(-plan.price_idr // pieces),
        lines=[(PARTS[code], amount) for code, amount in paid],
        pay_idr=sum(share.pay_idr for share in plan.shares) // pieces,
        now_idr=deposit(plan.price_idr, settings().orders),
        days_earlier=(plan.promise_on - plan.usual_on).days,
        promise_on=plan.promise_on,
        maker=Maker(maker.brand, maker.town, maker.km, len(plan.shares)),
        change_idr=plan.price_idr - before.price_idr if before and before.label == plan.label else 0,
    )


async def _makers(session: AsyncSession, plans: Sequence[Plan], regency: str) -> dict[object, Maker]:
    brands = await _brands(session, plans)
    names = await names_of(session, [one.id for one in brands])
    return {one.id: Maker(names[one.id], name_of(one.regency_code), _km(one, regency), 0) for one in brands}


async def _brands(session: AsyncSession, plans: Sequence[Plan]) -> Sequence[Brand]:
    wanted = {plan.brand_id for plan in plans}
    return await list_brands_of(session, wanted) if wanted else []


def _km(brand: Brand, regency: str) -> int:
    return between(brand.regency_code, regency) // METRES_IN_A_KM


@dataclass(frozen=True)
class Help:
    """What would help where nothing fits: in both languages, where it is changed, price and day it leads to."""

    words: dict[str, str]
    page: str
    price_idr: int
    promise_on: date


PAGES = {"due_day": "tanggal", "pieces": "cara-ukur", "reserve": "anggaran", "colour": "kain"}
OWN = frozenset(PAGES)
"""What somebody who orders can change; of the rest only the market can."""


def helps(refusal: dict[str, Any] | None, *, waiting: bool) -> list[Help]:
    """What the consumer can change besides `waiting`, for which plans are shown already, and what it would lead to."""
    found = refusal["would_help"] if refusal else []
    own = [
        one for one in found if {step["limit"] for step in one["steps"]} <= OWN - ({"due_day"} if waiting else set())
    ]
    return [_help(one) for one in own]


def _help(one: dict[str, Any]) -> Help:
    page = PAGES[one["steps"][0]["limit"]]
    return Help({"id": one["id"], "en": one["en"]}, page, one["price_idr"], date.fromisoformat(one["promise_on"]))
