"""What has happened to suppliers."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class SupplierUpdated(Happening):
    """A supplier changed its profile."""

    supplier_id: UUID
