"""What moved a balance at Stripe, in the words of the port."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from clothingline.integrations.payments.port import Movement, MovementKind
from clothingline.integrations.payments.stripe.amounts import rupiah_in
from clothingline.integrations.payments.stripe.objects import PLATFORM, REFERENCE

Thing = Mapping[str, Any]
OURS: dict[str, MovementKind] = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_failed",
    "payment_failure_refund": "refund_failed",
    "transfer": "transfer",
    "transfer_refund": "take_back",
    "transfer_cancel": "take_back",
    "topup": "top_up",
}
# In a payee's account a transfer arrives as a payment, and what is taken back leaves as its refund.
THEIRS: dict[str, MovementKind] = {
    "payment": "transfer",
    "payment_refund": "take_back",
    "payout": "payout",
    "payout_failure": "payout_failed",
    "payout_cancel": "payout_failed",
}


def movement_of(moved: Thing, sessions: Mapping[str, str], destination: str | None, *, livemode: bool) -> Movement:
    """A balance transaction with its source expanded; `sessions` names the checkout session of a payment intent.

    It does not say its mode: that is the mode of the key that has shown it.
    """
    source: Thing = moved["source"] or {}
    return Movement(
        id=moved["id"],
        kind=_kind(moved, source, destination),
        object=_object(source, sessions, destination),
        reference=source.get("transfer_group") or (source.get("metadata") or {}).get(REFERENCE),
        amount_idr=rupiah_in(moved["amount"]),
        fee_idr=rupiah_in(moved["fee"]),
        currency=moved["currency"].upper(),
        account=destination or PLATFORM,
        livemode=livemode,
        at=datetime.fromtimestamp(moved["created"], UTC),
    )


def _kind(moved: Thing, source: Thing, destination: str | None) -> MovementKind:
    if source.get("object") == "dispute":
        return "dispute" if moved["amount"] < 0 else "dispute_won"
    return (THEIRS if destination else OURS).get(moved["type"], "other")


def _object(source: Thing, sessions: Mapping[str, str], destination: str | None) -> str:
    if destination:
        named = source.get("source_transfer") or source.get("source_transfer_reversal")
    else:
        named = sessions.get(str(source.get("payment_intent"))) if source.get("object") == "charge" else None
    return str(named or source.get("id", ""))
