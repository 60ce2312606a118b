"""Rows of the books in the shape of Stripe's objects. Amounts are in hundredths there."""

import sqlite3
from collections.abc import Sequence

from clothingline.integrations.payments.port import BankPayout, Charge, Dispute, MoneyBack, Payee, Transfer
from clothingline.integrations.payments.stripe.amounts import hundredths_of

Thing = dict[str, object]
INTENT = {
    "open": "requires_payment_method",
    "acting": "requires_action",
    "processing": "processing",
    "authorised": "requires_capture",
    "paid": "succeeded",
    "expired": "canceled",
}
REFUND = {"settled": "succeeded", "pending": "pending", "failed": "failed"}
PAYOUT = {"pending": "pending", "paid": "paid", "failed": "failed", "returned": "failed"}
OURS = {
    "charge": "charge",
    "refund": "refund",
    "refund_failed": "refund_failure",
    "dispute": "adjustment",
    "dispute_won": "adjustment",
    "transfer": "transfer",
    "take_back": "transfer_refund",
    "top_up": "topup",
}
THEIRS = {
    "transfer": "payment",
    "take_back": "payment_refund",
    "payout": "payout",
    "payout_failed": "payout_failure",
}
OBJECTS = {
    "charge": "charge",
    "refund": "refund",
    "refund_failed": "refund",
    "dispute": "dispute",
    "dispute_won": "dispute",
    "transfer": "transfer",
    "take_back": "transfer_reversal",
    "payout": "payout",
    "payout_failed": "payout",
    "top_up": "topup",
}


def named(prefix: str, thing: str) -> str:
    """The id of what Stripe keeps beside a thing: `named("pi", "chg_01…")`."""
    return f"{prefix}_{thing.partition('_')[2]}"


def listed(things: Sequence[Thing], *, more: bool = False) -> Thing:
    """A page of a list."""
    return {"object": "list", "data": list(things), "has_more": more}


def session(charge: Charge, *, tried: bool, full: bool) -> Thing:
    """A checkout session; `tried`: somebody has tried to pay, `full`: with its payment intent."""
    paying = charge.status in ("open", "acting")
    intent: object = _intent(charge) if full else named("pi", charge.id)
    return {
        "id": charge.id,
        "object": "checkout.session",
        "amount_total": hundredths_of(charge.amount_idr),
        "client_reference_id": charge.reference,
        "currency": charge.currency.lower(),
        "livemode": charge.livemode,
        "payment_intent": intent if tried else None,
        "status": "expired" if charge.status == "expired" else "open" if paying else "complete",
        "url": charge.pay_url if paying else None,
    }


def _intent(charge: Charge) -> Thing:
    redirect = {"type": "redirect_to_url", "redirect_to_url": {"url": charge.redirect_url}}
    return {
        "id": named("pi", charge.id),
        "object": "payment_intent",
        "amount": hundredths_of(charge.amount_idr),
        "amount_received": hundredths_of(charge.captured_idr),
        "currency": charge.currency.lower(),
        "latest_charge": money(charge) if charge.status in ("authorised", "paid") else None,
        "next_action": redirect if charge.redirect_url else None,
        "status": INTENT[charge.status],
    }


def money(charge: Charge) -> Thing:
    """The charge of a payment intent."""
    fee = charge.fee_idr
    moved = None if fee is None else {"fee": hundredths_of(fee), "currency": charge.currency.lower()}
    return {
        "id": named("ch", charge.id),
        "object": "charge",
        "amount_refunded": hundredths_of(charge.refunded_idr),
        "balance_transaction": moved,
        "payment_intent": named("pi", charge.id),
        "payment_method_details": {"type": charge.method},
        "status": "succeeded",
        "transfer_group": charge.reference,
    }


def refund(made: MoneyBack) -> Thing:
    """A refund."""
    return {
        "id": made.id,
        "object": "refund",
        "amount": hundredths_of(made.amount_idr),
        "currency": made.currency.lower(),
        "metadata": {"reference": made.reference},
        "payment_intent": named("pi", made.charge),
        "status": REFUND[made.status],
    }


def dispute(found: Dispute) -> Thing:
    """A chargeback."""
    due = found.respond_by
    return {
        "id": found.id,
        "object": "dispute",
        "amount": hundredths_of(found.amount_idr),
        "balance_transactions": [{"fee": hundredths_of(found.fee_idr)}],
        "currency": found.currency.lower(),
        "evidence_details": {"due_by": int(due.timestamp()) if due else None},
        "payment_intent": named("pi", found.charge),
        "status": {"open": "needs_response"}.get(found.status, found.status),
    }


def account(payee: Payee) -> Thing:
    """A connected account."""
    banks = [{"object": "bank_account", "last4": payee.bank_last4}] if payee.bank_last4 else []
    return {
        "id": payee.id,
        "object": "account",
        "capabilities": {"transfers": "active" if payee.can_receive else "inactive"},
        "country": payee.country,
        "external_accounts": listed([dict(bank) for bank in banks]),
        "metadata": {"reference": payee.reference},
        "payouts_enabled": payee.can_pay_out,
        "requirements": {"currently_due": list(payee.requirements)},
    }


def transfer(made: Transfer) -> Thing:
    """A transfer, with its reversals, newest first."""
    back: list[Thing] = [{"id": one, "object": "transfer_reversal"} for one in reversed(made.reversals)]
    return {
        "id": made.id,
        "object": "transfer",
        "amount": hundredths_of(made.amount_idr),
        "amount_reversed": hundredths_of(made.reversed_idr),
        "currency": made.currency.lower(),
        "destination": made.destination,
        "metadata": {"reference": made.reference},
        "reversals": listed(back),
        "transfer_group": made.reference,
    }


def payout(made: BankPayout) -> Thing:
    """A payout; one that came back has failed."""
    return {
        "id": made.id,
        "object": "payout",
        "amount": hundredths_of(made.amount_idr),
        "currency": made.currency.lower(),
        "failure_code": made.failure,
        "metadata": {"reference": made.reference},
        "status": PAYOUT[made.status],
    }


def balance(amount_idr: int) -> Thing:
    """What an account holds."""
    return {
        "object": "balance",
        "available": [{"amount": hundredths_of(amount_idr), "currency": "idr"}],
        "pending": [],
    }


def moved(row: sqlite3.Row, *, ours: bool) -> Thing:
    """A balance transaction with its source."""
    return {
        "id": row["id"],
        "object": "balance_transaction",
        "amount": hundredths_of(row["amount_idr"]),
        "created": row["at"],
        "currency": row["currency"].lower(),
        "fee": hundredths_of(row["fee_idr"]),
        "source": _source(row, ours=ours),
        "type": (OURS if ours else THEIRS)[row["kind"]],
    }


def _source(row: sqlite3.Row, *, ours: bool) -> Thing:
    kind, thing = row["kind"], row["object"]
    said: Thing = {"metadata": {"reference": row["reference"]}}
    if kind == "charge":
        intent, group = named("pi", thing), row["reference"]
        return {**said, "object": "charge", "id": named("ch", thing), "payment_intent": intent, "transfer_group": group}
    if kind == "transfer" and not ours:
        return {**said, "object": "charge", "id": named("py", thing), "source_transfer": thing}
    if kind == "take_back" and not ours:
        return {**said, "object": "refund", "id": named("pyr", thing), "source_transfer_reversal": thing}
    return {**said, "object": OBJECTS[kind], "id": thing}
