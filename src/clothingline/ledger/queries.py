"""Rows of the ledger."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.page import Page, Window, take
from clothingline.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction


async def list_ledger_accounts(session: AsyncSession, *, order_id: UUID | None, asked: Window) -> Page[LedgerAccount]:
    """Accounts of the ledger, newest first."""
    query = select(LedgerAccount)
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
