"""What goes into fulfilment and comes out of it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed

ShipmentId = Annotated[UUID, typed("shp")]
OrderId = Annotated[UUID, typed("ord")]
AccountId = Annotated[UUID, typed("acc")]
Carrier = Annotated[Line, Field(max_length=60)]
Tracking = Annotated[Line, Field(max_length=60)]
Grams = Annotated[int, Field(ge=1, le=30_000_000, strict=True)]


class ShipmentCreate(Input):
    """A parcel that leaves."""

    carrier: Carrier = Field(description="Carrier and service.", examples=["JNE REG"])
    tracking: Tracking = Field(description="The carrier's own number.", examples=["CGK1234567890"])
    weight_g: Grams = Field(description="Weight in grams.", examples=[1300])


class DeliveryCreate(Input):
    """Proof that a parcel has arrived."""

    received_by: Line = Field(description="Who took it in.", examples=["Rina Kartika"])


class ShipmentOut(BaseModel):
    """A parcel on its way."""

    id: ShipmentId = Field(description="Id.")
    object: Literal["shipment"] = Field("shipment", description="Kind of object.", examples=["shipment"])
    order: OrderId = Field(description="Its order.")
    state: Literal["dispatched", "delivered", "lost"] = Field(description="Where it stands.", examples=["dispatched"])
    carrier: str = Field(description="Carrier and service.", examples=["JNE REG"])
    tracking: str = Field(description="The carrier's own number.", examples=["CGK1234567890"])
    pieces: int = Field(description="Pieces in it.", examples=[12])
    weight_g: int = Field(description="Weight in grams.", examples=[1300])
    chargeable_g: int | None = Field(
        description="Grams that the carrier charges for by weight; null when its rule is not known.", examples=[1000]
    )
    received_by: str | None = Field(description="Who took it in.", examples=[None])
    created_at: datetime = Field(description="Left at.", examples=["2026-06-02T08:00:00+07:00"])
    delivered_at: datetime | None = Field(description="Arrived at.", examples=[None])


class AcceptanceOut(BaseModel):
    """The goods are accepted; the makers are paid."""

    object: Literal["acceptance"] = Field("acceptance", description="Kind of object.", examples=["acceptance"])
    order: OrderId = Field(description="The order.")
    by: AccountId | None = Field(description="Who accepted; null when the time to object ran out.")
    at: datetime = Field(description="Accepted at.", examples=["2026-06-02T08:00:00+07:00"])
