"""Which payouts and payees the provider is asked about when it has told us nothing, or nothing final."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import alarms
from clothingline.kit.clock import business_time
from clothingline.kit.ids import show
from clothingline.payouts import queries
from clothingline.payouts.models import Payee, Payout

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
FIRST_OF_PAYEE, LONGEST_OF_PAYEE = timedelta(minutes=10), timedelta(days=1)
DOUBTED = timedelta(hours=24)
AT_ONCE = 1_000
PAYEES_AT_ONCE = 20

_ON_ITS_WAY = Payout.state.in_(("approved", "sent", "needs_reconciliation"))


async def take_to_ask(session: AsyncSession, *, limit: int = AT_ONCE) -> list[UUID]:
    """Payouts that are to be taken further now, the longest unasked first; each is noted as asked.

    Those that are to leave or on their way, and those whose money is to be taken back. The time between two questions
    doubles from a minute to an hour, counted from the moment at which the payout came to stand where it stands.
    """
    last = func.coalesce(Payout.asked_at, Payout.state_at)
    pause = func.greatest(FIRST, func.least(last - Payout.state_at, LONGEST))
    due = (
        select(Payout.id)
        .where(or_(_ON_ITS_WAY, queries.TO_TAKE_BACK), last + pause <= business_time())
        .order_by(last)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = update(Payout).where(Payout.id.in_(due)).values(asked_at=business_time()).returning(Payout.id)
    return list(await session.scalars(taken))


async def take_payees_to_ask(session: AsyncSession, *, limit: int = PAYEES_AT_ONCE) -> list[Payee]:
    """Payees whose account may have become good without our hearing of it, the longest unasked first, noted as asked.

    The time between two questions doubles from ten minutes to a day, counted from when the payee came to stand where it
    stands. Of one who is active the refusal of a payout tells.
    """
    last = func.coalesce(Payee.asked_at, Payee.state_at)
    pause = func.greatest(FIRST_OF_PAYEE, func.least(last - Payee.state_at, LONGEST_OF_PAYEE))
    due = (
        select(Payee.id)
        .where(Payee.state != "active", Payee.provider_account.is_not(None), last + pause <= business_time())
        .order_by(last)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = update(Payee).where(Payee.id.in_(due)).values(asked_at=business_time()).returning(Payee)
    return list(await session.scalars(taken))


async def sound_doubts(session: AsyncSession) -> int:
    """Sound the alarm for what nobody knows after a day, and end it for what is known by now; how many stand."""
    unknown = or_(Payout.transfer.is_(None), Payout.bank.is_(None))
    old = Payout.sent_at <= business_time() - DOUBTED
    query = select(Payout.id).where(Payout.state == "needs_reconciliation", unknown, old)
    subjects = {show("out", one) for one in await session.scalars(query)}
    for subject in sorted(subjects):
        await alarms.sound(session, name="payout_doubtful", subject=subject)
    await alarms.clear_others(session, name="payout_doubtful", subjects=subjects)
    return len(subjects)
