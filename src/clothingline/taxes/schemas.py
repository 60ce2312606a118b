"""What goes into taxes and comes out of them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed

TaxProfileId = Annotated[UUID, typed("tax")]
TaxDeclarationId = Annotated[UUID, typed("txd")]
OrganisationId = Annotated[UUID, typed("org")]
Kind = Literal["person", "firm"]
Ground = Literal["under_500m", "skb", "courier"]
State = Literal["given", "confirmed", "refused", "ended"]
Digits = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{15,16}$")]


class TaxProfileIn(Input):
    """Who the seller is to the tax office."""

    organisation: OrganisationId | None = Field(
        None, description="Your business; null = your only one.", examples=[None]
    )
    kind: Kind = Field(description="A natural person, or a firm.", examples=["person"])
    taxpayer: Digits = Field(description="NPWP or NIK, digits only.", examples=["3273014507850001"])
    address: Line = Field(description="Address at the tax office.", examples=["Jl. Kenari 3, Cimahi"])


class TaxProfileOut(BaseModel):
    """A seller's tax number, of which only the end is shown."""

    id: TaxProfileId
    organisation: OrganisationId
    kind: Kind = Field(description="A natural person, or a firm.", examples=["person"])
    taxpayer_last4: str = Field(description="The last digits of NPWP or NIK.", examples=["0001"])
    updated_at: datetime = Field(description="Entered.", examples=["2026-06-02T08:00:00+07:00"])


class TaxDeclarationIn(Input):
    """Why nothing is to be withheld."""

    organisation: OrganisationId | None = Field(
        None, description="Your business; null = your only one.", examples=[None]
    )
    kind: Ground = Field(
        description="Turnover of a person up to Rp 500 million a year, SKB, or courier partner.",
        examples=["under_500m"],
    )
    valid_from: date = Field(description="First day.", examples=["2026-06-01"])
    valid_until: date = Field(description="Last day.", examples=["2026-12-31"])
    evidence: Line = Field(
        description="Which letter says so: number and day.", examples=["Surat pernyataan 2 Juni 2026, bermeterai"]
    )


class TaxRefusal(Input):
    """Why a declaration is refused; the seller reads it."""

    reason: Line = Field(description="Reason in plain words.", examples=["Surat belum ditandatangani"])


class TaxDeclarationOut(BaseModel):
    """A declaration of exemption and how it stands."""

    id: TaxDeclarationId
    organisation: OrganisationId
    kind: Ground = Field(description="Why nothing is withheld.", examples=["under_500m"])
    valid_from: date = Field(description="First day.", examples=["2026-06-01"])
    valid_until: date = Field(
        description="Last day; the end of the month in which a person passes Rp 500 million.", examples=["2026-12-31"]
    )
    evidence: str = Field(description="Which letter says so.", examples=["Surat pernyataan 2 Juni 2026, bermeterai"])
    state: State = Field(description="It counts once another person has confirmed it.", examples=["given"])
    reason: str | None = Field(description="Why it was refused.", examples=[None])
