"""A browser with keys of its own that takes messages, as its maker's service sees it."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SECRET = b"sixteen secrets!"


@dataclass
class Phone:
    """The browser of one phone."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def public(self) -> bytes:
        """Its point."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def said(self, endpoint: str) -> dict[str, str]:
        """What it says of itself when it is asked to take messages."""
        return {"endpoint": endpoint, "p256dh": _text(self.public), "auth": _text(SECRET)}

    def read(self, body: bytes) -> dict[str, Any]:
        """A message that was encrypted for it."""
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=SECRET, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
