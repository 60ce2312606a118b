"""What has happened to designs and size charts."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class SizeChartAdded(Happening):
    """A chart of sizes came in."""

    size_chart_id: UUID


@dataclass(frozen=True)
class DesignDrafted(Happening):
    """A brand wrote a design down."""

    design_id: UUID


@dataclass(frozen=True)
class DesignPublished(Happening):
    """The design can be ordered."""

    design_id: UUID


@dataclass(frozen=True)
class DesignWithdrawn(Happening):
    """The design can no longer be ordered."""

    design_id: UUID
