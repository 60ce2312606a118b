"""Which payments the provider is asked about when it has told us nothing, or nothing final."""

from datetime import timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.payments.models import Payment

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
# The money of a payment that has ended may have been on its way; after that only a notice tells of it.
AFTERWARDS = timedelta(hours=1)


async def take_to_ask(session: AsyncSession, *, limit: int = 10) -> list[Payment]:
    """Payments about which the provider is to be asked now, the longest unasked first; each is noted as asked.

    Those that wait, or have just ended, with a charge. The time between two questions doubles from a minute to an hour.
    """
    last = func.coalesce(Payment.asked_at, Payment.state_at)
    pause = func.greatest(FIRST, func.least(last - Payment.state_at, LONGEST))
    just_ended = and_(Payment.state == "expired", Payment.state_at > business_time() - AFTERWARDS)
    due = (
        select(Payment.id)
        .where(or_(Payment.state == "open", just_ended), Payment.charge.is_not(None), last + pause <= business_time())
        .order_by(last)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = update(Payment).where(Payment.id.in_(due)).values(asked_at=business_time()).returning(Payment)
    return list(await session.scalars(taken))
