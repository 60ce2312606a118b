"""What has happened to rosters and wearers. Ids only: no name, no size, no measure."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class RosterEvent(Happening):
    """Something about one roster."""

    roster_id: UUID


class RosterOpened(RosterEvent):
    """There is a link by which everybody says their size."""


class RosterClosed(RosterEvent):
    """Nobody can say anything by the link any more."""


class RosterReopened(RosterEvent):
    """Sizes can be said and changed again until the last day."""


class RosterErased(RosterEvent):
    """Names and measures of all its wearers cannot be read by anybody any more."""


@dataclass(frozen=True)
class WearerEvent(RosterEvent):
    """Something about one wearer."""

    wearer_id: UUID


class WearerEntered(WearerEvent):
    """Somebody has given a name by the link."""


class WearerConsented(WearerEvent):
    """Body measures may be taken and used for this order."""


class WearerSized(WearerEvent):
    """The size is known: a ready one, or every measure that the garment needs."""


class WearerCorrected(WearerEvent):
    """Whoever holds the order has put another ready size."""


class WearerRemoved(WearerEvent):
    """The entry is gone, and with it what was said; its place is free."""


class WearerErased(WearerEvent):
    """Name and measures of a wearer whose piece is ordered cannot be read by anybody any more."""
