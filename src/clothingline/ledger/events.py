"""What has happened in the ledger."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class CorrectionProposed(Happening):
    """Somebody asks that a transaction be booked by hand; another must agree."""

    correction_id: UUID


@dataclass(frozen=True)
class CorrectionBooked(Happening):
    """Another has agreed, and it is booked."""

    correction_id: UUID


@dataclass(frozen=True)
class CorrectionRejected(Happening):
    """It is not booked."""

    correction_id: UUID
