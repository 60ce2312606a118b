"""Double entry: positive amounts are debits, negative ones credits, and each transaction sums to zero."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.ids import new_id
from clothingline.kit.money import RUPIAH
from clothingline.ledger.chart import Account
from clothingline.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction


class Unbalanced(ValueError):
    """The lines of a transaction do not sum to zero, or one of them is zero."""


async def book(
    session: AsyncSession,
    *,
    source_type: str,
    source_id: UUID,
    kind: str,
    lines: Sequence[tuple[Account, int]],
    currency: str = RUPIAH,
) -> bool:
    """Book one fact in whole minor units; False when this source was booked before. Raises `Unbalanced`."""
    if sum(amount for _, amount in lines) != 0 or not all(amount for _, amount in lines):
        raise Unbalanced(f"{source_type} {source_id} {kind}: {[amount for _, amount in lines]}")
    transaction_id = await _begin(session, source_type, source_id, kind)
    if transaction_id is None:
        return False
    ids = await _open_accounts(session, [account for account, _ in lines], currency)
    entries = [
        {"id": new_id(), "transaction_id": transaction_id, "account_id": ids[account.code], "amount": amount}
        for account, amount in lines
    ]
    await session.execute(insert(LedgerEntry).values(currency=currency), entries)
    return True


async def _begin(session: AsyncSession, source_type: str, source_id: UUID, kind: str) -> UUID | None:
    statement = (
        insert(LedgerTransaction)
        .values(id=new_id(), source_type=source_type, source_id=source_id, kind=kind)
        .on_conflict_do_nothing(index_elements=["source_type", "source_id", "kind"])
        .returning(LedgerTransaction.id)
    )
    return await session.scalar(statement)


async def _open_accounts(session: AsyncSession, accounts: Sequence[Account], currency: str) -> dict[str, UUID]:
    """Ids by code, of accounts that stood or are opened now; by code, so that two openers never cross."""
    named = sorted({account.code: account for account in accounts}.values(), key=lambda account: account.code)
    rows = [
        {
            "id": new_id(),
            "code": one.code,
            "kind": one.kind,
            "currency": currency,
            "order_id": one.order_id,
            "organisation_id": one.organisation_id,
        }
        for one in named
    ]
    await session.execute(insert(LedgerAccount).on_conflict_do_nothing(index_elements=["code"]), rows)
    query = select(LedgerAccount.code, LedgerAccount.id).where(LedgerAccount.code.in_([one.code for one in named]))
    return {row.code: row.id for row in await session.execute(query)}


async def held(session: AsyncSession, account: Account) -> int:
    """What an account of liability holds (≥ 0), under its lock until the transaction ends."""
    query = select(LedgerAccount.id).where(LedgerAccount.code == account.code)
    account_id = await session.scalar(query.with_for_update(key_share=True))
    total = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(LedgerEntry.account_id == account_id)
    return -int((await session.scalars(total)).one())
