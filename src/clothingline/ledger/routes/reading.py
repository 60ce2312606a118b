"""Accounts, transactions, statements and the trial balance."""

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import Query

from clothingline.kit.clock import local_date
from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import Session
from clothingline.ledger import queries, schemas, statements
from clothingline.ledger.models import LedgerAccount, LedgerTransaction
from clothingline.ledger.routes.street import Since, Until, router
from clothingline.ledger.statements import FIRST_DAY, LAST_DAY, KindBalance, Line, begin_of, check_span, end_of

LONGEST_STATEMENT_DAYS = 3660
OfOrder = Annotated[schemas.OrderId | None, Query(description="Only of this order.")]
OfCode = Annotated[schemas.Code | None, Query(description="Only this one.", examples=["provider:idr"])]
Day = Annotated[
    date | None,
    Query(
        ge=FIRST_DAY, le=LAST_DAY, description="At its end; today so far unless you name one.", examples=["2026-06-02"]
    ),
]


@router.get("/ledger-accounts", tags=["ledger_accounts"], name="list")
async def list_ledger_accounts(
    session: Session, asked: Asked, order: OfOrder = None, code: OfCode = None
) -> Listing[schemas.LedgerAccountOut]:
    """Accounts of the ledger with their balances, newest first."""
    page = await queries.list_ledger_accounts(session, order_id=order, code=code, asked=asked)
    balances = await queries.balances(session, [row.id for row in page.rows])
    return Listing(**page.listing([_account_out(row, balances.get(row.id, 0)) for row in page.rows]))


def _account_out(row: LedgerAccount, balance: int) -> schemas.LedgerAccountOut:
    amount = MoneyOut(amount=balance, currency=row.currency)
    return schemas.LedgerAccountOut(id=row.id, code=row.code, kind=row.kind, balance=amount)


@router.get("/ledger-accounts/{account_id}/statement", tags=["ledger_accounts"], name="statement")
async def show_statement(
    account_id: schemas.AccountId, session: Session, asked: Asked, since: Since = None, until: Until = None
) -> schemas.StatementOut:
    """Every entry of an account in a span of days, newest first, with the balance after each."""
    account = await queries.get_ledger_account(session, account_id)
    last = until or local_date(await statements.await_writers(session))
    if since is not None:
        check_span(since, last, most_days=LONGEST_STATEMENT_DAYS)
    found = await statements.statement(
        session,
        account_id=account_id,
        since=begin_of(since) if since else None,
        until=end_of(last),
        asked=asked,
    )
    return schemas.StatementOut(
        account=account.code,
        opening=MoneyOut(amount=found.opening, currency=account.currency),
        closing=MoneyOut(amount=found.closing, currency=account.currency),
        **found.page.listing([_line_out(one, account.currency) for one in found.page.rows]),
    )


def _line_out(line: Line, currency: str) -> schemas.StatementLineOut:
    return schemas.StatementLineOut(
        transaction=line.transaction_id,
        source=line.source_type,
        kind=line.kind,
        at=line.at,
        amount=MoneyOut(amount=line.amount, currency=currency),
        balance=MoneyOut(amount=line.balance, currency=currency),
    )


@router.get("/trial-balance", tags=["trial_balances"], name="show")
async def show_trial_balance(session: Session, day: Day = None) -> schemas.TrialBalanceOut:
    """The whole ledger by kind of account at the end of a day. What was shown of a day that is over never changes."""
    now = await statements.await_writers(session)
    asked = day or local_date(now)
    kinds = await statements.trial_balance_by_kind(session, until=end_of(asked))
    sums: Counter[str] = Counter()
    for one in kinds:
        sums[one.currency] += one.debit + one.credit
    return schemas.TrialBalanceOut(
        day=asked,
        final=end_of(asked) <= now,
        kinds=[_kind_out(one) for one in kinds],
        difference=[MoneyOut(amount=amount, currency=currency) for currency, amount in sums.items()],
    )


def _kind_out(one: KindBalance) -> schemas.KindBalanceOut:
    return schemas.KindBalanceOut(
        kind=one.kind,
        accounts=one.accounts,
        debit=MoneyOut(amount=one.debit, currency=one.currency),
        credit=MoneyOut(amount=one.credit, currency=one.currency),
    )


@router.get("/ledger-transactions", tags=["ledger_transactions"], name="list")
async def list_ledger_transactions(session: Session, asked: Asked) -> Listing[schemas.LedgerTransactionOut]:
    """Transactions of the ledger with their entries, newest first."""
    page = await queries.list_ledger_transactions(session, asked=asked)
    entries = await queries.entries_of(session, [row.id for row in page.rows])
    return Listing(**page.listing([_transaction_out(row, entries[row.id]) for row in page.rows]))


def _transaction_out(row: LedgerTransaction, entries: list[tuple[str, int, str]]) -> schemas.LedgerTransactionOut:
    return schemas.LedgerTransactionOut(
        id=row.id,
        source=row.source_type,
        kind=row.kind,
        step=row.step,
        reverses=row.reverses_id,
        at=row.at,
        entries=[_entry_out(*entry) for entry in entries],
    )


def _entry_out(account: str, amount: int, currency: str) -> schemas.LedgerEntryOut:
    return schemas.LedgerEntryOut(account=account, amount=MoneyOut(amount=amount, currency=currency))
