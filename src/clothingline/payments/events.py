"""What has happened to money."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class PaymentEvent(Happening):
    """Something about one payment of an order."""

    payment_id: UUID
    order_id: UUID


class PaymentOpened(PaymentEvent):
    """The provider waits for the consumer on its pay page."""


class PaymentCaptured(PaymentEvent):
    """The money has arrived."""


class PaymentCapturedLate(PaymentEvent):
    """The money arrived after the payment had ended; it goes back."""


@dataclass(frozen=True)
class PaymentExpired(PaymentEvent):
    """Nothing arrived in time for what was checked out, a quote; None for a balance."""

    quote_id: UUID | None


@dataclass(frozen=True)
class PaymentNoticed(Happening):
    """The provider has told us something about a charge."""

    notice_id: UUID


@dataclass(frozen=True)
class NoticeQuarantined(Happening):
    """A genuine notice does not fit what was asked for; a person must look."""

    notice_id: UUID


@dataclass(frozen=True)
class RefundEvent(Happening):
    """Something about money that goes back to the consumer."""

    refund_id: UUID
    order_id: UUID


class RefundApproved(RefundEvent):
    """Money is set aside to go back."""


class RefundSettled(RefundEvent):
    """The provider has paid back."""
