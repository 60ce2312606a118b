"""A run begins, and keeps the provider's movements page by page."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Movement as Line
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id, read
from clothingline.kit.states import move
from clothingline.reconciliation import queries
from clothingline.reconciliation.events import ReconciliationAsked, ReconciliationFailed
from clothingline.reconciliation.models import RECONCILIATION, Movement, Reconciliation

THE_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(days=4)
"""What the provider dates late is still found: each run reads again what was read in so many days before."""
PATIENCE = timedelta(hours=6)
_NAMED = re.compile(r"(?P<id>(?P<prefix>pay|rfd|out)_[0-7][0-9a-hjkmnp-tv-z]{25})(?![0-9a-z_])")


async def begin(session: AsyncSession, *, by: UUID | None = None) -> Reconciliation | None:
    """A run over everything since the last one, with some overlap; None while one is running.

    The window is of real time, which is the provider's. A run that stands still for six hours has failed.
    """
    for stale in await move(
        session, RECONCILIATION, Reconciliation, "abandon", Reconciliation.created_at < business_time() - PATIENCE
    ):
        await emit(session, ReconciliationFailed(stale.id))
    known = await queries.read_until(session)
    since = THE_BEGINNING if known is None else known - OVERLAP
    values = {"id": new_id(), "since": since, "until": func.now(), "state": "running", "state_by": by}
    statement = insert(Reconciliation).values(values).on_conflict_do_nothing().returning(Reconciliation)
    run: Reconciliation | None = await session.scalar(statement)
    if run is not None:
        await emit(session, ReconciliationAsked(run.id, 0), by=by)
    return run


async def keep_page(
    session: AsyncSession, *, run: Reconciliation, lines: Sequence[Line], cursor: str | None
) -> Reconciliation | None:
    """Keep a page of lines and where the next begins; None when another process was faster.

    After the last page of an account the next one's turn comes (`account`); `page` counts them all.
    """
    values = {"cursor": cursor, "page": run.page + 1, "seen": Reconciliation.seen + await keep(session, run, lines)}
    this = (Reconciliation.id == run.id, Reconciliation.page == run.page, Reconciliation.state == "running")
    kept = update(Reconciliation).where(*this).values(values).returning(Reconciliation)
    return await session.scalar(kept.execution_options(populate_existing=True))


async def keep(session: AsyncSession, run: Reconciliation, lines: Sequence[Line]) -> int:
    """Keep lines; returns how many were new."""
    if not lines:
        return 0
    new = insert(Movement).on_conflict_do_nothing(index_elements=["provider_id"]).returning(Movement.id)
    # As rows beside the statement, which is compiled once; nothing is compiled for the values of each page.
    rows = [_row(run, line) for line in lines]
    return len((await session.scalars(new, rows, execution_options={"render_nulls": True})).all())


def _row(run: Reconciliation, line: Line) -> dict[str, object]:
    subject_type, subject_id = _subject(line.reference)
    said = {name: getattr(line, name) for name in _SAID}
    return {
        "id": new_id(),
        "provider_id": line.id,
        "run_id": run.id,
        "subject_type": subject_type,
        "subject_id": subject_id,
        **said,
    }


_SAID = ("kind", "object", "reference", "amount_idr", "fee_idr", "currency", "account", "livemode", "at")


def _subject(reference: str | None) -> tuple[str | None, UUID | None]:
    """Which row of ours a reference names: `out_…:transfer` means a payout."""
    found = _NAMED.match(reference or "")
    return (found["prefix"], read(found["prefix"], found["id"])) if found else (None, None)


async def turn_to(session: AsyncSession, *, run: Reconciliation, account: str) -> Reconciliation | None:
    """Go on with the account of a payee; None when another process was faster."""
    this = (Reconciliation.id == run.id, Reconciliation.page == run.page, Reconciliation.state == "running")
    values = {"account": account, "cursor": None, "page": run.page + 1}
    turned = update(Reconciliation).where(*this).values(values).returning(Reconciliation)
    return await session.scalar(turned.execution_options(populate_existing=True))


async def read_on_later(session: AsyncSession, *, run: Reconciliation) -> None:
    """Leave the next pages to a job of their own."""
    await emit(session, ReconciliationAsked(run.id, run.page))


async def real_now(session: AsyncSession) -> datetime:
    """The database's real clock."""
    read: datetime = (await session.scalars(select(func.clock_timestamp()))).one()
    return read
