"""What payouts take, and what comes back from them. No hold and no person can touch what is available."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import queries
from clothingline.earnings.errors import EarningsMoved
from clothingline.earnings.models import EARNING, Earning
from clothingline.kit.states import move


async def take_available(session: AsyncSession, *, organisation_id: UUID) -> list[Earning]:
    """What a party may be paid now (`Earning.net_idr` each), locked in order of its id."""
    return await queries.list_available_for_update(session, organisation_id)


async def to_batch(session: AsyncSession, ids: Sequence[UUID]) -> list[Earning]:
    """Put available earnings into a payout, in order of their ids. Raises `EarningsMoved` unless it is all of them."""
    return await _all(session, ids, "batch", step=Earning.step + 1)


async def to_paid(session: AsyncSession, ids: Sequence[UUID]) -> list[Earning]:
    """The bank has confirmed the payout of these. Raises `EarningsMoved` unless it is all of them."""
    return await _all(session, ids, "pay")


async def back_to_available(
    session: AsyncSession, *, ids: Sequence[UUID], event: Literal["unbatch", "come_back"]
) -> list[Earning]:
    """A payout was withdrawn or has failed (`unbatch`), or was returned (`come_back`): they may be paid anew.

    `batch` grows, so that the next payout has another key. Raises `EarningsMoved` unless it is all of them.
    """
    return await _all(session, ids, event, batch=Earning.batch + 1, step=Earning.step + 1)


async def _all(session: AsyncSession, ids: Sequence[UUID], event: str, **values: Any) -> list[Earning]:
    moved = await move(session, EARNING, Earning, event, Earning.id.in_(ids), **values)
    if len(moved) != len(set(ids)):
        raise EarningsMoved
    return sorted(moved, key=lambda earning: earning.id)
