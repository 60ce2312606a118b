"""What has happened to shipments."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class ShipmentEvent(Happening):
    """Something about one shipment of one order."""

    order_id: UUID
    shipment_id: UUID


class ShipmentDispatched(ShipmentEvent):
    """The parcel has left the brand."""


class ShipmentDelivered(ShipmentEvent):
    """The parcel has arrived."""
