"""Ciphertext of labels and values: AES-256-GCM under a key of each person's own, wrapped by a key of the installation.

A sealed blob is format byte, 12-byte nonce, ciphertext with tag. The associated data names what it is, whose, and for a
set its version, so that a blob that was moved to another row or version does not open. Without the wrapped key nothing
of a person opens; a restored backup holds it again, so the erasures since then are repeated after a restore.
"""

import json
import secrets
from collections.abc import Mapping
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clothingline.accounts.secrets import root_secret
from clothingline.measurements.errors import SealBroken

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12


def new_key(person_id: UUID) -> bytes:
    """A fresh data key of a person, wrapped."""
    return _seal(_wrapping_key(root_secret()), secrets.token_bytes(KEY_BYTES), b"key" + person_id.bytes)


def seal_label(wrapped: bytes, person_id: UUID, label: str) -> bytes:
    """What the owner calls the person."""
    return _seal(_unwrap(wrapped, person_id), label.encode(), b"label" + person_id.bytes)


def open_label(wrapped: bytes, person_id: UUID, sealed: bytes) -> str:
    """The label. Raises `SealBroken`."""
    return _open(_unwrap(wrapped, person_id), sealed, b"label" + person_id.bytes).decode()


def seal_values(wrapped: bytes, person_id: UUID, version: int, values: Mapping[str, int]) -> bytes:
    """The values of one version of a person's measures, by measurement in its stored unit."""
    plain = json.dumps(dict(values), sort_keys=True, separators=(",", ":")).encode()
    return _seal(_unwrap(wrapped, person_id), plain, _set(person_id, version))


def open_values(wrapped: bytes, person_id: UUID, version: int, sealed: bytes) -> dict[str, int]:
    """The values. Raises `SealBroken`."""
    found: dict[str, int] = json.loads(_open(_unwrap(wrapped, person_id), sealed, _set(person_id, version)))
    return found


def _set(person_id: UUID, version: int) -> bytes:
    return b"set" + person_id.bytes + version.to_bytes(4)


def _unwrap(wrapped: bytes, person_id: UUID) -> bytes:
    return _open(_wrapping_key(root_secret()), wrapped, b"key" + person_id.bytes)


@cache
def _wrapping_key(root: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) of the installation's root secret."""
    return HKDF(SHA256(), length=KEY_BYTES, salt=b"clothingline", info=b"measurements/person-key/1").derive(root)


def _seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, FORMAT + about)


def _open(key: bytes, sealed: bytes, about: bytes) -> bytes:
    form, nonce, secret = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, secret, form + about)
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error
