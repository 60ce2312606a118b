"""Double entry: positive amounts are debits, negative ones credits, and each transaction sums to zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import locked
from clothingline.kit.ids import new_id
from clothingline.kit.money import RUPIAH
from clothingline.ledger import queries
from clothingline.ledger.chart import GUARANTEE, Account
from clothingline.ledger.errors import Overdrawn, Unbalanced, WrongAccount
from clothingline.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction

KEY = ("source_type", "source_id", "kind", "step")
"""What is booked once. `step` counts how often the same may happen to a source, read from the row that moved."""
FUND = UUID(int=0)
"""Name of the fund's one balance among the rows that a transaction has locked."""
_COLUMNS = (*KEY, "by", "reverses_id")
# Rows beside a statement that returns something go in one, compiled once; as its values they are compiled each time.
_IN_ONE = {"insertmanyvalues_page_size": 6_000, "render_nulls": True}
_NAMES = ("code", "kind", "side", "order_id", "organisation_id")


@dataclass(frozen=True)
class Posting:
    """One fact in whole minor units of `currency`: positive lines are debits. `by` is the account of a person."""

    source_type: str
    source_id: UUID
    kind: str
    lines: tuple[tuple[Account, int], ...]
    step: int = 0
    currency: str = RUPIAH
    by: UUID | None = None
    reverses_id: UUID | None = None

    def check(self) -> None:
        """Raises `Unbalanced`."""
        amounts = [amount for _, amount in self.lines]
        if sum(amounts) != 0 or not amounts or not all(amounts):
            raise Unbalanced(f"{self.source_type} {self.source_id} {self.kind} {self.step}: {amounts}")


async def book_all(session: AsyncSession, postings: Iterable[Posting]) -> int:
    """Book everything that a transaction of the database has to say; returns how many facts were new.

    All entries go in one statement, and their accounts are locked in one order: two calls in one transaction could wait
    for another's two in a circle. What was booked before is left as it is. Raises `Unbalanced` before anything is
    written; `Overdrawn`, after which the transaction (or savepoint) is lost; `WrongAccount`.
    """
    wished = sorted(postings, key=attrgetter(*KEY))
    for posting in wished:
        posting.check()
    new = await _begin(session, wished)
    if new:
        await _write(session, new)
    return len(new)


async def _begin(session: AsyncSession, wished: Sequence[Posting]) -> dict[UUID, Posting]:
    """Those not booked before, by the id of their transaction."""
    named = {new_id(): posting for posting in wished}
    if not named:
        return {}
    rows = [{"id": row_id} | {name: getattr(one, name) for name in _COLUMNS} for row_id, one in named.items()]
    statement = insert(LedgerTransaction).on_conflict_do_nothing(index_elements=KEY).returning(LedgerTransaction.id)
    begun = await session.scalars(statement, rows, execution_options=_IN_ONE)
    return {row_id: named[row_id] for row_id in begun}


async def _write(session: AsyncSession, new: dict[UUID, Posting]) -> None:
    ids = await _open_accounts(session, new.values())
    await _lock_fund_first(session, new.values(), ids)
    rows = [
        {
            "id": new_id(),
            "transaction_id": transaction_id,
            "account_id": ids[account.code],
            "amount": amount,
            "currency": posting.currency,
        }
        for transaction_id, posting in new.items()
        for account, amount in posting.lines
    ]
    rows.sort(key=lambda row: str(row["account_id"]))
    try:
        await session.execute(insert(LedgerEntry).returning(LedgerEntry.id), rows, execution_options=_IN_ONE)
    except IntegrityError as error:
        if _constraint(error) == "ck_ledger_balance_side":
            raise Overdrawn from error
        raise


async def _lock_fund_first(session: AsyncSession, postings: Iterable[Posting], ids: dict[str, UUID]) -> None:
    """The fund's balance, at which many parties meet, before the others; those the database locks by account."""
    accounts = {account for one in postings for account, _ in one.lines}
    if GUARANTEE in accounts:
        await held(session, GUARANTEE)
    parties = [one for one in accounts if one.side != "any" and one.organisation_id is not None]
    locked(session, "ledger_balance", [ids[one.code] for one in parties])


def _constraint(error: IntegrityError) -> str | None:
    diagnosis: Any = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "constraint_name", None)


async def _open_accounts(session: AsyncSession, postings: Iterable[Posting]) -> dict[str, UUID]:
    """Ids by code, of accounts that stood or are opened now; by code, so that two openers never cross."""
    wanted = {account.code: (account, one.currency) for one in postings for account, _ in one.lines}
    found = await _find_accounts(session, wanted)
    if missing := sorted(wanted.keys() - found.keys()):
        rows = [_account_row(*wanted[code]) for code in missing]
        statement = insert(LedgerAccount).on_conflict_do_nothing(index_elements=["code"]).returning(LedgerAccount.id)
        await session.execute(statement, rows, execution_options=_IN_ONE)
        found |= await _find_accounts(session, missing)
    for code, (account, currency) in wanted.items():
        if found[code].currency != currency or any(getattr(found[code], n) != getattr(account, n) for n in _NAMES):
            raise WrongAccount(code)
    return {code: row.id for code, row in found.items()}


async def _find_accounts(session: AsyncSession, codes: Iterable[str]) -> dict[str, LedgerAccount]:
    return {row.code: row for row in await queries.list_accounts_named(session, codes)}


def _account_row(account: Account, currency: str) -> dict[str, object]:
    return {name: getattr(account, name) for name in _NAMES} | {"id": new_id(), "currency": currency}


async def held(session: AsyncSession, account: Account) -> int:
    """What an account with a side holds or owes (≥ 0), locked until the transaction ends.

    Of an account of side `any` the balance as it stands now, debits positive, without a lock.
    """
    if account.side == "any":
        return await queries.sum_entries(session, account.code)
    balance = await session.scalar(select(func.hold_ledger_balance(account.code)))
    if account == GUARANTEE:
        locked(session, "fund", [FUND])
    return int(balance or 0) if account.side == "debit" else -int(balance or 0)
