"""Codes, tokens and passwords. Nothing that signs anybody in is stored in the clear."""

import hashlib
import hmac
import secrets
from functools import cache
from uuid import UUID

import phonenumbers
from pwdlib import PasswordHash

from clothingline.kit.errors import Invalid
from clothingline.settings import settings

SESSION_PREFIX = "clk_ses_"
DEVELOPMENT_SECRET = "only-for-development"  # noqa: S105  # production refuses it


def root_secret() -> bytes:
    """The installation's root secret; development has a fixed one."""
    return (settings().secret.get_secret_value() or DEVELOPMENT_SECRET).encode()


def one_time_code(code_id: UUID) -> str:
    """Six digits derived from the id of the request (HMAC-SHA256, truncated as in RFC 4226 section 5.3)."""
    digest = hmac.digest(root_secret(), b"sign-in-code:" + code_id.bytes, "sha256")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def new_token(prefix: str) -> str:
    """A random token of 256 bits."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).digest()


def same(given: str, expected: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


def hash_password(password: str) -> str:
    """Argon2id hash with its parameters and salt."""
    return _hasher().hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    """Whether the password belongs to the hash; takes as long when there is none."""
    return _hasher().verify(password, stored or _dummy()) and stored is not None


@cache
def _dummy() -> str:
    return hash_password(secrets.token_urlsafe(16))


def phone_number(text: str) -> str:
    """E.164 form of an Indonesian or international number. Raises `Invalid`."""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Invalid("/phone", "Tulis nomor telepon lengkap, misalnya 0812-3456-7890.", "Write the full phone number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
