"""What goes into webhooks and comes out of them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from clothingline.accounts.event_schemas import EventId
from clothingline.accounts.schemas import OrganisationId
from clothingline.kit import signing
from clothingline.kit.http.plain import Input
from clothingline.kit.ids import typed
from clothingline.kit.outgoing import LONGEST_URL
from clothingline.notices.models import WebhookDelivery, WebhookEndpoint
from clothingline.notices.secrets import secret_of

EndpointId = Annotated[UUID, typed("whk")]
DeliveryId = Annotated[UUID, typed("dlv")]
DeliveryState = Literal["waiting", "delivered", "parked"]
EventName = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z]{1,60})$")]
URL = "https://busana-melati.id/clothingline"
EVENTS = ["OrderPaid", "RunReleased"]


class EndpointCreate(Input):
    """Where you want to be told of what."""

    organisation: OrganisationId | None = Field(
        None, description="Whose endpoint; needed only by who acts for several organisations.", examples=[None]
    )
    url: str = Field(min_length=8, max_length=LONGEST_URL, description="A public https address.", examples=[URL])
    events: list[EventName] = Field(
        min_length=1, max_length=50, description="Names as in the list of events; `*` = all.", examples=[EVENTS]
    )


class EndpointOut(BaseModel):
    """An endpoint, without its secret."""

    id: EndpointId
    object: Literal["webhook_endpoint"] = Field(
        "webhook_endpoint", description="Kind of object.", examples=["webhook_endpoint"]
    )
    organisation: OrganisationId = Field(description="Who is told.", examples=["org_01kt08000000000000000000aa"])
    url: str = Field(description="Where we post to.", examples=[URL])
    events: list[str] = Field(description="Names of the events; `*` = all.", examples=[EVENTS])
    created_at: datetime = Field(description="Since when.", examples=["2026-06-02T08:00:00+07:00"])
    rotated_at: datetime | None = Field(description="When its secret was last changed.", examples=[None])
    failing_since: datetime | None = Field(
        description="Since when every try has failed; null while it answers.", examples=[None]
    )

    @classmethod
    def of(cls, row: WebhookEndpoint) -> "EndpointOut":
        """The endpoint of a row."""
        return cls.model_validate(_fields(row))


class EndpointSecret(EndpointOut):
    """An endpoint with its secret, which is shown this once."""

    secret: str = Field(
        description="Verifies our signatures; keep it where your other secrets are.", examples=["whsec_…"]
    )

    @classmethod
    def of(cls, row: WebhookEndpoint) -> "EndpointSecret":
        """The endpoint of a row, with the newest of its secrets."""
        return cls.model_validate(_fields(row) | {"secret": signing.shown(secret_of(row.id, row.generation))})


def _fields(row: WebhookEndpoint) -> dict[str, object]:
    same = ("id", "url", "events", "created_at", "rotated_at", "failing_since")
    return {**{name: getattr(row, name) for name in same}, "organisation": row.organisation_id}


class Pinged(BaseModel):
    """A `WebhookPinged` is on its way to this endpoint alone."""

    event: EventId = Field(
        description="Id of the event, as in the header `webhook-id`.", examples=["evt_01kt08000000000000000000aa"]
    )


class DeliveryOut(BaseModel):
    """One event on its way to one endpoint."""

    id: DeliveryId
    object: Literal["webhook_delivery"] = Field(
        "webhook_delivery", description="Kind of object.", examples=["webhook_delivery"]
    )
    endpoint: EndpointId
    event: EventId = Field(
        description="The event; the header `webhook-id` at every try.", examples=["evt_01kt08000000000000000000aa"]
    )
    name: str = Field(description="What happened.", examples=["OrderPaid"])
    status: DeliveryState = Field(
        description="`parked` after 72 hours without success: replay it.", examples=["delivered"]
    )
    tries: int = Field(description="How often we have posted it.", examples=[1])
    answered: int | None = Field(description="Status of the newest answer; null = none came.", examples=[204])
    cause: str | None = Field(
        description="Why the newest try failed: `refused` (an answer that is not 2xx), `timeout`, `not_connected`, "
        "`name_unknown`, `address_not_public`, `certificate`, `tls`, `broken`, `fault` (ours), `endpoint_deleted`.",
        examples=[None],
    )
    next_try_at: datetime | None = Field(description="Null where it waits for nothing.", examples=[None])
    delivered_at: datetime | None = Field(
        description="When the receiver answered 2xx.", examples=["2026-06-02T08:00:01+07:00"]
    )
    created_at: datetime = Field(description="When it happened.", examples=["2026-06-02T08:00:00+07:00"])

    @classmethod
    def of(cls, row: WebhookDelivery, name: str) -> "DeliveryOut":
        """The delivery of a row, of an event of this name."""
        return cls(
            id=row.id,
            endpoint=row.endpoint_id,
            event=row.event_id,
            name=name,
            status=row.state,
            tries=row.tries,
            answered=row.answered,
            cause=row.cause,
            next_try_at=row.due_at if row.state == "waiting" else None,
            delivered_at=row.delivered_at,
            created_at=row.created_at,
        )
