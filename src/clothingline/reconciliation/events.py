"""What has happened to reconciliations and differences."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class ReconciliationAsked(Happening):
    """Pages of the provider's movements are to be read, from this one on; 0 is the beginning."""

    run_id: UUID
    page: int


@dataclass(frozen=True)
class ReconciliationDone(Happening):
    """Everything is compared."""

    run_id: UUID


@dataclass(frozen=True)
class ReconciliationFailed(Happening):
    """The provider did not answer for hours; the next run reads what this one has not."""

    run_id: UUID


@dataclass(frozen=True)
class DifferenceFound(Happening):
    """The provider and we do not say the same of something."""

    difference_id: UUID


@dataclass(frozen=True)
class DifferenceResolved(Happening):
    """Two people agree on what a difference is, and it is booked where it is money."""

    difference_id: UUID
