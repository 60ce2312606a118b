"""Every request passes here: keys are remembered for a day, and what is played goes wrong.

As at Stripe: the same key with the same words gets the answer that was stored, also a stored refusal or a stored 500;
with other words it is refused; a day later, by the provider's own clock, the key is forgotten.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from clothingline.integrations.payments.fake import modes, payouts, refunds
from clothingline.integrations.payments.fake.clerk import Clerk, File
from clothingline.integrations.payments.faults import ObjectUnknown, Refused

KEPT_SECONDS = 24 * 3600
OK, REFUSED, REUSED, UNKNOWN, RUNNING, BUSY, BROKEN = 200, 402, 400, 404, 409, 429, 500
DROPPED = ("apply_then_drop", "pruned_key", "compensated_then_retried")


@dataclass(frozen=True)
class Request:
    """What is asked: the act, its key, the words that a repeat must repeat, and what is done.

    With a key `work` answers what it has made as a dict, with an `id`; without one nothing is remembered of it.
    """

    act: str
    key: str | None
    said: tuple[object, ...]
    work: Callable[[Clerk], object]


@dataclass(frozen=True)
class Answer:
    """Status as in HTTP and what was answered, for a fault its `code`; one that is dropped never reaches who asked."""

    status: int
    body: object
    dropped: bool = False


def answer(books: File, request: Request) -> Answer:
    """Do what is asked, once for a key, and what is played. Raises `modes.Killed`."""
    with books.writing() as clerk:
        mode = modes.take(clerk, request.act)
        given = _answer(clerk, request, mode)
    if mode in ("killed_before", "killed_after"):
        raise modes.Killed(request.act)
    return given


def _answer(clerk: Clerk, request: Request, mode: str | None) -> Answer:
    if mode in ("busy_before", "killed_before"):
        return Answer(BUSY, {"code": "rate_limit"})
    if mode == "still_running":
        return Answer(RUNNING, {"code": "idempotency_key_in_use"})
    given = _once(clerk, request, mode)
    if mode == "compensated_then_retried" and isinstance(given.body, dict) and given.status == OK:
        UNDONE[request.act](clerk, str(given.body["id"]))
    return Answer(given.status, given.body, dropped=mode in DROPPED)


def _once(clerk: Clerk, request: Request, mode: str | None) -> Answer:
    if request.key is None:
        return _done(clerk, request)
    clerk.write("DELETE FROM request WHERE at <= ?", clerk.now - KEPT_SECONDS)
    said = hashlib.sha256(json.dumps([request.act, request.said]).encode()).hexdigest()
    stored = clerk.find("SELECT said, status, body FROM request WHERE key = ?", request.key)
    if stored is not None:
        return _repeated(stored["said"] == said, stored["status"], stored["body"])
    given = _first(clerk, request, mode)
    if mode != "pruned_key":
        row = (request.key, said, given.status, json.dumps(given.body), clerk.now)
        clerk.write("INSERT INTO request (key, said, status, body, at) VALUES (?, ?, ?, ?, ?)", *row)
    return given


def _repeated(same: bool, status: int, body: str) -> Answer:
    return Answer(status, json.loads(body)) if same else Answer(REUSED, {"code": "idempotency_error"})


def _first(clerk: Clerk, request: Request, mode: str | None) -> Answer:
    broken = Answer(BROKEN, {"code": "api_error"})
    if mode == "error_instead":
        return broken
    given = _done(clerk, request)
    return broken if mode == "error_after" else given


def _done(clerk: Clerk, request: Request) -> Answer:
    clerk.write("SAVEPOINT work")
    try:
        given = Answer(OK, request.work(clerk))
    except Refused as refusal:
        clerk.write("ROLLBACK TO work")
        given = Answer(REFUSED, {"code": refusal.code})
    except ObjectUnknown as unknown:
        clerk.write("ROLLBACK TO work")
        given = Answer(UNKNOWN, {"code": str(unknown.args[0])})
    clerk.write("RELEASE work")
    return given


def _undo_transfer(clerk: Clerk, transfer_id: str) -> None:
    amount = payouts.get_transfer(clerk, transfer_id).amount_idr
    payouts.take_back(clerk, transfer_id, "compensation", amount)


UNDONE: dict[str, Callable[[Clerk, str], object]] = {
    "transfer": _undo_transfer,
    "pay_out": lambda clerk, payout_id: payouts.fail(clerk, payout_id, "compensated"),
    "refund": lambda clerk, refund_id: refunds.end(clerk, refund_id, arrived=False),
}
