"""What the ledger shows."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.ids import typed

OrderId = Annotated[UUID, typed("ord")]
AccountId = Annotated[UUID, typed("lac")]


TransactionId = Annotated[UUID, typed("txn")]


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
