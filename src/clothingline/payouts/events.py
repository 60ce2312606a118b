"""What has happened to payees and payouts."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class PayeeEvent(Happening):
    """Something about one who is paid; the id is that of the organisation."""

    payee_id: UUID


class PayeeOpened(PayeeEvent):
    """Somebody is to be paid: the provider is asked for an account."""


class PayeeActivated(PayeeEvent):
    """The provider pays this party."""


class PayeeRestricted(PayeeEvent):
    """The provider pays this party no more, until something is put right."""


@dataclass(frozen=True)
class PayoutEvent(Happening):
    """Something about one payout."""

    payout_id: UUID


class PayoutCollected(PayoutEvent):
    """What was available to a payee stands in a payout."""


class PayoutApproved(PayoutEvent):
    """The payout may leave."""


class PayoutWithdrawn(PayoutEvent):
    """The payout will not leave; its earnings are available again."""


class PayoutSent(PayoutEvent):
    """The provider is being asked to move the money."""


class PayoutDoubtful(PayoutEvent):
    """Nobody knows whether the provider has moved the money; it is asked by our reference."""


class PayoutPaid(PayoutEvent):
    """The bank has the money."""


class PayoutFailed(PayoutEvent):
    """The money did not leave; the earnings are available again."""


class PayoutReturned(PayoutEvent):
    """The bank has sent the money back after it was paid; the earnings are available again."""
