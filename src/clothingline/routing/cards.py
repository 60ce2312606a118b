"""What a party sees of an order before it answers: garment, brand, town, and why it is asked. Never the consumer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.brands.models import Brand
from clothingline.garments.models import Design
from clothingline.kit.ids import show
from clothingline.orders.models import OrderLine
from clothingline.reference import facts
from clothingline.routing.models import Offer, Plan
from clothingline.routing.schemas import Card
from clothingline.settings import settings


async def cards_of(session: AsyncSession, offers: Sequence[Offer]) -> dict[UUID, Card]:
    """The card of each offer, in one statement."""
    columns = (Design.name, Organisation.name, Brand.regency_code, OrderLine.standard_seconds)
    query = (
        select(Offer.id, Offer.kind, Offer.organisation_id, *columns, Plan.explanation["makers"])
        .join(Plan, Plan.id == Offer.plan_id)
        .join(Brand, Brand.id == Plan.brand_id)
        .join(Organisation, Organisation.id == Brand.id)
        .join(OrderLine, OrderLine.order_id == Offer.order_id)
        .join(Design, Design.id == OrderLine.design_id)
        .where(Offer.id.in_([offer.id for offer in offers]))
    )
    return {
        offer_id: Card(
            garment=garment,
            brand_name=brand,
            town=facts.regencies()[regency].name,
            standard_seconds=seconds,
            why=_why(kind, party, makers or []),
        )
        for offer_id, kind, party, garment, brand, regency, seconds, makers in await session.execute(query)
    }


def undo_until(offer: Offer) -> datetime | None:
    """Until when an acceptance may be taken back; None while there is none."""
    if offer.accepted_at is None:
        return None
    return offer.accepted_at + timedelta(minutes=settings().offers.undo_minutes)


def _why(kind: str, party: UUID, makers: list[dict[str, Any]]) -> str:
    """Of a plan that is explained also whether being behind its share spoke for a maker."""
    if kind == "tailor" and any(one.get("credit_idr") for one in makers if one["tailor"] == show("tlr", party)):
        return f"{WHY[kind]} {BEHIND}"
    return WHY[kind]


WHY = {
    "tailor": "Terpilih: sertifikat berlaku pada tanggal selesai, mesin lengkap, waktu kosong cukup, "
    "dan jarak terjangkau.",
    "brand": "Terpilih: desain ini milik Anda atau terbuka, dan minggu potong masih punya tempat.",
    "supplier": "Terpilih: kain yang cocok tersedia cukup dalam satu warna celup.",
}
BEHIND = "Ikut dihitung: delapan minggu ini tawaran untuk Anda di bawah bagian Anda."
