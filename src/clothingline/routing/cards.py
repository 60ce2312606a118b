"""What a party sees of an order before it answers: garment, brand, town, and why it is asked. Never the consumer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.brands.models import Brand
from clothingline.garments.chosen import ChosenOption, in_words
from clothingline.garments.models import Design
from clothingline.garments.options import read
from clothingline.kit.ids import show
from clothingline.materials.models import Lot
from clothingline.orders.models import OrderLine
from clothingline.reference import facts
from clothingline.reference.distances import great_circle_m
from clothingline.routing import queries
from clothingline.routing.models import Offer, Plan
from clothingline.routing.schemas import Card
from clothingline.settings import settings
from clothingline.tailors.models import Tailor
from clothingline.web.words import later


async def cards_of(session: AsyncSession, offers: Sequence[Offer]) -> dict[UUID, Card]:
    """The card of each offer, in one statement."""
    of_order = (Design.name, Design.garment_type, Organisation.name.label("brand"), OrderLine.standard_seconds)
    chosen = (Design.options, OrderLine.options.label("answers"))
    colour = func.coalesce(OrderLine.colour, Lot.colour).label("colour")
    places = [
        column.label(f"{whose}_{column.key}")
        for whose, party in (("brand", Brand), ("tailor", Tailor))
        for column in (party.lat_micro, party.lon_micro)
    ]
    of_plan = (Plan.timeline["cut"].astext.label("cut"), Plan.explanation["makers"].label("makers"))
    query = (
        select(Offer.id, Offer.kind, Offer.organisation_id, Brand.regency_code)
        .add_columns(*of_order, *chosen, colour, *places, *of_plan)
        .join(Plan, Plan.id == Offer.plan_id)
        .join(Lot, Lot.id == Plan.lot_id)
        .join(Brand, Brand.id == Plan.brand_id)
        .join(Organisation, Organisation.id == Brand.id)
        .join(OrderLine, OrderLine.order_id == Offer.order_id)
        .join(Design, Design.id == OrderLine.design_id)
        .outerjoin(Tailor, Tailor.id == Offer.organisation_id)
        .where(Offer.id.in_([offer.id for offer in offers]))
    )
    return {row.id: _card(row) for row in await session.execute(query)}


def undo_until(offer: Offer) -> datetime | None:
    """Until when an acceptance may be taken back; None while there is none."""
    if offer.accepted_at is None:
        return None
    return _undone_until(offer.accepted_at)


def _undone_until(accepted_at: datetime) -> datetime:
    return accepted_at + timedelta(minutes=settings().offers.undo_minutes)


async def beginnings(session: AsyncSession, *which: ColumnElement[bool]) -> dict[str, datetime]:
    """When the work begins, by code, of orders to which everybody has said yes, which may still be taken back."""
    agreed = await queries.list_agreed(session, *which)
    return {code: _undone_until(at) for code, at in agreed.items()}


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    return Card(
        garment=row.name,
        garment_type=row.garment_type,
        brand_name=row.brand,
        town=facts.regencies()[row.regency_code].name,
        standard_seconds=row.standard_seconds,
        colour=row.colour,
        options=_options(row),
        cut_on=date.fromisoformat(row.cut) if row.cut else None,
        metres=_metres(row),
        reasons=_reasons(row.kind, row.organisation_id, row.makers or []),
    )


def _options(row: Row[*tuple[Any, ...]]) -> list[ChosenOption]:
    """Whoever only sells the cloth hears none, and a maker who may still say no reads nothing that somebody wrote."""
    if row.kind == "supplier":
        return []
    return in_words(read(row.options), row.answers, texts=row.kind == "brand")


def _metres(row: Row[*tuple[Any, ...]]) -> int | None:
    """How far a maker lives from the brand, as the crow flies."""
    if row.tailor_lat_micro is None:
        return None
    return great_circle_m((row.tailor_lat_micro, row.tailor_lon_micro), (row.brand_lat_micro, row.brand_lon_micro))


def _reasons(kind: str, party: UUID, makers: list[dict[str, Any]]) -> tuple[str, ...]:
    """Of a plan that is explained also whether being behind its share spoke for a maker."""
    behind = kind == "tailor" and any(one.get("credit_idr") for one in makers if one["tailor"] == show("tlr", party))
    return (WHY[kind], *([BEHIND] if behind else []))


WHY = {
    "tailor": later(
        "Terpilih: sertifikat berlaku pada tanggal selesai, mesin lengkap, waktu kosong cukup, dan jarak terjangkau."
    ),
    "brand": later("Terpilih: desain ini milik Anda atau terbuka, dan minggu potong masih punya tempat."),
    "supplier": later("Terpilih: kain yang cocok tersedia cukup dalam satu warna celup."),
}
BEHIND = later("Ikut dihitung: delapan minggu ini tawaran untuk Anda di bawah bagian Anda.")
