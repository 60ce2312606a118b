"""Something was done: what it earns, and since when a maker may be paid for it."""

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import postings
from clothingline.earnings.models import EARNING, Earning
from clothingline.earnings.service.account import Account
from clothingline.earnings.service.expecting import follow
from clothingline.earnings.service.releasing import release_waiting
from clothingline.kit.clock import WIB, business_now, local_date
from clothingline.kit.states import move
from clothingline.ledger import service as ledger
from clothingline.settings import settings
from clothingline.tailors import queries as tailors

OPENING = time(6, 0, tzinfo=WIB)
"""When a working day begins for money."""


async def earn(session: AsyncSession, *, order_id: UUID, source_type: str, source_id: UUID | None = None) -> int:
    """Something was done: its earning is earned. All of that source type without a `source_id`. Returns how many.

    Cloth is available at once when escrow leaves the makers' pay whole; a maker two working days later.
    """
    account, now = await follow(session, order_id), await business_now(session)
    done = account.in_state("expected", source_type)
    moved = await earn_rows(session, account, [row for row in done if source_id in (None, row.source_id)], now)
    await release_waiting(session, account, now=now)
    await ledger.book_all(session, account.postings)
    return len(moved)


async def earn_rows(
    session: AsyncSession, account: Account, rows: Sequence[Earning], now: datetime
) -> Sequence[Earning]:
    """The same for expected earnings of an order under its lock; what is to be booked is added to its account."""
    for row in rows:
        day = await payday(session, row.organisation_id, now) if row.source_type == "job" else None
        await move(session, EARNING, Earning, "earn", Earning.id == row.id, step=Earning.step + 1, available_at=day)
        account.postings.append(postings.earned(row))
    return rows


async def payday(session: AsyncSession, tailor_id: UUID, now: datetime) -> datetime:
    """Six in the morning (WIB) of the second working day of this workshop after a moment."""
    today = local_date(now)
    calendar = await tailors.calendar_of(session, tailor_id, today)
    return datetime.combine(calendar.add_working_days(today, settings().earnings.labour_days), OPENING)
