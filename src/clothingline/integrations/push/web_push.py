"""Web Push (RFC 8030): the message encrypted for one browser (RFC 8291), the request signed by us (RFC 8292)."""

import base64
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from clothingline.integrations.push.port import Target
from clothingline.kit import outgoing
from clothingline.kit.sealing import derived_key

GONE = frozenset({404, 410})
ACCEPTED = frozenset({200, 201, 202, 204})
KEEP_SECONDS = 24 * 3600
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class NotPushed(RuntimeError):
    """The browser's service did not take a message now; it may later."""


class WebPusher:
    """Sends to whatever service a browser has named, if its address is public.

    Our key is derived from the installation's root secret, so that there is none to store. `subject` is who the
    services write to (a URL or mailto). `private` lets through addresses of this machine, for tests.
    """

    def __init__(self, root: bytes, *, subject: str, private: bool = False) -> None:
        number = int.from_bytes(derived_key(root, b"web-push"), "big") % (ORDER_OF_P256 - 1) + 1
        self._own = ec.derive_private_key(number, ec.SECP256R1())
        self._signing, self.subject, self.private = Vapid02(self._own), subject, private

    @property
    def key(self) -> str:
        """Our public key, base64url without padding."""
        point = self._own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    async def push(self, target: Target, message: bytes) -> bool:
        """Post the encrypted message. Raises `NotPushed`, or what `outgoing.post` raises."""
        body = http_ece.encrypt(
            message,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=target.public,
            auth_secret=target.secret,
            version="aes128gcm",
        )
        answer = await outgoing.post(
            target.endpoint, body=body, headers=self._headers(target.endpoint), private=self.private
        )
        if answer.status in GONE:
            return False
        if answer.status not in ACCEPTED:
            raise NotPushed(f"{urlsplit(target.endpoint).hostname} answered {answer.status}")
        return True

    def _headers(self, endpoint: str) -> dict[str, str]:
        parts = urlsplit(endpoint)
        signed = self._signing.sign({"sub": self.subject, "aud": f"{parts.scheme}://{parts.netloc}"})
        own = {"Content-Encoding": "aes128gcm", "TTL": str(KEEP_SECONDS), "Urgency": "high"}
        return {**own, "Content-Type": "application/octet-stream", "Authorization": signed["Authorization"]}
