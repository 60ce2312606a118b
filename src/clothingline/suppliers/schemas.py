"""What goes into suppliers and comes out of them, by audience."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed

SupplierId = Annotated[UUID, typed("sup")]
REF = r"^[a-z0-9_-]{1,80}$"


class SupplierOut(BaseModel):
    """A supplier as everybody sees it."""

    id: SupplierId
    slug: str = Field(description="Name in links.", examples=["toko-kain-sejahtera"])
    name: str = Field(description="Name.", examples=["Toko Kain Sejahtera"])
    regency_code: str = Field(description="Code of kabupaten or kota.", examples=["36.71"])
    town: str = Field(description="Its name.", examples=["Kota Tangerang"])


class SupplierOwn(SupplierOut):
    """A supplier as itself and the programme's staff see it."""

    lat_micro: int = Field(description="Latitude in millionths of a degree.", examples=[-6178300])
    lon_micro: int = Field(description="Longitude in millionths of a degree.", examples=[106631900])
    nib: str | None = Field(description="Business number.", examples=["3210987654321"])
    standing_acceptance: bool = Field(description="Confirms every request that the lot covers.", examples=[False])


class SupplierUpdate(Input):
    """Leave out what stays."""

    name: Line | None = Field(None, description="Name.", examples=["Toko Kain Sejahtera"])
    nib: str | None = Field(None, pattern=r"^\d{13}$", description="Business number.", examples=["3210987654321"])
    standing_acceptance: bool | None = Field(None, description="Confirm every request.", examples=[True])
