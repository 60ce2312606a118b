"""What has happened to plans and offers."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class PlanAdopted(Happening):
    """A plan is now the one that is carried out."""

    order_id: UUID
    plan_id: UUID


@dataclass(frozen=True)
class OfferEvent(Happening):
    """Something about one offer of one order."""

    order_id: UUID
    offer_id: UUID


class OfferSent(OfferEvent):
    """A party is asked."""


class OfferSeen(OfferEvent):
    """The party has opened the offer."""


class OfferAccepted(OfferEvent):
    """The party will do it; it may still undo this for some minutes."""


class OfferUndone(OfferEvent):
    """The party took its acceptance back in time."""


class OfferDeclined(OfferEvent):
    """The party will not do it; that never costs."""


class OfferExpired(OfferEvent):
    """The deadline passed without an answer."""


class OfferExtended(OfferEvent):
    """The party asked for more time to think."""


class OfferWithdrawn(OfferEvent):
    """The offer was taken back because the order changed or ended."""


class OfferPassedOver(OfferEvent):
    """An officer took an open offer back, for a reason that is kept with it; somebody else is asked."""
