"""What each of Stripe's addresses does in the books."""

import sqlite3

from clothingline.integrations.payments.fake import charges, movements, payees, payouts, refunds
from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk
from clothingline.integrations.payments.fake.wire import shapes
from clothingline.integrations.payments.fake.wire.asked import Asked, Thing
from clothingline.integrations.payments.port import Charge, Wish
from clothingline.integrations.payments.stripe.amounts import rupiah_in

_SESSIONS = "SELECT id FROM charge WHERE at >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
_OF_REFERENCE = "SELECT id FROM charge WHERE reference = ? AND status IN ('authorised', 'paid') ORDER BY rowid DESC"
_REFUNDS = "SELECT id FROM refund WHERE charge = ? ORDER BY rowid DESC"
_TRANSFERS = "SELECT id FROM transfer WHERE reference = ? ORDER BY rowid DESC"
_PAYOUTS = "SELECT id FROM payout WHERE destination = ? AND at >= ? ORDER BY rowid DESC"
_MOVED = """
SELECT * FROM movement WHERE account = ? AND at >= ? AND at < ? AND number < ? ORDER BY number DESC LIMIT ?
"""
NEWEST = 2**62


def open_session(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/checkout/sessions."""
    said = asked.said
    item = "line_items[0][price_data]"
    wish = Wish(
        reference=said["client_reference_id"],
        amount_idr=rupiah_in(int(said[f"{item}[unit_amount]"])),
        description=said[f"{item}[product_data][name]"],
        order_code=said["payment_intent_data[metadata][order]"],
        methods=tuple(word for name, word in said.items() if name.startswith("allowed_payment_method_types[")),
        capture="manual" if said["payment_intent_data[capture_method]"] == "manual" else "automatic",
        back_url=said["success_url"],
    )
    return _session(clerk, asked, charges.open_charge(clerk, wish))


def _session(clerk: Clerk, asked: Asked, charge: Charge) -> Thing:
    tried = clerk.count("SELECT count(*) FROM attempt WHERE charge = ?", charge.id)
    return shapes.session(charge, tried=bool(tried), full=asked.expands_intent)


def show_session(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/checkout/sessions/{id}."""
    return _session(clerk, asked, charges.get(clerk, asked.id))


def list_sessions(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/checkout/sessions, of one payment intent or since a time."""
    if "payment_intent" in asked.said:
        return shapes.listed([_session(clerk, asked, charges.get(clerk, _charge(asked.said["payment_intent"])))])
    before = NEWEST
    if "starting_after" in asked.said:
        before = clerk.count("SELECT rowid FROM charge WHERE id = ?", asked.said["starting_after"])
    limit = int(asked.said["limit"])
    rows = clerk.rows(_SESSIONS, int(asked.said["created[gte]"]), before, limit + 1)
    shown = [_session(clerk, asked, charges.get(clerk, row["id"])) for row in rows[:limit]]
    return shapes.listed(shown, more=len(rows) > limit)


def _charge(intent: str) -> str:
    return shapes.named("chg", intent)


def expire_session(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/checkout/sessions/{id}/expire."""
    return _session(clerk, asked, charges.close(clerk, asked.id))


def list_charges(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/charges of a transfer group."""
    rows = clerk.rows(_OF_REFERENCE, asked.said["transfer_group"])
    return shapes.listed([shapes.money(charges.get(clerk, row["id"])) for row in rows])


def capture_intent(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/payment_intents/{id}/capture."""
    amount = rupiah_in(int(asked.said["amount_to_capture"]))
    return {"id": asked.id, "status": shapes.INTENT[charges.capture(clerk, _charge(asked.id), amount).status]}


def cancel_intent(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/payment_intents/{id}/cancel."""
    return {"id": asked.id, "status": shapes.INTENT[charges.close(clerk, _charge(asked.id)).status]}


def make_refund(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/refunds."""
    return shapes.refund(refunds.refund(clerk, _charge(asked.said["payment_intent"]), asked.reference, asked.rupiah))


def show_refund(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/refunds/{id}."""
    return shapes.refund(refunds.get(clerk, asked.id))


def list_refunds(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/refunds of a payment intent."""
    rows = clerk.rows(_REFUNDS, _charge(asked.said["payment_intent"]))
    return shapes.listed([shapes.refund(refunds.get(clerk, row["id"])) for row in rows])


def show_dispute(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/disputes/{id}."""
    return shapes.dispute(refunds.get_dispute(clerk, asked.id))


def open_account(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/accounts."""
    return shapes.account(payees.open_payee(clerk, asked.reference, asked.said["business_profile[name]"]))


def show_account(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/accounts/{id}."""
    return shapes.account(payees.get(clerk, asked.id))


def link_account(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/account_links."""
    return {"object": "account_link", "url": payees.link(clerk, asked.said["account"], asked.said["return_url"])}


def make_transfer(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/transfers."""
    return shapes.transfer(payouts.transfer(clerk, asked.reference, asked.said["destination"], asked.rupiah))


def show_transfer(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/transfers/{id}."""
    return shapes.transfer(payouts.get_transfer(clerk, asked.id))


def list_transfers(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/transfers of a group."""
    rows = clerk.rows(_TRANSFERS, asked.said["transfer_group"])
    return shapes.listed([shapes.transfer(payouts.get_transfer(clerk, row["id"])) for row in rows])


def reverse_transfer(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/transfers/{id}/reversals."""
    made = payouts.take_back(clerk, asked.id, asked.reference, asked.rupiah)
    return {"id": made.reversals[-1], "object": "transfer_reversal"}


def make_payout(clerk: Clerk, asked: Asked) -> Thing:
    """POST /v1/payouts of a connected account."""
    return shapes.payout(payouts.pay_out(clerk, asked.reference, asked.account, asked.rupiah))


def show_payout(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/payouts/{id} of a connected account."""
    return shapes.payout(payouts.get_payout(clerk, asked.account, asked.id))


def list_payouts(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/payouts of a connected account since a time."""
    rows = clerk.rows(_PAYOUTS, payees.get(clerk, asked.account).id, int(asked.said["created[gte]"]))
    return shapes.listed([shapes.payout(payouts.get_payout(clerk, asked.account, row["id"])) for row in rows])


def show_balance(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/balance."""
    ours = asked.account == ACCOUNT
    return shapes.balance(movements.balance(clerk) if ours else payees.holds(clerk, asked.account))


def list_moved(clerk: Clerk, asked: Asked) -> Thing:
    """GET /v1/balance_transactions."""
    before = NEWEST
    if "starting_after" in asked.said:
        before = clerk.count("SELECT number FROM movement WHERE id = ?", asked.said["starting_after"])
    limit, window = int(asked.said["limit"]), (int(asked.said["created[gte]"]), int(asked.said["created[lt]"]))
    rows: list[sqlite3.Row] = clerk.rows(_MOVED, asked.account, *window, before, limit + 1)
    shown = [shapes.moved(row, ours=asked.account == ACCOUNT) for row in rows[:limit]]
    return shapes.listed(shown, more=len(rows) > limit)
