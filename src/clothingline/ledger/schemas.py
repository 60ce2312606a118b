"""What the ledger shows, and what two people put right in it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from clothingline.kit.http.amounts import MoneyIn, MoneyOut
from clothingline.kit.http.listing import Listing
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed

OrderId = Annotated[UUID, typed("ord")]
AccountId = Annotated[UUID, typed("lac")]
TransactionId = Annotated[UUID, typed("txn")]
CorrectionId = Annotated[UUID, typed("cor")]
PersonId = Annotated[UUID, typed("acc")]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z][a-z0-9_]*:[A-Za-z0-9:_-]+$")]
State = Literal["proposed", "booked", "rejected"]


class LedgerAccountOut(BaseModel):
    """An account and its balance; what is held or owed is negative."""

    id: AccountId
    code: str = Field(description="Its name.", examples=["escrow:CL-2606-0042"])
    kind: str = Field(description="The first word of the code, from the chart of accounts.", examples=["escrow"])
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
    step: int = Field(description="How often this had happened to it before.", examples=[0])
    reverses: TransactionId | None = Field(description="The transaction that it undoes.", examples=[None])
    at: datetime = Field(description="When.", examples=["2026-06-02T08:04:00+07:00"])
    entries: list[LedgerEntryOut]


class StatementLineOut(BaseModel):
    """One entry of an account, and the balance after it."""

    transaction: TransactionId
    source: str = Field(description="What kind of row it follows from.", examples=["payment"])
    kind: str = Field(description="What happened to it.", examples=["capture"])
    at: datetime = Field(description="When it was booked.", examples=["2026-06-02T08:04:00+07:00"])
    amount: MoneyOut
    balance: MoneyOut


class StatementOut(Listing[StatementLineOut]):
    """The entries of an account in a span of days, newest first."""

    account: str = Field(description="Code of the account.", examples=["escrow:CL-2606-0042"])
    opening: MoneyOut = Field(description="Balance before the first day.")
    closing: MoneyOut = Field(description="Balance after the last day.")


class KindBalanceOut(BaseModel):
    """All accounts of a kind that are not zero."""

    kind: str = Field(description="Kind, from the chart of accounts.", examples=["escrow"])
    accounts: int = Field(description="How many.", examples=[3])
    debit: MoneyOut = Field(description="Sum of those in debit.")
    credit: MoneyOut = Field(description="Sum of those in credit; zero or negative.")


class TrialBalanceOut(BaseModel):
    """Every kind of account at the end of a day; debits and credits of a currency sum to zero."""

    day: date = Field(description="The day at whose end it stands.", examples=["2026-06-02"])
    final: bool = Field(description="The day is over: nothing will change any more.", examples=[True])
    kinds: list[KindBalanceOut]
    difference: list[MoneyOut] = Field(description="Sum by currency: always zero.")


class CorrectionLineIn(Input):
    """One side of a correction."""

    account: Code = Field(description="Code of an account that stands.", examples=["bank:idr"])
    side: Literal["debit", "credit"] = Field(description="Which side.", examples=["debit"])
    amount: MoneyIn


class CorrectionIn(Input):
    """A transaction that follows from nothing in the trade, such as money that the programme pays into the fund."""

    reason: Line = Field(description="Why; the other person reads it.", examples=["Modal program, bukti transfer 14"])
    lines: list[CorrectionLineIn] = Field(
        min_length=2,
        max_length=20,
        description="Debits and credits are equal.",
        examples=[
            [
                {"account": "bank:idr", "side": "debit", "amount": {"amount": 5000000, "currency": "IDR"}},
                {"account": "capital:programme", "side": "credit", "amount": {"amount": 5000000, "currency": "IDR"}},
            ]
        ],
    )


class CorrectionOut(BaseModel):
    """A correction, who asked for it, and who agreed."""

    id: CorrectionId
    reason: str = Field(description="Why.", examples=["Modal program, bukti transfer 14"])
    lines: list[LedgerEntryOut]
    state: State = Field(description="It is in the ledger once another person has approved it.", examples=["proposed"])
    proposed_by: PersonId
    approved_by: PersonId | None = Field(description="Who agreed; null before.", examples=[None])
    created_at: datetime = Field(description="Asked for.", examples=["2026-06-02T08:04:00+07:00"])
