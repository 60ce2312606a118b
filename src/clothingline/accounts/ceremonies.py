"""Passkeys by the book (WebAuthn level 3): what a browser is asked to do, and whether what it brings back is right."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from clothingline.accounts.errors import PasskeyRefused
from clothingline.accounts.models import Account, Passkey
from clothingline.accounts.secrets import root_secret

NAME = "clothingline"
MINUTES = 5
_VERIFIED = UserVerificationRequirement.REQUIRED
_KIND = AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED)


@dataclass(frozen=True)
class Place:
    """For which site keys are made: its host, and where its pages say that they come from."""

    host: str
    origin: str


@dataclass(frozen=True)
class MadeKey:
    """A key as its device has made it: its id, its public half, and how often it has signed."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def challenge_of(challenge_id: UUID) -> bytes:
    """What a device has to sign, derived from the id of the request; it is stored nowhere."""
    return hmac.digest(root_secret(), b"passkey:" + challenge_id.bytes, "sha256")


def ask_for_key(place: Place, challenge_id: UUID, account: Account, known: Sequence[Passkey]) -> dict[str, Any]:
    """What the browser of an account is asked, to make a key that is none of the `known` ones."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=NAME,
        user_id=account.id.bytes,
        user_name=account.phone,
        user_display_name=account.name,
        challenge=challenge_of(challenge_id),
        authenticator_selection=_KIND,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )
    return _document(webauthn.options_to_json(options))


def ask_for_proof(place: Place, challenge_id: UUID) -> dict[str, Any]:
    """What a browser is asked, to sign in with whichever key its owner chooses."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host, challenge=challenge_of(challenge_id), user_verification=_VERIFIED
    )
    return _document(webauthn.options_to_json(options))


def _document(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def read_key(credential: str, challenge_id: UUID, place: Place) -> MadeKey:
    """The key that a browser has made for us. Raises `PasskeyRefused`."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge_of(challenge_id),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise PasskeyRefused from error
    return MadeKey(made.credential_id, made.credential_public_key, made.sign_count)


def credential_id_of(credential: str) -> bytes:
    """Which key a proof speaks of. Raises `PasskeyRefused`."""
    try:
        return base64url_to_bytes(str(_document(credential)["id"]))
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error


def check_proof(credential: str, challenge_id: UUID, place: Place, key: Passkey) -> int:
    """How often the key has signed by now, if the proof is right and new. Raises `PasskeyRefused`."""
    try:
        proven = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge_of(challenge_id),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise PasskeyRefused from error
    return proven.new_sign_count
