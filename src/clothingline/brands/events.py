"""What has happened to brands."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class BrandUpdated(Happening):
    """A brand changed its profile, fee or capacity."""

    brand_id: UUID
