"""What has happened to certificates."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class CertificateClaimed(Happening):
    """A tailor says to hold a certificate; a person must verify it."""

    certificate_id: UUID
    tailor_id: UUID


@dataclass(frozen=True)
class CertificateVerified(Happening):
    """A person found the certificate in the register."""

    certificate_id: UUID
    tailor_id: UUID


@dataclass(frozen=True)
class CertificateRefused(Happening):
    """The claim did not hold."""

    certificate_id: UUID
    tailor_id: UUID


@dataclass(frozen=True)
class CertificateRevoked(Happening):
    """An active certificate ended before its day."""

    certificate_id: UUID
    tailor_id: UUID


@dataclass(frozen=True)
class CertificateSuperseded(Happening):
    """A newer certificate of the same scheme took its place."""

    certificate_id: UUID
    tailor_id: UUID


@dataclass(frozen=True)
class CertificateShown(Happening):
    """A tailor has sent photos of a certificate; an officer must read them."""

    shown_id: UUID
    tailor_id: UUID


@dataclass(frozen=True)
class ShownCertificateAnswered(Happening):
    """An officer has read the photos, asked for better ones, or refused them."""

    shown_id: UUID
    tailor_id: UUID
