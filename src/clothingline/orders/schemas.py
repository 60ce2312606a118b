"""What goes into orders and comes out of them."""

from collections import Counter
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, Field, StrictBool, StringConstraints

from clothingline.kit.http.amounts import MoneyIn, MoneyOut, idr
from clothingline.kit.http.plain import Input, Line, Words
from clothingline.kit.ids import typed
from clothingline.orders.models import Order, Quote
from clothingline.orders.waterfall import CODES, Lines

OrderId = Annotated[UUID, typed("ord")]
OrganisationId = Annotated[UUID, typed("org")]
DesignId = Annotated[UUID, typed("dsg")]
SetId = Annotated[UUID, typed("mst")]
BrandId = Annotated[UUID, typed("brd")]
QuoteId = Annotated[UUID, typed("quo")]
OrderRef = Annotated[
    str,
    Path(
        pattern=r"^(ord_[0-7][0-9a-hjkmnp-tv-z]{25}|CL-\d{4}-\d{4,9})$",
        description="Id or code of the order.",
        examples=["CL-2606-0042"],
    ),
]
SizeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9/ -]{1,12}$")]
Pieces = Annotated[int, Field(ge=1, le=5000, strict=True)]

STEPS = {
    "draft": ("Minta penawaran harga dan tanggal.", "Ask for a price and a date."),
    "quoted": ("Pilih rencana, lalu bayar.", "Choose a plan, then pay."),
    "pending_payment": ("Bayar sebelum waktunya habis.", "Pay before the time is over."),
    "placed": ("Menunggu merek, pemasok, dan penjahit menyanggupi.", "Brand, supplier and tailors are being asked."),
    "confirmed": ("Merek akan memotong kain.", "The brand will cut the cloth."),
    "action_required": (
        "Pilih tanggal lebih lambat, atau batalkan dan uang kembali.",
        "Choose a later date, or cancel.",
    ),
    "in_production": ("Sedang dijahit.", "Being sewn."),
    "ready": ("Lunasi sisa bayar bila ada; lalu dikirim.", "Pay the balance if any; then it is sent."),
    "shipped": ("Dalam perjalanan.", "On its way."),
    "delivered": ("Periksa barang, lalu terima.", "Check the goods, then accept."),
    "accepted": ("Selesai.", "Done."),
    "cancelled": ("Pesanan dibatalkan; uang dikembalikan bila sudah dibayar.", "Cancelled; money paid comes back."),
}


class ShipTo(Input):
    """Where the parcel goes."""

    recipient: Line = Field(description="Name on the parcel.", examples=["Rina Kartika"])
    street: Words = Field(description="Street and number.", examples=["Jl. Cihampelas 12"])
    regency: str = Field(pattern=r"^\d{2}\.\d{2}$", description="Code of the regency or city.", examples=["32.73"])


class OrderCreate(Input):
    """One design with its options, for one measured body or for pieces by size."""

    design: str = Field(
        pattern=r"^[a-z0-9_-]{1,80}$", description="Slug or id of the design.", examples=["kemeja-batik-lengan-panjang"]
    )
    options: dict[Annotated[str, Field(max_length=40)], StrictBool | Line] = Field(
        default={}, max_length=20, description="Choice by option code.", examples=[{}]
    )
    colour: Line | None = Field(None, description="Cloth colour; null = any of the design.", examples=[None])
    measurement_set: SetId | None = Field(None, description="For one piece to measure.", examples=[None])
    sizes: dict[SizeName, Pieces] = Field(
        default={}, max_length=20, description="Pieces by size.", examples=[{"M": 5, "L": 7}]
    )
    needed_by: date = Field(description="Last acceptable day.", examples=["2027-03-01"])
    ceiling: MoneyIn | None = Field(None, description="The most it may cost in all.", examples=[None])
    ship_to: ShipTo = Field(description="Where the parcel goes.")


class ChoiceIn(Input):
    """What the consumer loosens when nothing fits."""

    needed_by: date = Field(description="A later day than before.", examples=["2027-04-01"])


class LineOut(BaseModel):
    """What is made."""

    design: DesignId = Field(description="The design.")
    design_version: int = Field(description="Its version at the time.", examples=[1])
    options: dict[str, Any] = Field(description="Choice by option code.", examples=[{"lengan": "panjang"}])
    colour: str | None = Field(description="Cloth colour.", examples=[None])
    measurement_set: SetId | None = Field(description="Measures, for one piece.", examples=[None])
    sizes: dict[str, int] = Field(description="Pieces by size.", examples=[{"M": 5, "L": 7}])
    pieces: int = Field(description="Pieces in all.", examples=[12])
    standard_minutes_per_piece: int = Field(description="Standard sewing time, rounded up.", examples=[33])
    cloth_cm_per_piece: int = Field(description="Cloth for one piece with waste.", examples=[170])
    cut: bool = Field(description="Whether the cloth is cut; then nothing changes.", examples=[False])


class NextStep(BaseModel):
    """What comes next, for people."""

    id: str = Field(description="Bahasa Indonesia.", examples=["Pilih rencana, lalu bayar."])
    en: str = Field(description="English.", examples=["Choose a plan, then pay."])


