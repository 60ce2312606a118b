"""Stripe's objects, as dicts, in the words of the port."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from clothingline.integrations.payments.port import (
    BankPayout,
    Charge,
    ChargeStatus,
    Dispute,
    DisputeStatus,
    MoneyBack,
    MoneyBackStatus,
    Payee,
    PayoutStatus,
    Transfer,
)
from clothingline.integrations.payments.stripe.amounts import rupiah_in
from clothingline.kit.money import RUPIAH

PLATFORM = "platform"
"""What we call our own account: Stripe leaves it out wherever it is meant."""
REFERENCE = "reference"
IDR = "idr"
Thing = Mapping[str, Any]
INTENT: dict[str, ChargeStatus] = {
    "requires_action": "acting",
    "processing": "processing",
    "requires_capture": "authorised",
    "succeeded": "paid",
    "canceled": "expired",
}
REFUND: dict[str, MoneyBackStatus] = {"succeeded": "settled", "failed": "failed", "canceled": "failed"}
PAYOUT: dict[str, PayoutStatus] = {"paid": "paid", "failed": "failed", "canceled": "failed"}
DISPUTE: dict[str, DisputeStatus] = {
    "won": "won",
    "lost": "lost",
    "appeal_needs_response": "lost",
    "appeal_under_review": "lost",
}


def charge_of(session: Thing) -> Charge:
    """A checkout session whose payment intent, latest charge and balance transaction are expanded."""
    intent: Thing = session["payment_intent"] or {}
    charge: Thing = intent.get("latest_charge") or {}
    status = INTENT.get(intent.get("status", ""), "open")
    if session["status"] == "expired":
        status = "expired"
    return Charge(
        id=session["id"],
        reference=session["client_reference_id"] or "",
        amount_idr=rupiah_in(session["amount_total"]),
        captured_idr=rupiah_in(intent.get("amount_received", 0)),
        refunded_idr=rupiah_in(charge.get("amount_refunded", 0)),
        currency=session["currency"].upper(),
        status=status,
        pay_url=session["url"] or "",
        redirect_url=_redirect(intent) if status == "acting" else None,
        method=(charge.get("payment_method_details") or {}).get("type"),
        account=PLATFORM,
        livemode=session["livemode"],
        fee_idr=_fee(charge.get("balance_transaction")),
    )


def _redirect(intent: Thing) -> str | None:
    action = intent.get("next_action") or {}
    url: str | None = (action.get("redirect_to_url") or {}).get("url")
    return url


def _fee(moved: Thing | str | None) -> int | None:
    """Not known while the money has not moved, nor when the account is kept in another currency."""
    if moved is None or isinstance(moved, str) or moved["currency"].upper() != RUPIAH:
        return None
    return rupiah_in(moved["fee"])


def money_back_of(refund: Thing, charge_id: str) -> MoneyBack:
    """A refund of the checkout session `charge_id`."""
    return MoneyBack(
        id=refund["id"],
        reference=_reference(refund),
        charge=charge_id,
        amount_idr=rupiah_in(refund["amount"]),
        currency=refund["currency"].upper(),
        status=REFUND.get(refund["status"] or "", "pending"),
    )


def _reference(thing: Thing) -> str:
    return str((thing["metadata"] or {}).get(REFERENCE, ""))


def dispute_of(dispute: Thing, charge_id: str) -> Dispute:
    """A chargeback of the checkout session `charge_id`; what was charged for it and came back again counts together."""
    due = (dispute.get("evidence_details") or {}).get("due_by")
    return Dispute(
        id=dispute["id"],
        charge=charge_id,
        amount_idr=rupiah_in(dispute["amount"]),
        fee_idr=rupiah_in(sum(moved["fee"] for moved in dispute["balance_transactions"])),
        currency=dispute["currency"].upper(),
        status=DISPUTE.get(dispute["status"], "open"),
        respond_by=None if due is None else datetime.fromtimestamp(due, UTC),
    )


def payee_of(account: Thing) -> Payee:
    """A connected account."""
    banks = (account.get("external_accounts") or {}).get("data") or []
    return Payee(
        id=account["id"],
        reference=_reference(account),
        country=account["country"],
        can_receive=(account.get("capabilities") or {}).get("transfers") == "active",
        can_pay_out=account["payouts_enabled"],
        requirements=tuple((account.get("requirements") or {}).get("currently_due") or ()),
        bank_last4=banks[0]["last4"] if banks else None,
    )


def transfer_of(transfer: Thing) -> Transfer:
    """A transfer, with what was taken back, oldest first."""
    back = transfer["reversals"]["data"]
    return Transfer(
        id=transfer["id"],
        reference=transfer["transfer_group"] or "",
        destination=transfer["destination"],
        amount_idr=rupiah_in(transfer["amount"]),
        reversed_idr=rupiah_in(transfer["amount_reversed"]),
        currency=transfer["currency"].upper(),
        reversals=tuple(one["id"] for one in reversed(back)),
    )


def payout_of(payout: Thing, destination: str) -> BankPayout:
    """A payout of a connected account. One that comes back after it was paid is said to have failed."""
    return BankPayout(
        id=payout["id"],
        reference=_reference(payout),
        destination=destination,
        amount_idr=rupiah_in(payout["amount"]),
        currency=payout["currency"].upper(),
        status=PAYOUT.get(payout["status"], "pending"),
        failure=payout["failure_code"],
    )
