"""Accounts and what they may act for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.access import Role
from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Stamped

ORGANISATION_KINDS = ("brand", "supplier", "tailor", "sentra", "programme")


class Organisation(Base, Identified, Stamped):
    """A party that acts through its members; brands, suppliers, workshops and sentra share its id."""

    __tablename__ = "organisation"
    kind: Mapped[str]
    name: Mapped[str]

    __table_args__ = (CheckConstraint(f"kind IN {ORGANISATION_KINDS}", name="kind"),)


class Account(Base, Identified, Stamped):
    """A person who signs in with a phone number (E.164)."""

    __tablename__ = "account"
    phone: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="id")
    password_hash: Mapped[str | None]
    disabled_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("language IN ('id', 'en')", name="language"),)


class RoleHeld(Base, Identified):
    """A role of an account, in an organisation or in the programme itself."""

    __tablename__ = "role_held"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    since: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (
        CheckConstraint(f"role IN {tuple(role.value for role in Role)}", name="role"),
        Index(
            "uq_role_held_account_id_role_organisation_id",
            "account_id",
            "role",
            "organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )


class SignInCode(Base, Identified, Stamped):
    """A request for a one-time code, and the language of the page on which it was asked for.

    The code itself is derived from this row's id and is stored nowhere.
    """

    __tablename__ = "sign_in_code"
    phone: Mapped[str] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    guesses: Mapped[int] = mapped_column(server_default="0")
    used_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(server_default="id")

    __table_args__ = (
        CheckConstraint("guesses >= 0", name="guesses"),
        CheckConstraint("language IN ('id', 'en')", name="language"),
    )


class DeviceSession(Base, Identified, Stamped):
    """A signed-in device; only the SHA-256 of its token is kept."""

    __tablename__ = "device_session"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    device: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Passkey(Base, Identified, Stamped):
    """A key pair of a device of somebody (WebAuthn); only its public half (COSE) is known here.

    `sign_count` how often it has signed, by its own word; 0 for keys that do not count.
    """

    __tablename__ = "passkey"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    used_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("sign_count >= 0", name="sign_count"),)


class PasskeyChallenge(Base, Identified, Stamped):
    """A question to a device, gone once it is answered; `account_id` of whoever adds a key, None at the door."""

    __tablename__ = "passkey_challenge"
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ApiToken(Base, Identified, Stamped):
    """A named token for programs; only its SHA-256 is kept."""

    __tablename__ = "api_token"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Consent(Base, Identified):
    """Consent to one purpose in one version of its text; withdrawing keeps the proof."""

    __tablename__ = "consent"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    purpose: Mapped[str]
    version: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(server_default=business_time())
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_consent_account_id_purpose_open",
            "account_id",
            "purpose",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
