"""What an event looks like on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.accounts.schemas import AccountId
from clothingline.kit.ids import show, typed

EventId = Annotated[UUID, typed("evt")]

# Fields of facts are named after the row they point to; programs know rows by their TypeIDs.
PREFIXES = {
    "account_id": "acc",
    "alarm_id": "alm",
    "brand_id": "brd",
    "certificate_id": "crt",
    "consent_id": "cns",
    "delivery_id": "dlv",
    "design_id": "dsg",
    "endpoint_id": "whk",
    "inspection_id": "ins",
    "job_id": "job",
    "lot_id": "lot",
    "offer_id": "off",
    "order_id": "ord",
    "organisation_id": "org",
    "payment_id": "pay",
    "plan_id": "pol",
    "quote_id": "quo",
    "reservation_id": "res",
    "review_id": "rvw",
    "run_id": "run",
    "session_id": "ses",
    "shipment_id": "shp",
    "supplier_id": "sup",
    "tailor_id": "tlr",
    "token_id": "tok",
}


class EventOut(BaseModel):
    """Something that has happened."""

    id: EventId = Field(description="Pass it as `Last-Event-ID` to resume a stream.")
    object: Literal["event"] = Field("event", description="Kind of object.", examples=["event"])
    name: str = Field(description="What happened, in the past tense.", examples=["OrderPaid"])
    at: datetime = Field(description="When, in business time.", examples=["2026-06-02T08:00:00+07:00"])
    actor: AccountId | None = Field(
        description="The account that did it: yours, or any for administrators and auditors; null for others.",
        examples=["acc_01kt08000000000000000000aa"],
    )
    facts: dict[str, Any] = Field(
        description="The rows that it is about.", examples=[{"order_id": "ord_01kt08000000000000000000aa"}]
    )


def wire_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Ids of facts as TypeIDs; what is no id of a public row stays as it is."""
    return {name: _shown(PREFIXES[name], value) if name in PREFIXES else value for name, value in facts.items()}


def _shown(prefix: str, value: Any) -> Any:
    return show(prefix, UUID(value)) if isinstance(value, str) else value
