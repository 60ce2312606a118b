"""What goes into brands and comes out of them, by audience."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed
from clothingline.reference.words import FamilyWord

BrandId = Annotated[UUID, typed("brd")]
REF = r"^[a-z0-9_-]{1,80}$"


class BrandOut(BaseModel):
    """A brand as everybody sees it."""

    id: BrandId
    slug: str = Field(description="Name in links.", examples=["busana-melati"])
    name: str = Field(description="Name.", examples=["Busana Melati"])
    regency_code: str = Field(description="Code of kabupaten or kota.", examples=["36.71"])
    town: str = Field(description="Its name.", examples=["Kota Tangerang"])
    families: list[str] = Field(description="Families of garments.", examples=[["top", "dress"]])
    fee: MoneyOut = Field(description="The brand's fee per piece.")


class KbliOut(BaseModel):
    """A class of business and the edition of its list."""

    code: str = Field(description="KBLI code.", examples=["14111"])
    edition: str = Field(description="Edition of the list.", examples=["2020"])


class BrandOwn(BrandOut):
    """A brand as itself and the programme's staff see it."""

    lat_micro: int = Field(description="Latitude in millionths of a degree.", examples=[-6178300])
    lon_micro: int = Field(description="Longitude in millionths of a degree.", examples=[106631900])
    cut_days: int = Field(description="Working days before sewing.", examples=[1])
    finish_days: int = Field(description="Working days after sewing.", examples=[1])
    weekly_pieces: int = Field(description="Pieces cut and finished in a full week.", examples=[500])
    standing_acceptance: bool = Field(description="Accepts every offer within its capacity.", examples=[False])
    nib: str | None = Field(description="Business number.", examples=["1234567890123"])
    kbli: KbliOut | None = Field(description="Class of business.")
    pkp_since: date | None = Field(
        description="Taxable firm (PKP) since this day: PPN comes on top of its price.", examples=["2027-01-01"]
    )


class BrandUpdate(Input):
    """Leave out what stays."""

    name: Line | None = Field(None, description="Name.", examples=["Busana Melati"])
    families: list[FamilyWord] | None = Field(
        None, min_length=1, max_length=7, description="Families of garments.", examples=[["top", "dress"]]
    )
    fee_idr: int | None = Field(
        None, ge=0, le=100_000_000, strict=True, description="Fee per piece, rupiah.", examples=[15000]
    )
    cut_days: int | None = Field(
        None, ge=0, le=60, strict=True, description="Working days before sewing.", examples=[1]
    )
    finish_days: int | None = Field(
        None, ge=0, le=60, strict=True, description="Working days after sewing.", examples=[1]
    )
    weekly_pieces: int | None = Field(
        None, ge=0, le=1_000_000, strict=True, description="Pieces in a full week.", examples=[500]
    )
    standing_acceptance: bool | None = Field(None, description="Accept every offer that fits.", examples=[True])
    nib: str | None = Field(None, pattern=r"^\d{13}$", description="Business number.", examples=["1234567890123"])
    pkp_since: date | None = Field(
        None, description="Taxable firm (PKP) from this day on; changes no order of before.", examples=["2027-01-01"]
    )
