"""Rows of the ledger."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.page import Page, Window, take
from clothingline.ledger.chart import Account
from clothingline.ledger.errors import CorrectionNotFound, LedgerAccountNotFound, LedgerTransactionNotFound
from clothingline.ledger.models import Correction, LedgerAccount, LedgerEntry, LedgerTransaction


async def list_ledger_accounts(
    session: AsyncSession, *, order_id: UUID | None, code: str | None, asked: Window
) -> Page[LedgerAccount]:
    """Accounts of the ledger, newest first."""
    query = select(LedgerAccount)
    if code is not None:
        query = query.where(LedgerAccount.code == code)
    if order_id is not None:
        query = query.where(LedgerAccount.order_id == order_id)
    return await take(session, query, key=LedgerAccount.id, asked=asked)


async def balances(session: AsyncSession, account_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Balance in minor units by account; one without entries is left out. One statement."""
    total = func.sum(LedgerEntry.amount)
    query = select(LedgerEntry.account_id, total).where(LedgerEntry.account_id.in_(account_ids))
    return {
        account_id: int(amount) for account_id, amount in await session.execute(query.group_by(LedgerEntry.account_id))
    }


async def list_ledger_transactions(session: AsyncSession, *, asked: Window) -> Page[LedgerTransaction]:
    """Transactions of the ledger, newest first."""
    return await take(session, select(LedgerTransaction), key=LedgerTransaction.id, asked=asked)


async def get_ledger_transaction(session: AsyncSession, transaction_id: UUID) -> LedgerTransaction:
    """One transaction. Raises `LedgerTransactionNotFound`."""
    found = await session.get(LedgerTransaction, transaction_id)
    if found is None:
        raise LedgerTransactionNotFound
    return found


async def entries_of(session: AsyncSession, transaction_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, int, str]]]:
    """(account code, amount, currency) of each entry by transaction. One statement."""
    query = (
        select(LedgerEntry.transaction_id, LedgerAccount.code, LedgerEntry.amount, LedgerEntry.currency)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.transaction_id.in_(transaction_ids))
        .order_by(LedgerEntry.id)
    )
    found: dict[UUID, list[tuple[str, int, str]]] = {one: [] for one in transaction_ids}
    for transaction_id, code, amount, currency in await session.execute(query):
        found[transaction_id].append((code, amount, currency))
    return found


async def sum_entries(session: AsyncSession, code: str) -> int:
    """Balance of an account in minor units, debits positive; 0 for one that does not stand."""
    query = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).join(
        LedgerAccount, LedgerAccount.id == LedgerEntry.account_id
    )
    return int((await session.scalars(query.where(LedgerAccount.code == code))).one())


async def find_ledger_transaction(
    session: AsyncSession, source_type: str, source_id: UUID, kind: str, step: int
) -> LedgerTransaction | None:
    """The transaction of this step of a source, if it was booked."""
    query = select(LedgerTransaction).filter_by(source_type=source_type, source_id=source_id, kind=kind, step=step)
    return (await session.scalars(query)).one_or_none()


async def list_lines(session: AsyncSession, transaction_id: UUID) -> list[tuple[Account, int, str]]:
    """(account, amount, currency) of each entry of a transaction."""
    query = (
        select(LedgerAccount, LedgerEntry.amount, LedgerEntry.currency)
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(LedgerEntry.transaction_id == transaction_id)
        .order_by(LedgerEntry.id)
    )
    return [
        (Account(row.code, row.order_id, row.organisation_id), amount, currency)
        for row, amount, currency in await session.execute(query)
    ]


async def get_ledger_account(session: AsyncSession, account_id: UUID) -> LedgerAccount:
    """One account. Raises `LedgerAccountNotFound`."""
    found = await session.get(LedgerAccount, account_id)
    if found is None:
        raise LedgerAccountNotFound
    return found


async def list_accounts_named(session: AsyncSession, codes: Iterable[str]) -> Sequence[LedgerAccount]:
    """Those of these codes that stand."""
    return (await session.scalars(select(LedgerAccount).where(LedgerAccount.code.in_(list(codes))))).all()


async def list_corrections(session: AsyncSession, *, state: str | None, asked: Window) -> Page[Correction]:
    """Corrections, newest first."""
    query = select(Correction)
    if state is not None:
        query = query.where(Correction.state == state)
    return await take(session, query, key=Correction.id, asked=asked)


async def get_correction(session: AsyncSession, correction_id: UUID) -> Correction:
    """One correction, read afresh. Raises `CorrectionNotFound`."""
    query = select(Correction).where(Correction.id == correction_id).execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise CorrectionNotFound
    return found
