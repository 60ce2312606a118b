"""What has happened to earnings."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class EarningAvailable(Happening):
    """A party may be paid for one thing that it did."""

    earning_id: UUID
    order_id: UUID


@dataclass(frozen=True)
class EarningsReleased(Happening):
    """Everybody's share of an accepted order may be paid out."""

    order_id: UUID
