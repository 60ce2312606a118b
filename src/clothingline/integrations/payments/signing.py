"""Signatures of notices by Standard Webhooks (`kit.signing`), and the secret that the provider and we share."""

import base64
import hmac

from clothingline.integrations.payments.faults import NotSigned
from clothingline.kit import signing
from clothingline.settings import settings

__all__ = ["NotSigned", "headers", "shared_secret", "sign", "verify"]

DEVELOPMENT_SECRET = "only-for-development"  # noqa: S105  # production refuses to run on it
TOLERANCE_SECONDS = 300


def shared_secret() -> bytes:
    """The secret shared with the provider. Raises `RuntimeError` in production when none is set."""
    given = settings().payments.notice_secret.get_secret_value()
    if given:
        return base64.b64decode(given.removeprefix("whsec_"))
    if settings().environment == "production":
        raise RuntimeError(
            "CLOTHINGLINE_PAYMENTS__NOTICE_SECRET is missing: notices of the provider cannot be verified"
        )
    root = settings().secret.get_secret_value() or DEVELOPMENT_SECRET
    return hmac.digest(root.encode(), b"payment-notices", "sha256")


def sign(secret: bytes, *, notice: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`."""
    return signing.sign(secret, message=notice, timestamp=timestamp, body=body)


def headers(secret: bytes, *, notice: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a signed notice."""
    return signing.headers([secret], message=notice, timestamp=timestamp, body=body)


def verify(secret: bytes, *, notice: str, timestamp: str, signatures: str, body: bytes, now: int) -> None:
    """Check the raw bytes; `now` in seconds of the real clock. Raises `NotSigned`.

    Several signatures may stand side by side while a secret is being changed.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and abs(int(timestamp[:12]) - now) <= TOLERANCE_SECONDS):
        raise NotSigned("timestamp")
    expected = sign(secret, notice=notice, timestamp=int(timestamp), body=body).encode()
    if not any(hmac.compare_digest(one.encode(), expected) for one in signatures.split()):
        raise NotSigned("signature")
