"""What goes into materials and comes out of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyIn, MoneyOut, idr
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed
from clothingline.materials.models import Lot, Reservation, StockEntry

LotId = Annotated[UUID, typed("lot")]
SupplierId = Annotated[UUID, typed("sup")]
EntryId = Annotated[UUID, typed("stk")]
ReservationId = Annotated[UUID, typed("res")]

# The words of `reference.facts.FABRIC_CLASSES`, written out for the interface document; a test holds them together.
ClothClass = Literal[
    "woven_sheer",
    "woven_light",
    "woven_medium",
    "woven_heavy",
    "knit_light",
    "batik",
    "lace",
    "suiting",
    "leather",
]
ReservationState = Literal["held", "requested", "confirmed", "cut", "refused", "released"]


@dataclass(frozen=True)
class LotFilter:
    """What a list of lots may be narrowed to."""

    cloth_class: Annotated[ClothClass | None, Query(description="Only this kind of cloth.")] = None
    colour: Annotated[Line | None, Query(description="Only this colour.", examples=["biru dongker"])] = None
    min_free_cm: Annotated[
        int, Query(ge=0, le=1_000_000_000, description="At least so many centimetres free.", examples=[1500])
    ] = 0
    supplier: Annotated[SupplierId | None, Query(description="Only of this supplier.")] = None


class LotCreate(Input):
    """Cloth of one class, colour and shade."""

    supplier: SupplierId | None = Field(
        None, description="Whose lot; needed only by who acts for several suppliers.", examples=[None]
    )
    code: Line = Field(description="Your own mark of the lot.", examples=["KTN-0142"])
    name: Line = Field(description="What buyers call it.", examples=["Katun Jepang"])
    cloth_class: ClothClass = Field(description="Kind of cloth.", examples=["woven_light"])
    colour: Line = Field(description="Colour.", examples=["biru dongker"])
    shade: Line = Field(description="Dye lot; shades are never mixed in one order.", examples=["A"])
    fibre: Line = Field(description="Fibre.", examples=["katun 100 %"])
    width_cm: int = Field(ge=30, le=400, strict=True, description="Width of the cloth.", examples=[150])
    price: MoneyIn = Field(description="Per metre.", examples=[{"amount": 42000, "currency": "IDR"}])
    min_cut_cm: int = Field(
        50, ge=0, le=10_000, strict=True, description="Shortest cut; less is sold as this.", examples=[50]
    )
    lead_days: int = Field(
        1, ge=0, le=180, strict=True, description="Working days until the cloth leaves.", examples=[1]
    )


class Receipt(Input):
    """Stock that came in."""

    cm: int = Field(ge=1, le=10_000_000, strict=True, description="Measured length.", examples=[10000])
    note: Line | None = Field(None, description="Roll, delivery note.", examples=["gulungan 7, surat jalan 118"])


class Stock(BaseModel):
    """Where a lot's cloth is; received = free + held + reserved + used."""

    received_cm: int = Field(description="All that ever came in.", examples=[10000])
    held_cm: int = Field(description="Behind quotes.", examples=[320])
    reserved_cm: int = Field(description="For paid orders.", examples=[640])
    used_cm: int = Field(description="Cut.", examples=[1600])


class LotOut(BaseModel):
    """A lot of cloth."""

    id: LotId = Field(description="Id.")
    object: Literal["lot"] = Field("lot", description="Kind of object.", examples=["lot"])
    supplier: SupplierId = Field(description="Who sells it.")
    code: str = Field(description="The supplier's mark.", examples=["KTN-0142"])
    name: str = Field(description="What buyers call it.", examples=["Katun Jepang"])
    cloth_class: str = Field(description="Kind of cloth.", examples=["woven_light"])
    colour: str = Field(description="Colour.", examples=["biru dongker"])
    shade: str = Field(description="Dye lot.", examples=["A"])
    fibre: str = Field(description="Fibre.", examples=["katun 100 %"])
    width_cm: int = Field(description="Width of the cloth.", examples=[150])
    price: MoneyOut = Field(description="Per metre.")
    min_cut_cm: int = Field(description="Shortest cut; less is sold as this.", examples=[50])
    lead_days: int = Field(description="Working days until the cloth leaves.", examples=[1])
    free_cm: int = Field(description="Nobody has set it aside.", examples=[7440])
    stock: Stock | None = Field(description="For the supplier; null for others.", examples=[None])

    @classmethod
    def of(cls, lot: Lot, *, own: bool) -> "LotOut":
        """Wire form; `own` shows where the cloth is."""
        return cls(
            id=lot.id,
            supplier=lot.supplier_id,
            code=lot.code,
            name=lot.name,
            cloth_class=lot.cloth_class,
            colour=lot.colour,
            shade=lot.shade,
            fibre=lot.fibre,
            width_cm=lot.width_cm,
            price=idr(lot.price_idr),
            min_cut_cm=lot.min_cut_cm,
            lead_days=lot.lead_days,
            free_cm=lot.free_cm,
            stock=Stock.model_validate(lot, from_attributes=True) if own else None,
        )


class EntryOut(BaseModel):
    """One movement in a lot."""

    id: EntryId = Field(description="Id.")
    kind: str = Field(description="received, corrected, held, released, reserved or cut.", examples=["received"])
    cm: int = Field(description="So many centimetres.", examples=[10000])
    reservation: ReservationId | None = Field(description="For which reservation.", examples=[None])
    at: datetime = Field(description="When.", examples=["2026-06-02T08:00:00+07:00"])
    note: str | None = Field(description="Remark.", examples=["gulungan 7"])

    @classmethod
    def of(cls, entry: StockEntry) -> "EntryOut":
        """Wire form."""
        return cls(
            id=entry.id, kind=entry.kind, cm=entry.cm, reservation=entry.reservation_id, at=entry.at, note=entry.note
        )


class ReservationOut(BaseModel):
    """Cloth that is set aside; for whom is not said."""

    id: ReservationId = Field(description="Id.")
    object: Literal["reservation"] = Field("reservation", description="Kind of object.", examples=["reservation"])
    lot: LotId = Field(description="In which lot.")
    status: str = Field(description="held, requested, confirmed, cut, refused or released.", examples=["requested"])
    cm: int = Field(description="So many centimetres.", examples=[640])
    price: MoneyOut = Field(description="Per metre, at the price of that day.")
    since: datetime = Field(description="In this state since.", examples=["2026-06-02T08:00:00+07:00"])

    @classmethod
    def of(cls, row: Reservation) -> "ReservationOut":
        """Wire form."""
        return cls(id=row.id, lot=row.lot_id, status=row.state, cm=row.cm, price=idr(row.price_idr), since=row.state_at)
