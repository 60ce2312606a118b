"""What has happened to tailors. Days are written YYYY-MM-DD."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class TailorUpdated(Happening):
    """A workshop changed its profile, hours or price."""

    tailor_id: UUID


@dataclass(frozen=True)
class DayOffAdded(Happening):
    """A workshop closes on a day."""

    tailor_id: UUID
    day: str


@dataclass(frozen=True)
class DayOffRemoved(Happening):
    """A workshop opens on a day after all."""

    tailor_id: UUID
    day: str
