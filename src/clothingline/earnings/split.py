"""How the price of an order is divided: makers and cloth as agreed, transport as planned, the brand the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clothingline.orders.errors import SplitExceedsPrice

CM_PER_METRE = 100


@dataclass(frozen=True)
class Owed:
    """What one party is owed for one thing, in whole rupiah."""

    source_type: str
    source_id: UUID
    organisation_id: UUID
    amount_idr: int


def cloth_price(cm: int, price_idr: int) -> int:
    """Rupiah for `cm` of cloth at `price_idr` a metre, rounded half up."""
    return (cm * price_idr + CM_PER_METRE // 2) // CM_PER_METRE


def transport_price(parts: Iterable[dict[str, Any]]) -> int:
    """Rupiah of a plan's transport."""
    return sum(int(part["amount"]) for part in parts if part["code"] == "transport")


def remainder(price_idr: int, *, others: Sequence[int], transport_idr: int) -> int:
    """What is left for the brand (≥ 0). Raises `SplitExceedsPrice`."""
    left = price_idr - sum(others) - transport_idr
    if left < 0:
        raise SplitExceedsPrice(short_idr=-left)
    return left
