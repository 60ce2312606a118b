"""Ciphertext of labels and values: AES-256-GCM under a key of each person's own, wrapped by a key of the installation.

The associated data names what it is, whose, and for a set its version, so that a blob that was moved to another row or
version does not open. Without the wrapped key nothing of a person opens; a restored backup holds it again, so the
erasures since then are repeated after a restore.
"""

import json
import secrets
from collections.abc import Mapping
from uuid import UUID

from clothingline.accounts.secrets import root_secret
from clothingline.kit.sealing import KEY_BYTES, derived_key, seal, unseal
from clothingline.measurements.errors import SealBroken


def new_key(person_id: UUID) -> bytes:
    """A fresh data key of a person, wrapped."""
    return seal(_wrapping_key(root_secret()), secrets.token_bytes(KEY_BYTES), b"key" + person_id.bytes)


def seal_label(wrapped: bytes, person_id: UUID, label: str) -> bytes:
    """What the owner calls the person."""
    return seal(_unwrap(wrapped, person_id), label.encode(), b"label" + person_id.bytes)


def open_label(wrapped: bytes, person_id: UUID, sealed: bytes) -> str:
    """The label. Raises `SealBroken`."""
    return _open(_unwrap(wrapped, person_id), sealed, b"label" + person_id.bytes).decode()


def seal_values(wrapped: bytes, person_id: UUID, version: int, values: Mapping[str, int]) -> bytes:
    """The values of one version of a person's measures, by measurement in its stored unit."""
    plain = json.dumps(dict(values), sort_keys=True, separators=(",", ":")).encode()
    return seal(_unwrap(wrapped, person_id), plain, _set(person_id, version))


def open_values(wrapped: bytes, person_id: UUID, version: int, sealed: bytes) -> dict[str, int]:
    """The values. Raises `SealBroken`."""
    found: dict[str, int] = json.loads(_open(_unwrap(wrapped, person_id), sealed, _set(person_id, version)))
    return found


def _set(person_id: UUID, version: int) -> bytes:
    return b"set" + person_id.bytes + version.to_bytes(4)


def _unwrap(wrapped: bytes, person_id: UUID) -> bytes:
    return _open(_wrapping_key(root_secret()), wrapped, b"key" + person_id.bytes)


def _wrapping_key(root: bytes) -> bytes:
    return derived_key(root, b"measurements/person-key/1")


def _open(key: bytes, sealed: bytes, about: bytes) -> bytes:
    try:
        return unseal(key, sealed, about)
    except ValueError as error:
        raise SealBroken from error