class OrderOut(BaseModel):
    """An order."""

    id: OrderId = Field(description="Id.")
    object: Literal["order"] = Field("order", description="Kind of object.", examples=["order"])
    code: str = Field(description="Code for people.", examples=["CL-2606-0042"])
    status: str = Field(description="Stage of the order.", examples=["quoted"])
    version: int = Field(description="Grows with every change.", examples=[1])
    line: LineOut = Field(description="What is made.")
    brand: BrandId | None = Field(description="Who makes it; set at checkout.", examples=[None])
    needed_by: date = Field(description="Last acceptable day.", examples=["2027-03-01"])
    ceiling: MoneyOut | None = Field(description="The most it may cost.", examples=[None])
    price: MoneyOut | None = Field(description="Agreed price; set at checkout.", examples=[None])
    first_instalment: MoneyOut | None = Field(description="Deposit, or everything.", examples=[None])
    paid: MoneyOut = Field(description="Paid so far.")
    promise_on: date | None = Field(description="Promised day.", examples=[None])
    ship_to: ShipTo | None = Field(description="For the consumer, and for the brand once confirmed.", examples=[None])
    reason: dict[str, Any] | None = Field(description="Why nothing fits and what would help.", examples=[None])
    act_before: datetime | None = Field(description="When the stage ends by itself.", examples=[None])
    next: NextStep = Field(description="What comes next.")
    created_at: datetime = Field(description="Written down at.", examples=["2026-06-02T08:00:00+07:00"])


class QuoteOut(BaseModel):
    """A version of an order's quote."""

    id: QuoteId = Field(description="Id.")
    object: Literal["quote"] = Field("quote", description="Kind of object.", examples=["quote"])
    version: int = Field(description="Counts the order's quotes.", examples=[1])
    status: str = Field(description="offered, accepted, won, expired, replaced or withdrawn.", examples=["offered"])
    expires_at: datetime = Field(
        description="Price, date and holds stand until then.", examples=["2026-06-03T08:00:00+07:00"]
    )


class PriceLineOut(BaseModel):
    """One part of the price: what for, and how much of it the caller may see."""

    code: str = Field(
        description="transport, cloth, labour, machine, brand_margin, platform_fee, ppn_fee or ppn.",
        examples=["labour"],
    )
    payee: OrganisationId | None = Field(description="Whose it is; none for couriers, the platform and the state.")
    amount: MoneyOut | None = Field(description="Null when it is another party's.")
    own: bool = Field(description="Whether it is the caller's own.", examples=[True])


class PriceLinesOut(BaseModel):
    """What the price of an order consists of, as it was frozen at checkout and changed since."""

    object: Literal["price_lines"] = Field("price_lines", description="Kind of object.", examples=["price_lines"])
    order: OrderId = Field(description="The order.")
    price: MoneyOut | None = Field(description="The sum of all lines; null for a party that sees only its own.")
    data: list[PriceLineOut] = Field(description="By code and party.")


class TimelineEntry(BaseModel):
    """One thing that happened."""

    at: datetime = Field(description="When.", examples=["2026-06-02T08:00:00+07:00"])
    event: str = Field(description="What.", examples=["OrderPaid"])
    facts: dict[str, Any] = Field(description="Ids concerned.", examples=[{"order_id": "0197…"}])


class Timeline(BaseModel):
    """Everything that happened to an order, oldest first."""

    object: Literal["timeline"] = Field("timeline", description="Kind of object.", examples=["timeline"])
    data: list[TimelineEntry] = Field(description="Oldest first, at most 500.")


def price_lines_out(order: Order, lines: Lines, *, own: frozenset[UUID], whole: bool) -> PriceLinesOut:
    """Wire form of the price of an order: `whole`, or with the amounts of `own` organisations only."""
    seen = Counter[tuple[str, UUID | None]]()
    for claim, amount in lines.items():
        mine = claim.payee_id in own
        seen[claim.code, claim.payee_id if whole or mine else None] += amount
    data = [
        PriceLineOut(code=code, payee=payee, amount=idr(amount) if whole or payee in own else None, own=payee in own)
        for (code, payee), amount in sorted(seen.items(), key=lambda one: (CODES.index(one[0][0]), str(one[0][1])))
    ]
    price = idr(order.price_idr) if whole and order.price_idr is not None else None
    return PriceLinesOut(order=order.id, price=price, data=data)


STREET_VISIBLE = frozenset({"confirmed", "in_production", "ready", "shipped", "delivered", "accepted"})


def order_out(order: Order, *, consumer: bool) -> OrderOut:
    """Wire form of an order; the street is for its consumer, and for others only once work is confirmed."""
    step = STEPS[order.state]
    shown = consumer or order.state in STREET_VISIBLE
    return OrderOut(
        id=order.id,
        code=order.code,
        status=order.state,
        version=order.version,
        line=_line_out(order),
        brand=order.brand_id,
        needed_by=order.needed_by,
        ceiling=_maybe(order.ceiling_idr),
        price=_maybe(order.price_idr),
        first_instalment=_maybe(order.deposit_idr),
        paid=idr(order.paid_idr),
        promise_on=order.promise_on,
        ship_to=_ship_to(order) if shown else None,
        reason=order.reason,
        act_before=order.timer_at,
        next=NextStep(id=step[0], en=step[1]),
        created_at=order.created_at,
    )


def _maybe(amount: int | None) -> MoneyOut | None:
    return None if amount is None else idr(amount)


def _ship_to(order: Order) -> ShipTo:
    return ShipTo(recipient=order.recipient, street=order.street, regency=order.regency_code)


def _line_out(order: Order) -> LineOut:
    line = order.line
    return LineOut(
        design=line.design_id,
        design_version=line.design_version,
        options=line.options,
        colour=line.colour,
        measurement_set=line.measurement_set_id,
        sizes=line.sizes,
        pieces=line.pieces,
        standard_minutes_per_piece=-(-line.standard_seconds // 60),
        cloth_cm_per_piece=line.cloth_cm,
        cut=line.cut_at is not None,
    )


def quote_out(quote: Quote) -> QuoteOut:
    """Wire form of a quote."""
    return QuoteOut(id=quote.id, version=quote.version, status=quote.state, expires_at=quote.expires_at)
