"""What has happened to cloth. `claim` is the plan for which it was set aside."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class LotListed(Happening):
    """A supplier offers a new lot."""

    lot_id: UUID


@dataclass(frozen=True)
class ClothReceived(Happening):
    """Stock came into a lot."""

    lot_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class ClothCounted(Happening):
    """A supplier counted a lot; what differed from the books was corrected."""

    lot_id: UUID


@dataclass(frozen=True)
class ClothHeld(Happening):
    """Free cloth was set aside behind a quote."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID


@dataclass(frozen=True)
class ClothRequested(Happening):
    """The order is paid; the supplier is asked."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID


@dataclass(frozen=True)
class ClothConfirmed(Happening):
    """The supplier will deliver."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID


@dataclass(frozen=True)
class ClothUnconfirmed(Happening):
    """The supplier took the confirmation back in time."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID


@dataclass(frozen=True)
class ClothRefused(Happening):
    """The supplier cannot deliver; the cloth is free again."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID


@dataclass(frozen=True)
class ClothCut(Happening):
    """The brand has cut the cloth."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID


@dataclass(frozen=True)
class ClothReleased(Happening):
    """Nobody needs the cloth any more; it is free again."""

    reservation_id: UUID
    lot_id: UUID
    claim: UUID
