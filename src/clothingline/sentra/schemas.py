"""What comes out of sentra."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.ids import typed

SentraId = Annotated[UUID, typed("sen")]
REF = r"^[a-z0-9_-]{1,80}$"


class SentraOut(BaseModel):
    """A cluster; what is not known is null. Members are counted, never named."""

    id: SentraId
    slug: str = Field(description="Name in links.", examples=["seri-kuala-lobam"])
    name: str = Field(description="Name.", examples=["Sentra Industri Fashion Seri Kuala Lobam"])
    regency_code: str = Field(description="Code of kabupaten or kota.", examples=["21.01"])
    town: str = Field(description="Its name.", examples=["Kabupaten Bintan"])
    products: list[str] = Field(description="What it makes.", examples=[["fesyen", "seragam"]])
    facilities: list[str] = Field(description="What it shares.", examples=[["pusat_layanan", "upt"]])
    opened_on: date | None = Field(description="Opened on.", examples=["2026-01-21"])
    ikm_count: int | None = Field(description="Firms, by the source.", examples=[80])
    artisan_count: int | None = Field(description="Artisans, by the source.", examples=[150])
    machine_count_min: int | None = Field(description="Machines at least, by the source.", examples=[100])
    in_ftz: bool = Field(description="The site lies in the free-trade zone.", examples=[True])
    source: str = Field(description="Who says so.", examples=["Kemenperin, press reports 2026-01"])
    members: dict[str, int] = Field(description="Members here by kind.", examples=[{"brand": 3, "tailor": 12}])
