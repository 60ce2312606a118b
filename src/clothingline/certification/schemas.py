"""What goes into certification and comes out of it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from clothingline.certification.number import NUMBER_FORM
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed
from clothingline.reference.words import SchemeWord, SkillWord

CertificateId = Annotated[UUID, typed("crt")]
ShownId = Annotated[UUID, typed("shc")]
CertificatePhotoId = Annotated[UUID, typed("cph")]
TailorId = Annotated[UUID, typed("tlr")]
Standing = Literal["uploaded", "needs_photo", "active", "expiring", "expired", "refused", "revoked", "superseded"]
StoredState = Literal["uploaded", "needs_photo", "active", "refused", "revoked", "superseded"]
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=2000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$"),
]


class CertificateClaim(Input):
    """What stands on the certificate."""

    tailor: TailorId | None = Field(None, description="Your workshop; null = your only one.", examples=[None])
    scheme: SchemeWord = Field(description="Scheme of the certificate.", examples=["blk-sby-lockstitch"])
    number: str = Field(
        pattern=NUMBER_FORM, max_length=32, description="Number as printed.", examples=["14111 7531 0005487 2025"]
    )
    holder: Line = Field(description="Name on the certificate.", examples=["Siti Rahayu"])
    lsp: Line = Field(description="The certifying body (LSP).", examples=["LSP BLK Surabaya"])
    skills: list[SkillWord] = Field(
        min_length=1, max_length=30, description="Skills that it proves.", examples=[["jahit_mesin", "obras"]]
    )
    issued_on: date = Field(description="Day of issue.", examples=["2025-06-02"])
    valid_until: date = Field(description="Last day on which it holds.", examples=["2028-06-01"])


class Verification(Input):
    """What the verifying person has seen."""

    evidence: Reason = Field(
        description="Where and how it was checked.", examples=["Terdaftar di situs BNSP, dicek 2 Juni 2026; nama cocok"]
    )


class Decision(Input):
    """Why a claim is refused or a certificate is taken back; the tailor reads it."""

    reason: Reason = Field(description="Reason in plain words.", examples=["Nama pada sertifikat berbeda"])


class CertificateOut(BaseModel):
    """A certificate and how it stands today."""

    id: CertificateId
    tailor: TailorId
    scheme: str = Field(description="Scheme.", examples=["blk-sby-lockstitch"])
    scheme_title: str = Field(description="Title of the scheme.", examples=["Menjahit dengan Mesin Lockstitch"])
    number: str = Field(description="Number.", examples=["14111 7531 0005487 2025"])
    holder: str = Field(description="Name on the certificate.", examples=["Siti Rahayu"])
    lsp: str = Field(description="The certifying body.", examples=["LSP BLK Surabaya"])
    skills: list[str] = Field(description="Skills that it proves.", examples=[["jahit_mesin", "obras"]])
    issued_on: date = Field(description="Day of issue.", examples=["2025-06-02"])
    valid_until: date = Field(description="Last day on which it holds.", examples=["2028-06-01"])
    state: Standing = Field(
        description="`expiring`: 90 days or fewer are left and it still counts.", examples=["active"]
    )
    verified_at: datetime | None = Field(
        description="When a person verified it.", examples=["2026-06-02T08:00:00+07:00"]
    )
    reason: str | None = Field(description="Why it was refused or revoked.", examples=[None])
    warnings: list[str] = Field(
        description="For the verifying person: `unexpected_prefix`, `unusual_validity`.", examples=[[]]
    )
    evidence: str | None = Field(description="What was seen; for the programme's staff.", examples=[None])
