"""Stripe's notices: HMAC-SHA256 over `timestamp.body`, in hexadecimal, in the header `Stripe-Signature`."""

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from clothingline.integrations.payments.faults import NotSigned
from clothingline.integrations.payments.port import ObjectKind, Told
from clothingline.integrations.payments.signing import TOLERANCE_SECONDS
from clothingline.integrations.payments.stripe.objects import PLATFORM

HEADER = "stripe-signature"
# By the beginning of a type; what is not here is told as of no kind. Our charges are sessions: what Stripe tells beside
# that, of their payment intents and charges, names other objects, and says nothing that sessions and refunds do not.
KINDS: dict[str, ObjectKind] = {
    "checkout.session.": "charge",
    "charge.dispute.": "dispute",
    "charge.refund.": "refund",
    "refund.": "refund",
    "transfer.": "transfer",
    "payout.": "payout",
    "account.updated": "payee",
}
OF_PAYEES = ("payout", "payee")
"""What is ours only in the account of a payee: our own payouts and our own account are told as of no kind."""


def sign(secret: str, *, timestamp: int, body: bytes) -> str:
    """The value of the header."""
    digest = hmac.digest(secret.encode(), f"{timestamp}.".encode() + body, "sha256")
    return f"t={timestamp},v1={digest.hex()}"


def read(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: int) -> Told:
    """Verify the raw bytes and say what the notice is about. Raises `NotSigned`.

    Each endpoint of Stripe's signs with a secret of its own: one of `secrets` must fit, and an empty one never does.
    Several signatures may stand side by side while a secret is being changed.
    """
    _verify(secrets, {name.lower(): value for name, value in headers.items()}.get(HEADER, ""), body, now)
    try:
        return _told(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotSigned("body") from error


def _verify(secrets: Sequence[str], header: str, body: bytes, now: int) -> None:
    said = [part.strip().partition("=")[::2] for part in header.split(",")]
    stamps = [value for name, value in said if name == "t"]
    if len(stamps) != 1 or not _is_of_now(stamps[0], now):
        raise NotSigned("timestamp")
    signed = stamps[0].encode() + b"." + body
    digests = [hmac.digest(secret.encode(), signed, "sha256").hex().encode() for secret in secrets if secret]
    given = [value.encode() for name, value in said if name == "v1"]
    if not any(hmac.compare_digest(one, digest) for one in given for digest in digests):
        raise NotSigned("signature")


def _is_of_now(stamp: str, now: int) -> bool:
    return stamp.isascii() and stamp.isdigit() and abs(int(stamp[:12]) - now) <= TOLERANCE_SECONDS


def _told(event: dict[str, Any]) -> Told:
    thing, account = event["data"]["object"], event.get("account") or PLATFORM
    kind = _kind(str(event["type"]), thing)
    if account == PLATFORM and kind in OF_PAYEES:
        kind = None
    return Told(event["id"], kind, str(thing.get("id", "")), account, event["livemode"] is True, event)


def _kind(happened: str, thing: dict[str, Any]) -> ObjectKind | None:
    kind = next((kind for begin, kind in KINDS.items() if happened.startswith(begin)), None)
    # An inquiry, and what was prevented, is called a dispute as well, but takes no money.
    return None if kind == "dispute" and str(thing.get("status")).startswith(("warning", "prevented")) else kind
