"""Rows of reconciliations and differences; they are for staff only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.page import Page, Window, take
from clothingline.payouts.models import Payee
from clothingline.reconciliation.errors import DifferenceUnknown, ReconciliationUnknown
from clothingline.reconciliation.models import Difference, Reconciliation


async def list_reconciliations(session: AsyncSession, *, asked: Window) -> Page[Reconciliation]:
    """Runs, newest first."""
    return await take(session, select(Reconciliation), key=Reconciliation.id, asked=asked)


async def get_reconciliation(session: AsyncSession, run_id: UUID) -> Reconciliation:
    """One run. Raises `ReconciliationUnknown`."""
    found = await session.get(Reconciliation, run_id, populate_existing=True)
    if found is None:
        raise ReconciliationUnknown
    return found


async def read_until(session: AsyncSession) -> datetime | None:
    """Up to when the movements of every account are known."""
    return await session.scalar(select(func.max(Reconciliation.until)).where(Reconciliation.state == "done"))


async def next_account(session: AsyncSession, after: str | None) -> str | None:
    """The first account of a payee at the provider, or the first after this one."""
    query = select(func.min(Payee.provider_account))
    return await session.scalar(query if after is None else query.where(Payee.provider_account > after))


async def list_differences(
    session: AsyncSession, *, state: str | None, code: str | None, asked: Window
) -> Page[Difference]:
    """Differences, newest first."""
    query = select(Difference)
    if state is not None:
        query = query.where(Difference.state == state)
    if code is not None:
        query = query.where(Difference.code == code)
    return await take(session, query, key=Difference.id, asked=asked)


async def get_difference_for_update(session: AsyncSession, difference_id: UUID) -> Difference:
    """A difference, locked and read anew. Raises `DifferenceUnknown`."""
    query = select(Difference).where(Difference.id == difference_id).with_for_update()
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise DifferenceUnknown
    return found


async def count_open(session: AsyncSession) -> dict[str, int]:
    """How many differences are open, by code."""
    query = select(Difference.code, func.count()).where(Difference.state == "open").group_by(Difference.code)
    return {code: int(number) for code, number in await session.execute(query)}
