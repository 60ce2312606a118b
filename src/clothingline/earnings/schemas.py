"""What earnings show."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.ids import typed

OrderId = Annotated[UUID, typed("ord")]
OrganisationId = Annotated[UUID, typed("org")]
EarningId = Annotated[UUID, typed("ern")]


class EarningOut(BaseModel):
    """What a party is owed for one thing done."""

    id: EarningId
    order: OrderId
    order_code: str = Field(description="Number of the order.", examples=["CL-2606-0042"])
    organisation: OrganisationId
    source: Literal["job", "reservation", "order", "machine", "held"] = Field(
        description="Sewing, cloth, the brand, a machine, or a piece that waits for a chargeback.", examples=["job"]
    )
    amount: MoneyOut
    state: Literal["expected", "earned", "available", "in_batch", "paid", "voided"] = Field(
        description="available: it can be paid out.", examples=["earned"]
    )
    withheld: MoneyOut = Field(description="Tax (PPh 22) that was kept for the state.")
    recovered: MoneyOut = Field(description="What pays back a debt to the guarantee fund.")
    net: MoneyOut = Field(description="What is paid out.")
    expected_on: date | None = Field(
        description="May be paid out from this day on: for passed work two working days later; for everything else at "
        "the latest, which is promised delivery plus the consumer's days to accept.",
        examples=["2026-06-30"],
    )
