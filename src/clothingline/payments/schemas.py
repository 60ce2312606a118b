"""What payments show, and what the provider sends."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.ids import typed

PaymentId = Annotated[UUID, typed("pay")]
OrderId = Annotated[UUID, typed("ord")]
OrganisationId = Annotated[UUID, typed("org")]


class PaymentOut(BaseModel):
    """One instalment of an order."""

    id: PaymentId
    order: OrderId
    order_code: str = Field(description="Number of the order.", examples=["CL-2606-0042"])
    instalment: Literal["full", "deposit", "balance"] = Field(description="Which part.", examples=["deposit"])
    amount: MoneyOut
    state: str = Field(description="wished, open, captured, expired or captured_late (goes back).", examples=["open"])
    pay_url: str | None = Field(
        description="Pay here while it is open.", examples=["https://bayar.example/charges/chg_01kt08"]
    )
    expires_at: datetime | None = Field(description="Pay before.", examples=["2026-06-02T08:15:00+07:00"])
    captured_at: datetime | None = Field(description="The money arrived.", examples=["2026-06-02T08:04:00+07:00"])


class NoticeData(BaseModel):
    """What a notice is about."""

    charge: str = Field(
        pattern=r"^[A-Za-z0-9_-]{1,120}$",
        description="The provider's charge.",
        examples=["chg_01kt08000000000000000000aa"],
    )


class NoticeIn(BaseModel):
    """A notice of the payment provider. Only the charge's id is used: the charge itself is fetched."""

    model_config = ConfigDict(extra="ignore")
    type: str = Field(pattern=r"^[a-z_.]{1,60}$", description="What happened.", examples=["charge.paid"])
    data: NoticeData


class NoticeHeaders(BaseModel):
    """The headers of a signed notice."""

    webhook_id: str = Field(
        pattern=r"^[A-Za-z0-9_.-]{1,120}$",
        description="Id of the message.",
        examples=["ntc_01kt08000000000000000000aa"],
    )
    webhook_timestamp: str = Field(pattern=r"^[0-9]{1,12}$", description="Seconds since 1970.", examples=["1780362000"])
    webhook_signature: str = Field(
        max_length=1000,
        description="`v1,` and the HMAC-SHA256 of id.timestamp.body, base64.",
        examples=["v1,K5oZfzN95Z8="],
    )


class NoticeTaken(BaseModel):
    """The notice is stored."""

    notice: str = Field(description="Its `webhook-id`.", examples=["ntc_01kt08000000000000000000aa"])
