"""What payees and payouts show, and what a person may say of them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed

PayeeId = Annotated[UUID, typed("pye")]
PayoutId = Annotated[UUID, typed("out")]
EarningId = Annotated[UUID, typed("ern")]
OrganisationId = Annotated[UUID, typed("org")]
AccountId = Annotated[UUID, typed("acc")]
Cadence = Literal["daily", "weekly", "on_demand"]


class PayeeIn(Input):
    """Who wants to be paid, and how often."""

    organisation: OrganisationId | None = Field(None, description="Which of your businesses, if you run several.")
    cadence: Cadence = Field("weekly", description="How often money leaves by itself.", examples=["weekly"])
    weekday: int = Field(5, ge=1, le=7, strict=True, description="Day of weekly payouts; 1 is Monday.", examples=[5])


class PayeeChange(Input):
    """When money is to leave from now on; what is left out stays."""

    cadence: Cadence | None = Field(None, description="How often money leaves by itself.", examples=["daily"])
    weekday: int | None = Field(
        None, ge=1, le=7, strict=True, description="Day of weekly payouts; 1 is Monday.", examples=[5]
    )


class PayeeOut(BaseModel):
    """A party that is paid, as the provider sees it."""

    id: PayeeId
    organisation: OrganisationId
    state: Literal["invited", "pending", "active", "restricted"] = Field(
        description="invited: register on the onboarding page; active: money can leave.", examples=["active"]
    )
    cadence: Cadence = Field(description="How often money leaves by itself.", examples=["weekly"])
    weekday: int = Field(description="Day of weekly payouts; 1 is Monday.", examples=[5])
    bank_last4: str | None = Field(description="Last digits of the bank account.", examples=["4242"])
    requirements: list[str] = Field(description="What the provider still wants, in its words.", examples=[[]])
    available: MoneyOut = Field(description="What could leave now.")
    rests_until: datetime = Field(
        description="No money leaves before, because the bank account is new.", examples=["2026-06-03T08:00:00+07:00"]
    )
    collected_on: date | None = Field(description="Last day on which payouts were made.", examples=["2026-06-05"])


class Onboarding(BaseModel):
    """The provider's page on which a payee registers; whoever has the link may open it, for a short time."""

    link: str = Field(description="Open it soon.", examples=["https://penyedia.example/payees/acct_01kt08"])


class PayoutIn(Input):
    """Pay everything that is available now."""

    payee: PayeeId


class PayoutItemOut(BaseModel):
    """One earning in a payout."""

    earning: EarningId
    source: str = Field(description="What was done: job, reservation, order, machine or held.", examples=["job"])
    amount: MoneyOut = Field(description="What of it is paid.")
    withheld: MoneyOut = Field(description="Income tax that was withheld from it.")
    recovered: MoneyOut = Field(description="Debt to the guarantee fund that it has paid.")


class PayoutOut(BaseModel):
    """Money for one payee."""

    id: PayoutId
    payee: PayeeId
    amount: MoneyOut
    state: Literal[
        "draft", "approved", "withdrawn", "sent", "needs_reconciliation", "settled", "failed", "returned"
    ] = Field(
        description="needs_reconciliation: being checked at the bank, the money is safe. settled: the bank has it.",
        examples=["settled"],
    )
    state_at: datetime = Field(description="Since when.", examples=["2026-06-05T06:00:00+07:00"])
    approved_by: AccountId | None = Field(description="The first of two people above the limit.")
    second_by: AccountId | None = Field(description="The second of them.")
    failure: str | None = Field(description="Why it did not arrive, in the provider's words.", examples=[None])
    created_at: datetime = Field(description="When it was made.", examples=["2026-06-05T06:00:00+07:00"])


class PayoutWithItems(PayoutOut):
    """Money for one payee, and for what."""

    items: list[PayoutItemOut] = Field(description="The earnings in it.")
