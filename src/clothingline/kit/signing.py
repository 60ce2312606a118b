"""Signatures by Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, base64, `v1,` in front."""

import base64
import hmac
from collections.abc import Sequence

SECRET_PREFIX = "whsec_"  # noqa: S105  # what every secret begins with, no secret


def shown(secret: bytes) -> str:
    """How a secret is written: `whsec_` and its base64."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def sign(secret: bytes, *, message: str, timestamp: int, body: bytes) -> str:
    """One signature of a message's id, the seconds since 1970, and its raw body."""
    digest = hmac.digest(secret, f"{message}.{timestamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(secrets: Sequence[bytes], *, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a message; several signatures stand side by side while a secret is being changed."""
    signatures = [sign(secret, message=message, timestamp=timestamp, body=body) for secret in secrets]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
