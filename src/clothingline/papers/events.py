"""What has happened to papers."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class DocumentWished(Happening):
    """A paper has its number and its facts; it is printed next."""

    document_id: UUID


@dataclass(frozen=True)
class DocumentMade(Happening):
    """A paper can be read."""

    document_id: UUID


@dataclass(frozen=True)
class DocumentFailed(Happening):
    """A paper could not be printed from its facts; somebody must look."""

    document_id: UUID
