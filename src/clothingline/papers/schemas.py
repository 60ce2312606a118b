"""What goes into papers and comes out of them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed

DocumentId = Annotated[UUID, typed("doc")]
OrderId = Annotated[UUID, typed("ord")]
OrganisationId = Annotated[UUID, typed("org")]
Kind = Literal["invoice", "credit_note", "receipt", "payout_statement", "income_letter"]
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


class DocumentOut(BaseModel):
    """A paper, and where to download it."""

    id: DocumentId
    kind: Kind = Field(description="What it is.", examples=["receipt"])
    number: str = Field(description="Its number.", examples=["KW/2026/000123"])
    order: OrderId | None = Field(description="The order it is about.", examples=["ord_01kt08000000000000000000aa"])
    first_on: date | None = Field(description="First day that it covers.", examples=[None])
    last_on: date | None = Field(description="Last day that it covers.", examples=[None])
    total: MoneyOut
    state: Literal["wished", "made", "failed"] = Field(description="`made`: it can be downloaded.", examples=["made"])
    sha256: str | None = Field(
        description="Digest of the file.", examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    verify_url: str = Field(
        description="The page to which the code on the paper leads.",
        examples=["https://clothingline.example/dokumen/Zk3x9uQ2rTq8_Lm5aB7cDw"],
    )
    created_at: datetime = Field(description="Its day.", examples=["2026-06-02T08:00:00+07:00"])


class DocumentIn(Input):
    """The income letter of some months, at most twelve."""

    organisation: OrganisationId | None = Field(
        None, description="Your business; null = your only one.", examples=[None]
    )
    first_month: Month = Field(description="First month.", examples=["2026-01"])
    last_month: Month = Field(description="Last month.", examples=["2026-06"])
