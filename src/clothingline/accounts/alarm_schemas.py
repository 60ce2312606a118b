"""What an alarm looks like on the wire, and how a person ends one."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.accounts.schemas import AccountId
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed

AlarmId = Annotated[UUID, typed("alm")]


class AlarmOut(BaseModel):
    """One thing that is or was wrong, about one subject; its times are of the real clock."""

    id: AlarmId
    name: str = Field(description="What is wrong.", examples=["notice_quarantined"])
    subject: str = Field(description="Of what: mostly an id.", examples=["ntc_01kt08000000000000000000aa"])
    detail: dict[str, Any] = Field(description="What was said of it last.", examples=[{"reason": "amount"}])
    state: Literal["open", "over"] = Field(description="Whether it stands.", examples=["open"])
    since: datetime = Field(description="When it sounded.", examples=["2026-06-05T06:00:00+07:00"])
    last_seen: datetime = Field(description="When it was last still so.", examples=["2026-06-05T07:00:00+07:00"])
    ended_at: datetime | None = Field(description="When it was over.", examples=[None])
    ended_by: AccountId | None = Field(description="Who ended it; null when it was over by itself.", examples=[None])
    reason: str | None = Field(description="Why, in the words of who ended it.", examples=[None])


class EndingIn(Input):
    """Why an alarm need not stand any more."""

    reason: str = Field(
        min_length=5,
        max_length=500,
        description="What was done about it.",
        examples=["Pemberitahuan uji coba dari penyedia, tanpa uang"],
    )
