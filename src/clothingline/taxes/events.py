"""What has happened in taxes."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class TaxProfileUpdated(Happening):
    """A seller's tax number or address was entered anew."""

    organisation_id: UUID


@dataclass(frozen=True)
class TaxDeclarationGiven(Happening):
    """A seller says to be exempt; an officer must look at it."""

    declaration_id: UUID
    organisation_id: UUID


@dataclass(frozen=True)
class TaxDeclarationConfirmed(Happening):
    """Nothing is withheld on the days of the declaration."""

    declaration_id: UUID
    organisation_id: UUID


@dataclass(frozen=True)
class TaxDeclarationRefused(Happening):
    """The declaration does not hold."""

    declaration_id: UUID
    organisation_id: UUID


@dataclass(frozen=True)
class TaxDeclarationCut(Happening):
    """The seller has earned more than is free in a year: the declaration ends with this month."""

    declaration_id: UUID
    organisation_id: UUID


@dataclass(frozen=True)
class TaxDeclarationEnded(Happening):
    """Its last day is over."""

    declaration_id: UUID
    organisation_id: UUID
