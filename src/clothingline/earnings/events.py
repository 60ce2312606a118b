"""What has happened to earnings."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class EarningsReleased(Happening):
    """Everybody's share of an accepted order stands as payable."""

    order_id: UUID
