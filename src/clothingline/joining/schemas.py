"""What officers see of applications, and what they say of them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.certification.schemas import Reason
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed

ApplicationId = Annotated[UUID, typed("apl")]
State = Literal["draft", "applied", "admitted", "refused"]


class ApplicationOut(BaseModel):
    """Somebody who wants to sew for the brands."""

    id: ApplicationId
    name: str = Field(description="Name of the person.", examples=["Nining Yuningsih"])
    state: State = Field(description="draft: being answered; applied: waits for an officer.", examples=["applied"])
    state_at: datetime = Field(description="Since when.", examples=["2026-06-02T08:00:00+07:00"])
    regency_code: str | None = Field(description="Code of kabupaten or kota.", examples=["32.77"])
    garments: list[str] = Field(description="Types of garments.", examples=[["kemeja", "gamis"]])
    machines: list[str] = Field(description="Machines.", examples=[["lockstitch", "overlock"]])
    weekly_pieces: int | None = Field(description="Pieces a week of the first garment.", examples=[12])
    weekdays: list[int] = Field(description="Working days; 1 is Monday.", examples=[[1, 2, 3, 4, 5]])
    missing: list[str] = Field(description="Questions without which nobody is taken in.", examples=[[]])
    reason: str | None = Field(description="Why it was refused.", examples=[None])


class Admission(Input):
    """The workshop is taken in."""

    kind: Literal["home", "workshop"] = Field("home", description="At home, or a workshop.", examples=["home"])


class ApplicationRefusal(Input):
    """The workshop is not taken in; the tailor reads why."""

    reason: Reason = Field(description="Reason in plain words.", examples=["Kuota angkatan ini sudah penuh"])
