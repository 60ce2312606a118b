"""Text messages: written once for whoever is told, due when people are awake, and ended when sent or out of date."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import RoleHeld
from clothingline.kit.clock import business_now, business_time
from clothingline.kit.ids import new_id
from clothingline.notices.models import TextMessage
from clothingline.notices.nights import awake_by, awake_from
from clothingline.routing.models import OPEN, Offer

CLOSING = timedelta(hours=4)
# No reminder is moved further ahead: from six in the morning to half past eight the evening before.
NIGHT = timedelta(hours=10)
TAKEN_AT_ONCE = 200


async def write_texts(
    session: AsyncSession, account_ids: Iterable[UUID], *, kind: str, about: UUID, since: datetime
) -> None:
    """These people are to be told; whoever was told the same before is not told again."""
    await _write(session, [{"account_id": one, "kind": kind, "about": about, "since": since} for one in account_ids])


async def _write(session: AsyncSession, told: Sequence[dict[str, Any]]) -> None:
    if told:
        due = {"due_at": awake_from(await business_now(session))}
        rows = [{"id": new_id(), **one, **due} for one in told]
        await session.execute(insert(TextMessage).values(rows).on_conflict_do_nothing())


async def remind_of_closing(session: AsyncSession) -> None:
    """Tell once of each offer to a tailor that nobody has answered and that ends in four hours.

    Where that is at night, it is told the evening before. Of an offer that is open for less than eight hours in all
    people have only just been told.
    """
    now = await business_now(session)
    told = exists().where(TextMessage.kind == "closing", TextMessage.about == Offer.id)
    query = (
        select(Offer.id, Offer.created_at, Offer.expires_at, RoleHeld.account_id)
        .join(RoleHeld, RoleHeld.organisation_id == Offer.organisation_id)
        .where(Offer.kind == "tailor", Offer.state.in_(OPEN), Offer.expires_at > now, ~told)
        .where(Offer.expires_at <= now + CLOSING + NIGHT, Offer.expires_at >= Offer.created_at + 2 * CLOSING)
        .order_by(Offer.expires_at)
        .limit(TAKEN_AT_ONCE)
    )
    rows = [
        {"account_id": account_id, "kind": "closing", "about": offer_id, "since": since}
        for offer_id, since, ends, account_id in (await session.execute(query)).all()
        if awake_by(ends - CLOSING) <= now
    ]
    await _write(session, rows)


async def take_due_texts(session: AsyncSession) -> Sequence[UUID]:
    """The texts whose time has come and that nobody has taken; they are the caller's to send."""
    due = (
        select(TextMessage.id)
        .where(TextMessage.queued_at.is_(None), TextMessage.due_at <= business_time())
        .order_by(TextMessage.due_at)
        .limit(TAKEN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    taken = update(TextMessage).where(TextMessage.id.in_(due.scalar_subquery()))
    return (await session.scalars(taken.values(queued_at=business_time()).returning(TextMessage.id))).all()


async def end_text(session: AsyncSession, text_id: UUID, *, sent: bool) -> None:
    """It has left, or what it told was over."""
    ended = {"sent_at" if sent else "dropped_at": business_time()}
    open_ = (TextMessage.id == text_id, TextMessage.sent_at.is_(None), TextMessage.dropped_at.is_(None))
    await session.execute(update(TextMessage).where(*open_).values(**ended))


async def put_off(session: AsyncSession, text_id: UUID, until: datetime) -> None:
    """Nobody sends it before then."""
    await session.execute(update(TextMessage).where(TextMessage.id == text_id).values(queued_at=None, due_at=until))
