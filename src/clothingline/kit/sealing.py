"""Ciphertext of what only its owner's row may be read with: AES-256-GCM. A house says what its blobs are about.

A sealed blob is format byte, 12-byte nonce, ciphertext with tag. The associated data names what it is and whose, so
that a blob that was moved to another row does not open.
"""

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12


@cache
def derived_key(root: bytes, purpose: bytes) -> bytes:
    """A key of 256 bits for one purpose: HKDF-SHA256 (RFC 5869) of the installation's root secret."""
    return HKDF(SHA256(), length=KEY_BYTES, salt=b"clothingline", info=purpose).derive(root)


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """A blob that opens only with the same key and the same `about`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, FORMAT + about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was sealed. Raises `ValueError` for a blob that is damaged, moved or of another key."""
    form, nonce, secret = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, secret, form + about)
    except InvalidTag as error:
        raise ValueError("a sealed blob does not open") from error
