"""What has happened to orders and quotes."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class OrderEvent(Happening):
    """Something about one order."""

    order_id: UUID


class OrderDrafted(OrderEvent):
    """A wish was written down."""


@dataclass(frozen=True)
class OrderQuoted(OrderEvent):
    """The order has a price and a promise that hold until the quote ends."""

    quote_id: UUID


@dataclass(frozen=True)
class QuoteExpired(OrderEvent):
    """The quote ended; what it held is free again."""

    quote_id: UUID


@dataclass(frozen=True)
class OrderCheckedOut(OrderEvent):
    """The consumer took a plan of the quote and is about to pay."""

    quote_id: UUID


class OrderPaid(OrderEvent):
    """The first instalment has arrived."""


class OrderConfirmed(OrderEvent):
    """Every party has accepted, past its undo."""


class OrderNeedsChoice(OrderEvent):
    """Nothing fits; the consumer must choose."""


class OrderChosen(OrderEvent):
    """The consumer has loosened a limit; the order is routed again."""


class OrderChanged(OrderEvent):
    """A change was made before cutting."""


class OrderCancelled(OrderEvent):
    """The order ended before anything was cut."""


class CuttingStarted(OrderEvent):
    """The brand has cut the cloth."""


class OrderReady(OrderEvent):
    """Everything is sewn, passed and back at the brand."""


class OrderShipped(OrderEvent):
    """The parcel has left."""


class OrderDelivered(OrderEvent):
    """The parcel has arrived."""


class OrderAccepted(OrderEvent):
    """The consumer, or time, has accepted the goods."""
