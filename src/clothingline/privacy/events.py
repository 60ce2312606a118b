"""What has happened to data about people."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class OwnDataTaken(Happening):
    """Somebody has taken a copy of everything that is kept about them."""

    account_id: UUID
