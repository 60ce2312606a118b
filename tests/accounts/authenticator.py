"""A device that keeps passkeys, in software: what a browser would bring back, right or spoiled as a test wants it."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def packed(content: bytes) -> str:
    """Base64 as browsers write it."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


@dataclass
class Authenticator:
    """One key pair (ES256) for one site."""

    origin: str
    host: str
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    credential_id: bytes = field(default_factory=lambda: token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """The answer to a request for a key, without a certificate of the maker."""
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32), -3: public.y.to_bytes(32)}
        named = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(cose)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + named}
        said = self._client("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=packed(said), attestationObject=packed(cbor2.dumps(attested)))

    def prove(self, options: dict[str, Any]) -> str:
        """The answer to a challenge at the door."""
        self.counter += 1
        data, said = self._data(0), self._client("webauthn.get", options["challenge"])
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=packed(said), authenticatorData=packed(data), signature=packed(signed))

    def _data(self, more: int) -> bytes:
        where = hashlib.sha256(self.host.encode()).digest()
        return where + bytes([self.flags | more]) + self.counter.to_bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: str) -> str:
        name = packed(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
