"""Endpoints of partners, and what is delivered to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

DELIVERY = Machine(
    "webhook_delivery",
    ("waiting",),
    (
        Transition("deliver", ("waiting",), "delivered", "worker", "the receiver answered 2xx within 10 s"),
        Transition("park", ("waiting",), "parked", "worker", "no answer 2xx", "72 h", "replay"),
        Transition("replay", ("waiting", "delivered", "parked"), "waiting", "partner", "the endpoint is not deleted"),
    ),
)

TEXTS = ("offer", "closing", "payment", "action_required", "confirmed", "shipped", "delivered", "payout")
"""What people are told of by text message."""


class WebhookEndpoint(Base, Identified, Stamped):
    """Where an organisation is told of events. Its secret is derived, never stored; `generation` counts its secrets.

    `failing_since`: the newest try failed, and those before it back to then; its deliveries stand behind all others.
    """

    __tablename__ = "webhook_endpoint"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    url: Mapped[str]
    events: Mapped[list[str]]
    generation: Mapped[int] = mapped_column(server_default="1")
    rotated_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("cardinality(events) > 0", name="events"),
        CheckConstraint("generation > 0", name="generation"),
    )


class WebhookDelivery(Base, Identified, Stateful, Stamped):
    """One event on its way to one endpoint; a trigger on `event` makes it in the transaction of the event.

    `since` is when its 72 hours began (business time, as `due_at`); `taken_until` is a lease in real time, and the mark
    of the try that holds it. `answered` is the status of the newest answer, `cause` why the newest try failed.
    """

    __tablename__ = "webhook_delivery"
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"))
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    tries: Mapped[int] = mapped_column(server_default="0")
    since: Mapped[datetime] = mapped_column(server_default=business_time())
    due_at: Mapped[datetime] = mapped_column(server_default=business_time())
    taken_until: Mapped[datetime | None]
    answered: Mapped[int | None]
    cause: Mapped[str | None]
    delivered_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"state IN {DELIVERY.states}", name="state"),
        CheckConstraint("tries >= 0", name="tries"),
        CheckConstraint("(state = 'delivered') = (delivered_at IS NOT NULL)", name="delivered"),
        UniqueConstraint("endpoint_id", "event_id"),
        Index("ix_webhook_delivery_endpoint_id_id", "endpoint_id", "id"),
        Index("ix_webhook_delivery_event_id", "event_id"),
        Index(
            "ix_webhook_delivery_endpoint_id_due_at_waiting",
            "endpoint_id",
            "due_at",
            postgresql_where=text("state = 'waiting'"),
        ),
    )


class PushTarget(Base, Identified, Stamped):
    """A browser that takes messages while it is closed, for as long as its device is signed in."""

    __tablename__ = "push_target"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("device_session.id"))
    endpoint: Mapped[str] = mapped_column(unique=True)
    public: Mapped[bytes] = mapped_column(LargeBinary)
    secret: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("octet_length(public) = 65 AND octet_length(secret) = 16", name="keys"),)


class TextMessage(Base, Identified, Stamped):
    """A text to somebody's phone, written once for what began at `since` and due when people are awake.

    `about`: id of the offer, order, payment or payout. `queued_at`: a job is to send it. It is dropped when what it
    tells is over before it could be sent.
    """

    __tablename__ = "text_message"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str]
    about: Mapped[UUID]
    since: Mapped[datetime]
    due_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"kind IN {TEXTS}", name="kind"),
        CheckConstraint("num_nonnulls(sent_at, dropped_at) = 0 OR queued_at IS NOT NULL", name="queued"),
        CheckConstraint("num_nonnulls(sent_at, dropped_at) < 2", name="ended"),
        UniqueConstraint("account_id", "kind", "about", "since"),
        Index("ix_text_message_about", "about"),
        Index("ix_text_message_due_at_unqueued", "due_at", postgresql_where=text("queued_at IS NULL")),
    )
