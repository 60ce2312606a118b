"""What can be made to go wrong. It stands in the books, so that it goes wrong in other processes as well."""

from clothingline.integrations.payments.fake.clerk import Clerk

ACTS = (
    "open_charge",
    "fetch_charge",
    "find_charge",
    "capture",
    "close_charge",
    "refund",
    "find_refund",
    "fetch_refund",
    "fetch_dispute",
    "open_payee",
    "fetch_payee",
    "onboarding_link",
    "transfer",
    "find_transfer",
    "fetch_transfer",
    "take_back",
    "pay_out",
    "find_payout",
    "fetch_payout",
    "balance",
    "connected_balance",
    "movements",
)
# Of an answer to any act.
ANSWERS = (
    "apply_then_drop",  # done, and the answer is lost on the way
    "busy_before",  # 429, nothing done
    "error_after",  # done, and the answer is a 500, which is stored under the key
    "error_instead",  # nothing done, and the 500 is stored all the same
    "still_running",  # 409: another request with this key is under way
    "pruned_key",  # done, the answer is lost and the key forgotten: a repeat does it once more
    "compensated_then_retried",  # done and undone by the provider, the answer is lost; a repeat gets the stored success
    "killed_before",  # the caller dies before it asks
    "killed_after",  # the caller dies with the answer in its hands
)
# Of one thing each: the payment on the page, the payout on its way to the bank, the refund on its way back, notices.
OF = {
    "decline": "pay",
    "needs_action": "pay",
    "pending": "pay",
    "returned_after_paid": "bank",
    "bank_refuses": "bank",
    "slow_refund": "refunding",
    "duplicate": "notices",
    "reorder": "notices",
    "late": "notices",
}
MODES = (*ANSWERS, *OF)
UNDOABLE = ("refund", "transfer", "pay_out")


class Killed(RuntimeError):
    """The caller was killed here, as far as a test can tell: no code that waits for the provider's faults sees it."""


def play(clerk: Clerk, mode: str, act: str | None, times: int) -> None:
    """Let `mode` happen the next `times` times that `act` is asked for. Raises `ValueError` for what does not exist."""
    if mode in OF and act in (None, OF[mode]):
        act = OF[mode]
    elif mode not in ANSWERS or act not in (UNDOABLE if mode == "compensated_then_retried" else ACTS):
        raise ValueError(f"{mode} on {act}")
    clerk.write("INSERT INTO play (mode, act, left) VALUES (?, ?, ?)", mode, act, times)


def take(clerk: Clerk, act: str) -> str | None:
    """The mode that is played now, the oldest first; it is one time less to be played."""
    row = clerk.find("SELECT number, mode FROM play WHERE act = ? AND left > 0 ORDER BY number LIMIT 1", act)
    if row is None:
        return None
    clerk.write("UPDATE play SET left = left - 1 WHERE number = ?", row["number"])
    return str(row["mode"])
