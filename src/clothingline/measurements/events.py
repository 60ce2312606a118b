"""What has happened to people's measures. Ids only: no label, no value."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class PersonAdded(Happening):
    """Somebody will be measured."""

    person_id: UUID


@dataclass(frozen=True)
class PersonErased(Happening):
    """The key of a person is shredded: label and measures cannot be read by anybody any more."""

    person_id: UUID


@dataclass(frozen=True)
class MeasurementSetStored(Happening):
    """A new version of a person's measures."""

    person_id: UUID
    set_id: UUID


@dataclass(frozen=True)
class MeasureConfirmed(Happening):
    """A measure that was not sure is known now."""

    person_id: UUID
    set_id: UUID
    measurement: str


@dataclass(frozen=True)
class MeasurementSetRead(Happening):
    """The owner looked at the values. A maker's look is told by production."""

    person_id: UUID
    set_id: UUID
