"""What has happened to webhooks. Nobody can subscribe to these: a delivery that fails would tell of itself for ever."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class WebhookEndpointAdded(Happening):
    """An organisation wishes to be told of events."""

    endpoint_id: UUID
    organisation_id: UUID


@dataclass(frozen=True)
class WebhookSecretRotated(Happening):
    """A new secret signs; the one before it holds for another day."""

    endpoint_id: UUID
    generation: int


@dataclass(frozen=True)
class WebhookEndpointDeleted(Happening):
    """Nothing more is delivered to it."""

    endpoint_id: UUID


@dataclass(frozen=True)
class WebhookPinged(Happening):
    """Somebody tries an endpoint out; this one is delivered, to that endpoint only."""

    endpoint_id: UUID


@dataclass(frozen=True)
class WebhookDeliveryParked(Happening):
    """Three days of tries have failed; it waits for a replay."""

    delivery_id: UUID
    endpoint_id: UUID
