"""What has happened to accounts."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class SignInCodeRequested(Happening):
    """Somebody asked for a one-time code."""

    code_id: UUID


@dataclass(frozen=True)
class AccountOpened(Happening):
    """A person came in for the first time, or was entered by the programme."""

    account_id: UUID


@dataclass(frozen=True)
class PartyFounded(Happening):
    """Somebody acts for a new party of the trade."""

    organisation_id: UUID


@dataclass(frozen=True)
class SignedIn(Happening):
    """A device was signed in."""

    account_id: UUID
    session_id: UUID


@dataclass(frozen=True)
class PasskeyEvent(Happening):
    """Something about a passkey of an account."""

    account_id: UUID
    passkey_id: UUID


class PasskeyAdded(PasskeyEvent):
    """A device can sign in without a code."""


class PasskeyRemoved(PasskeyEvent):
    """That key opens nothing any more."""


@dataclass(frozen=True)
class SessionRevoked(Happening):
    """A device was signed out."""

    account_id: UUID
    session_id: UUID


@dataclass(frozen=True)
class ApiTokenIssued(Happening):
    """A program got a token."""

    account_id: UUID
    token_id: UUID


@dataclass(frozen=True)
class ApiTokenRevoked(Happening):
    """A program's token was taken back."""

    account_id: UUID
    token_id: UUID


@dataclass(frozen=True)
class ConsentGiven(Happening):
    """Consent to one purpose."""

    account_id: UUID
    consent_id: UUID


@dataclass(frozen=True)
class ConsentWithdrawn(Happening):
    """Consent taken back."""

    account_id: UUID
    consent_id: UUID


@dataclass(frozen=True)
class AlarmEnded(Happening):
    """Somebody has seen to what an alarm called for, and said how."""

    alarm_id: UUID


@dataclass(frozen=True)
class DeadJobEvent(Happening):
    """A person saw to a background job that had failed at every try, for a reason that is kept with the decision."""

    job: int
    task: str


class DeadJobRetried(DeadJobEvent):
    """It has all its tries again."""


class DeadJobDropped(DeadJobEvent):
    """It will not be tried any more."""
