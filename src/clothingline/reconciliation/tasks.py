"""Reading what the provider says has moved, comparing, and settling what has a name. Every job may run twice."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.kit import db, heartbeats
from clothingline.kit.failpoints import failpoint
from clothingline.kit.jobs import task
from clothingline.reconciliation import queries, service, settling
from clothingline.reconciliation.models import Reconciliation
from clothingline.reconciliation.service import Found

log = structlog.get_logger("reconciliation")
DAILY, EVERY = "reconciliation.begin", timedelta(days=1)
PAGES_AT_ONCE = 20
MOST_LOOKS = 3


async def begin_daily() -> int:
    """Begin the run of the day; returns how many began."""
    async with db.transaction() as session:
        if not await heartbeats.due(session, DAILY, every=EVERY):
            return 0
        return int(await service.begin(session) is not None)


@task
async def read_pages(*, run_id: str, page: int) -> None:
    """Keep some pages of movements, of our account and then of each payee's; after the last one compare everything."""
    async with db.transaction() as session:
        run: Reconciliation | None = await queries.get_reconciliation(session, UUID(run_id))
    if run is None or run.state != "running" or run.page != page:
        return
    for _ in range(PAGES_AT_ONCE):
        run, is_last = await _read_page(run)
        if run is None:
            return
        if is_last:
            await _finish(run)
            return
    async with db.transaction() as session:
        await service.read_on_later(session, run=run)


async def _read_page(run: Reconciliation) -> tuple[Reconciliation | None, bool]:
    """The run after one page, None when somebody else has read it; and whether it was the last of all accounts."""
    provider = providers.current()
    lines, cursor = await provider.movements(run.since, run.until, run.cursor, run.account)
    await failpoint("reconciliation.read_pages:read")
    balance = None if run.account is None or cursor else await provider.connected_balance(run.account)
    async with db.transaction() as session:
        kept = await service.keep_page(session, run=run, lines=lines, cursor=cursor)
        if kept is None or cursor is not None:
            return kept, False
        if run.account is not None and balance is not None:
            await _keep_connected(session, run, balance)
        account = await queries.next_account(session, run.account)
        return (kept, True) if account is None else (await service.turn_to(session, run=kept, account=account), False)


async def _keep_connected(session: AsyncSession, run: Reconciliation, balance: int) -> None:
    found = await service.compare_connected(session, account=str(run.account), balance_idr=balance)
    await service.keep_found(session, run_id=run.id, found=found)


async def _finish(run: Reconciliation) -> None:
    balance = await _stand_still(run)
    await failpoint("reconciliation.read_pages:compared")
    own, livemode = providers.current().account, providers.current().livemode
    async with db.transaction() as session:
        found: Sequence[Found] = await service.compare(session, own=own, livemode=livemode)
        if balance is not None:
            found = [*found, *await service.compare_balance(session, own=own, balance_idr=balance)]
        await service.keep_found(session, run_id=run.id, found=found)
        await service.finish(session, run_id=run.id, balance_idr=balance)


async def _stand_still(run: Reconciliation) -> int | None:
    """Our balance at a moment up to which every movement is kept; None when money never stopped moving meanwhile."""
    provider, since = providers.current(), run.until
    for _ in range(MOST_LOOKS):
        balance = await provider.balance()
        async with db.transaction() as session:
            until = await service.real_now(session)
        lines, cursor = await provider.movements(since, until + timedelta(seconds=1), None)
        async with db.transaction() as session:
            if not await service.keep(session, run, lines) and cursor is None:
                return balance
    return None


@task
async def settle_difference(*, difference_id: str) -> None:
    """A difference was found: do what its code says, where that needs nobody's judgement."""
    await settling.settle(UUID(difference_id))
