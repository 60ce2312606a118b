"""What has happened to reviews. Ids only: no text, no score."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class ReviewEvent(Happening):
    """Something about the review of one order."""

    order_id: UUID
    review_id: UUID


class ReviewWritten(ReviewEvent):
    """A consumer has reviewed an order."""


class ReviewChanged(ReviewEvent):
    """The consumer has put it right before anybody has read it."""


class ReviewForgotten(ReviewEvent):
    """Its text, pictures and name were taken back."""


class ReviewAnswered(ReviewEvent):
    """The brand has answered."""


class ReviewHidden(ReviewEvent):
    """An officer has hidden it, for the reason that stands with it."""


class ReviewRestored(ReviewEvent):
    """An officer shows it again."""


@dataclass(frozen=True)
class RemarkWritten(Happening):
    """A maker has said how it was to work for a consumer."""

    order_id: UUID
    organisation_id: UUID
