"""What has happened to applications of tailors."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class ApplicationStarted(Happening):
    """Somebody begins to sign up as a tailor."""

    tailor_id: UUID


@dataclass(frozen=True)
class TailorApplied(Happening):
    """The answers are handed in; officers look at them."""

    tailor_id: UUID


@dataclass(frozen=True)
class TailorAdmitted(Happening):
    """An officer has taken the workshop in; work may be offered from now on."""

    tailor_id: UUID


@dataclass(frozen=True)
class ApplicationRefused(Happening):
    """An officer has not taken the workshop in, for a reason that it reads."""

    tailor_id: UUID
