"""One order in which rows are locked: two transactions that keep it never wait for each other in a circle.

Every query that locks such rows tells `locked` which it has got: draft before order, order before offer, and so on.
Rows of one kind are locked in the order of their ids, by the query itself.

Balances come last: what parties owe the guarantee fund (`debt`), the fund's own balance (`fund`), then those of
parties, all in one statement (`ledger_balance`). An order's own, and those of its chargebacks, go with its row, which
whoever writes them holds.
"""

from collections.abc import Iterable
from typing import Literal, get_args
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

log = structlog.get_logger("locking")
# fmt: off
Kind = Literal[
    "draft", "order", "offer", "run", "job", "roster", "instalment", "payment", "refund", "dispute", "payee", "payout",
    "earning", "debt", "fund", "ledger_balance",
]
# fmt: on
RANKS: dict[Kind, int] = {kind: rank for rank, kind in enumerate(get_args(Kind))}
# In a session's `info`: the rows that its transaction holds, by kind.
_HELD = "locked"
_strict: list[bool] = [False]


class LockOrder(RuntimeError):
    """A row was locked behind one that comes after it."""


def be_strict(wanted: bool = True) -> None:
    """Raise what is otherwise only logged: for tests, since a lock in the wrong order need not do harm."""
    _strict[:] = [wanted]


def locked(session: AsyncSession, kind: Kind, ids: Iterable[UUID]) -> None:
    """These rows are locked now. What the transaction held already may be locked again at any time.

    Where a row is new and one of a later kind is held, raises `LockOrder` if strict, else logs an error.
    A savepoint that is rolled back gives its locks up; to this list they stay.
    """
    held: dict[Kind, set[UUID]] = session.info.setdefault(_HELD, {})
    new = set(ids) - held.get(kind, set())
    if not new:
        return
    later = sorted(one for one in held if RANKS[one] > RANKS[kind])
    held.setdefault(kind, set()).update(new)
    if later:
        _report(f"{kind} after {', '.join(later)}")


def _report(what: str) -> None:
    if _strict[0]:
        raise LockOrder(what)
    log.error("lock order", what=what, stack_info=True)
