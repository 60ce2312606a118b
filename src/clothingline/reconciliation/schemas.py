"""What reconciliations show, and how a person resolves a difference."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed
from clothingline.reconciliation.models import CODES

RunId = Annotated[UUID, typed("rcn")]
DifferenceId = Annotated[UUID, typed("dif")]
AccountId = Annotated[UUID, typed("acc")]


class ReconciliationOut(BaseModel):
    """One comparison with what the provider says has moved."""

    id: RunId
    state: Literal["running", "done", "failed"] = Field(description="Where it stands.", examples=["done"])
    since: datetime = Field(description="Movements from here on.", examples=["2026-06-01T00:00:00+07:00"])
    until: datetime = Field(description="Up to here.", examples=["2026-06-05T06:00:00+07:00"])
    pages: int = Field(description="Pages of movements that were read.", examples=[3])
    seen: int = Field(description="Movements that were new.", examples=[128])
    found: int = Field(description="Differences that are open at its end.", examples=[0])
    balance: MoneyOut | None = Field(description="Our balance as the provider says it.")
    created_at: datetime = Field(description="When it began.", examples=["2026-06-05T06:00:00+07:00"])


class DifferenceOut(BaseModel):
    """Something that the provider and the ledger do not say alike."""

    id: DifferenceId
    code: str = Field(description=", ".join(CODES) + ".", examples=["amount"])
    object_type: str = Field(
        description="Kind of thing: pay, rfd, dsp, out, account or the provider's word.", examples=["pay"]
    )
    object: str = Field(description="The provider's id, or the account.", examples=["chg_01kt08000000000000000000aa"])
    ours: MoneyOut | None = Field(description="What it moved by our rows.")
    theirs: MoneyOut | None = Field(description="What it moved by the provider's.")
    state: Literal["open", "resolved", "gone"] = Field(
        description="gone: the next run no longer found it.", examples=["open"]
    )
    resolution: Literal["suspend", "explained"] | None = Field(description="What was proposed.", examples=["explained"])
    reason: str | None = Field(description="Why, in the words of who proposed it.", examples=["Biaya uji coba"])
    resolved_by: AccountId | None = Field(description="Who proposed it.")
    second_by: AccountId | None = Field(description="Who agreed.")
    found_at: datetime = Field(description="When it was first seen.", examples=["2026-06-05T06:00:00+07:00"])


class ResolutionIn(Input):
    """What a difference is. The first person proposes it; it is done when another one says the same."""

    resolution: Literal["suspend", "explained"] = Field(
        description="suspend: book money that no row knows into suspense. explained: nothing needs to be booked.",
        examples=["explained"],
    )
    reason: str = Field(
        min_length=5, max_length=500, description="What happened.", examples=["Biaya uji coba penyedia"]
    )
