"""Money on the wire."""

from pydantic import BaseModel, Field

from clothingline.kit.http.plain import Input
from clothingline.kit.money import RUPIAH


class MoneyOut(BaseModel):
    """An amount in whole minor units; rupiah are whole rupiah."""

    amount: int = Field(description="Whole minor units.", examples=[1080000])
    currency: str = Field(description="ISO 4217.", examples=["IDR"])


class MoneyIn(Input):
    """An amount of rupiah that a person names."""

    amount: int = Field(ge=1, le=1_000_000_000_000, description="Whole rupiah.", examples=[5000000], strict=True)
    currency: str = Field(RUPIAH, pattern="^IDR$", description="Only rupiah so far.", examples=["IDR"])


def idr(amount: int) -> MoneyOut:
    """Rupiah on the wire."""
    return MoneyOut(amount=amount, currency=RUPIAH)
