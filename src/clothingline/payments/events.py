"""What has happened to money."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class PaymentEvent(Happening):
    """Something about one payment of an order."""

    payment_id: UUID
    order_id: UUID


class PaymentWished(PaymentEvent):
    """A part of an instalment is to be asked for."""


class PaymentOpened(PaymentEvent):
    """The provider waits for the consumer on its pay page."""


class PaymentActionNeeded(PaymentEvent):
    """The consumer has to confirm at the bank (3-D Secure)."""


class PaymentAuthorised(PaymentEvent):
    """The money is held, and we may take it."""


class PaymentCaptured(PaymentEvent):
    """The money has arrived."""


class PaymentCapturedLate(PaymentEvent):
    """The money arrived after the payment had ended; it goes back."""


class ChargeAbandoned(PaymentEvent):
    """A payment with a charge has ended: nobody should pay it any more."""


@dataclass(frozen=True)
class PaymentExpired(PaymentEvent):
    """Nothing arrived in time for what was checked out, a quote; None for a balance."""

    quote_id: UUID | None


@dataclass(frozen=True)
class PaymentNoticed(Happening):
    """The provider has told us something about a charge, a refund or a dispute."""

    notice_id: UUID


@dataclass(frozen=True)
class PayoutNoticed(Happening):
    """The provider has told us something about a transfer, a payout or a payee."""

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


class RefundRequested(RefundEvent):
    """Somebody has to approve that money goes back."""


class RefundRejected(RefundEvent):
    """It does not go back."""


class RefundApproved(RefundEvent):
    """Money is set aside to go back."""


class RefundSettled(RefundEvent):
    """The provider has paid back."""


class RefundFailed(RefundEvent):
    """The provider has definitely not paid back; the money stands where it stood."""


@dataclass(frozen=True)
class RefundAsked(RefundEvent):
    """It is time to ask the provider how a refund stands; `turn` counts the questions."""

    turn: int


@dataclass(frozen=True)
class DisputeEvent(Happening):
    """Something about a chargeback."""

    dispute_id: UUID
    payment_id: UUID
    order_id: UUID


class DisputeOpened(DisputeEvent):
    """The bank has taken the money back until it is decided."""


class DisputeWon(DisputeEvent):
    """The money came back to us."""


class DisputeLost(DisputeEvent):
    """The money is gone."""
