"""What payments show, and what the provider sends."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from clothingline.kit.http.amounts import MoneyIn, MoneyOut
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed

PaymentId = Annotated[UUID, typed("pay")]
RefundId = Annotated[UUID, typed("rfd")]
DisputeId = Annotated[UUID, typed("dsp")]
OrderId = Annotated[UUID, typed("ord")]
AccountId = Annotated[UUID, typed("acc")]
Method = Literal["card", "qris", "transfer"]


class PaymentOut(BaseModel):
    """One part of an instalment of an order; most instalments have one part."""

    id: PaymentId
    order: OrderId
    order_code: str = Field(description="Number of the order.", examples=["CL-2606-0042"])
    instalment: Literal["full", "deposit", "balance", "change"] = Field(
        description="Of which instalment.", examples=["deposit"]
    )
    part: int = Field(description="Number of the part.", examples=[1])
    method: Method | None = Field(description="How it is paid, once that is known.", examples=["qris"])
    amount: MoneyOut
    captured: MoneyOut
    refunded: MoneyOut
    state: str = Field(
        description="wished, open, acting (confirm at your bank), processing, authorised (held), captured, expired or "
        "captured_late (goes back).",
        examples=["open"],
    )
    pay_url: str | None = Field(
        description="Pay here while it is open.", examples=["https://bayar.example/charges/chg_01kt08"]
    )
    redirect_url: str | None = Field(
        description="Confirm here while it is acting (3-D Secure).",
        examples=["https://bayar.example/charges/chg_01kt08/bank"],
    )
    expires_at: datetime | None = Field(description="Pay before.", examples=["2026-06-02T08:15:00+07:00"])
    captured_at: datetime | None = Field(description="The money arrived.", examples=["2026-06-02T08:04:00+07:00"])


class MethodIn(Input):
    """How the rest of an instalment is to be paid."""

    method: Method = Field(description="QRIS carries at most Rp 10,000,000 at once.", examples=["qris"])


class MethodOut(BaseModel):
    """The payments that are now to be made."""

    payments: list[PaymentOut]


class RefundIn(Input):
    """Money that is to go back to the consumer."""

    amount: MoneyIn | None = Field(None, description="All that is left, when it is not given.")
    reason: str = Field(
        min_length=3,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        description="Why; one payment goes back once for one reason.",
        examples=["Jahitan lengan lepas"],
    )


class RefundOut(BaseModel):
    """Money that goes back to the consumer, and who decided it."""

    id: RefundId
    payment: PaymentId
    order: OrderId
    amount: MoneyOut
    reason: str = Field(description="Why.", examples=["Jahitan lengan lepas"])
    state: str = Field(
        description="requested, approved, rejected, sent, needs_reconciliation (the provider is asked), settled or "
        "failed.",
        examples=["approved"],
    )
    approved_by: AccountId | None = Field(description="Who approved it; nobody when it was due without a decision.")
    second_by: AccountId | None = Field(description="Who else approved it, above the limit.")
    created_at: datetime = Field(description="Asked for.", examples=["2026-06-02T08:04:00+07:00"])


class DisputeOut(BaseModel):
    """A chargeback: the consumer's bank took money of a payment back."""

    id: DisputeId
    payment: PaymentId
    order: OrderId
    amount: MoneyOut
    fee: MoneyOut
    held: MoneyOut
    state: Literal["open", "won", "lost"] = Field(description="How it stands.", examples=["open"])
    respond_by: datetime | None = Field(
        description="Evidence must be with the provider before.", examples=["2026-06-09T08:04:00+07:00"]
    )


class NoticeData(BaseModel):
    """What a notice is about, under the name of its kind."""

    model_config = ConfigDict(extra="allow")
    charge: str | None = Field(
        None, max_length=200, description="The provider's charge.", examples=["chg_01kt08000000000000000000aa"]
    )


class NoticeIn(BaseModel):
    """A notice of the payment provider. Only kind and id of its object are used: the object itself is fetched."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(max_length=120, description="What happened.", examples=["charge.paid"])
    account: str = Field(max_length=200, description="In which account of the provider.", examples=["acct_fake"])
    livemode: bool = Field(description="Whether real money moved.", examples=[False])
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


class StripeEvent(BaseModel):
    """A notice of Stripe. Only kind and id of its object are used: the object itself is fetched."""

    model_config = ConfigDict(extra="allow")
    id: str = Field(max_length=200, description="Stripe's event.", examples=["evt_1NG8Du2eZvKYlo2CUI79vXWy"])
    type: str = Field(max_length=120, description="What happened.", examples=["checkout.session.completed"])


class StripeHeaders(BaseModel):
    """The header of a notice of Stripe."""

    stripe_signature: str = Field(
        max_length=2000, description="`t=…,v1=…` as Stripe signs.", examples=["t=1780362000,v1=5257a869e7ec"]
    )


class NoticeTaken(BaseModel):
    """The notice is stored."""

    notice: str = Field(description="Its id.", examples=["ntc_01kt08000000000000000000aa"])
