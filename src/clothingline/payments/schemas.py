"""What payments show, and what the provider sends."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.ids import typed

PaymentId = Annotated[UUID, typed("pay")]
OrderId = Annotated[UUID, typed("ord")]
OrganisationId = Annotated[UUID, typed("org")]
EarningId = Annotated[UUID, typed("ern")]
AccountId = Annotated[UUID, typed("lac")]
TransactionId = Annotated[UUID, typed("txn")]


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


class EarningOut(BaseModel):
    """What a party is owed for one thing done."""

    id: EarningId
    order: OrderId
    order_code: str = Field(description="Number of the order.", examples=["CL-2606-0042"])
    organisation: OrganisationId
    source: Literal["job", "reservation", "order"] = Field(description="Sewing, cloth or the brand.", examples=["job"])
    amount: MoneyOut
    state: Literal["expected", "earned", "available", "voided"] = Field(
        description="available: it can be paid out.", examples=["earned"]
    )
    expected_on: date | None = Field(
        description="Available on this day at the latest: promised delivery plus the consumer's days to accept.",
        examples=["2026-06-30"],
    )


class LedgerAccountOut(BaseModel):
    """An account and its balance; what is held or owed is negative."""

    id: AccountId
    code: str = Field(description="Its name.", examples=["escrow:CL-2606-0042"])
    kind: str = Field(description="clearing, escrow, payable, transport or rounding.", examples=["escrow"])
    balance: MoneyOut


class LedgerEntryOut(BaseModel):
    """Debit (positive) or credit (negative) of an account."""

    account: str = Field(description="Code of the account.", examples=["escrow:CL-2606-0042"])
    amount: MoneyOut


class LedgerTransactionOut(BaseModel):
    """One fact in money; its entries sum to zero."""

    id: TransactionId
    source: str = Field(description="What kind of row it follows from.", examples=["payment"])
    kind: str = Field(description="What happened to it.", examples=["capture"])
    at: datetime = Field(description="When.", examples=["2026-06-02T08:04:00+07:00"])
    entries: list[LedgerEntryOut]
