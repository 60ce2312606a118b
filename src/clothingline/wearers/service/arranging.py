"""What whoever arranges an order does with its roster."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.wearers import sealing
from clothingline.wearers.errors import RosterOrdered, RosterOver
from clothingline.wearers.events import (
    RosterClosed,
    RosterOpened,
    RosterReopened,
    WearerCorrected,
    WearerErased,
    WearerRemoved,
)
from clothingline.wearers.models import ROSTER, Roster, Wearer

LONGEST = timedelta(days=21)
"""The farthest last day; drafts, on which a roster hangs, are kept longer than that."""
FEWEST, MOST = 2, 500


@dataclass(frozen=True)
class Tally:
    """What a roster amounts to: pieces by ready size, and how many are sewn to a body."""

    sizes: Mapping[str, int]
    bodies: int

    @property
    def pieces(self) -> int:
        """How many are ready in all."""
        return sum(self.sizes.values()) + self.bodies


def tally_of(wearers: Iterable[Wearer]) -> Tally:
    """The pieces of everybody whose size is known and who has not been forgotten."""
    ready = [one for one in wearers if one.ready and one.key is not None]
    sizes = Counter(one.size for one in ready if one.size is not None)
    return Tally(dict(sizes), sum(one.way == "body" for one in ready))


async def open_roster(
    session: AsyncSession,
    *,
    draft_id: UUID,
    design_id: UUID,
    title: str | None,
    places: int,
    ends_at: datetime,
    now: datetime,
    by: UUID | None,
) -> Roster:
    """A roster with its link. Raises `Invalid` at `/places` or `/ends`."""
    _check(places, ends_at, now, taken=0)
    roster_id = new_id()
    roster = Roster(
        id=roster_id,
        draft_id=draft_id,
        order_id=None,
        design_id=design_id,
        token_hash=sealing.hash_of(sealing.word_of(roster_id)),
        title=title,
        places=places,
        ends_at=ends_at,
        state="open",
        state_by=by,
    )
    session.add(roster)
    await session.flush()
    await emit(session, RosterOpened(roster_id), by=by, audience=_heard(by))
    return roster


def _heard(by: UUID | None) -> list[UUID]:
    return [by] if by else []


def _check(places: int, ends_at: datetime, now: datetime, *, taken: int) -> None:
    fewest = max(FEWEST, taken)
    if not fewest <= places <= MOST:
        raise Invalid(
            "/places",
            f"Tulis jumlah orang dari {fewest} sampai {MOST}.",
            f"Write how many people, from {fewest} to {MOST}.",
            code="out_of_range",
            min=fewest,
            max=MOST,
        )
    if not now < ends_at <= now + LONGEST + timedelta(days=1):
        raise Invalid(
            "/ends",
            f"Pilih hari terakhir mulai hari ini, paling lama {LONGEST.days} hari lagi.",
            f"Choose a last day from today on, at most {LONGEST.days} days ahead.",
            code="out_of_range",
        )


async def close(session: AsyncSession, roster: Roster, *, by: UUID | None) -> None:
    """Nobody says anything any more; a roster that is closed already stays so."""
    if await move(session, ROSTER, Roster, "close", Roster.id == roster.id, by=by):
        await emit(session, RosterClosed(roster.id), by=by, audience=_heard(by))


async def reopen(
    session: AsyncSession, roster: Roster, *, places: int, ends_at: datetime, taken: int, now: datetime, by: UUID | None
) -> None:
    """More places or another last day, and the link works (again). The roster is locked by the caller.

    `taken`: the highest place that is held. Raises `RosterOrdered`, or `Invalid` at `/places` or `/ends`.
    """
    if roster.order_id is not None:
        raise RosterOrdered
    _check(places, ends_at, now, taken=taken)
    roster.places, roster.ends_at = places, ends_at
    await session.flush()
    if await move(session, ROSTER, Roster, "reopen", Roster.id == roster.id, by=by):
        await emit(session, RosterReopened(roster.id), by=by, audience=_heard(by))


async def correct(session: AsyncSession, roster: Roster, wearer: Wearer, *, size: str, by: UUID | None) -> None:
    """Put a ready size, in place of whatever was said; body measures are forgotten.

    The roster is locked by the caller, who knows that the design has the size. Raises `RosterOrdered`.
    """
    if roster.order_id is not None:
        raise RosterOrdered
    sealing.put_measures(wearer, {})
    wearer.way, wearer.size, wearer.figure, wearer.ready = "size", size, None, True
    wearer.changed_at = business_time()
    await session.flush()
    await emit(session, WearerCorrected(roster.id, wearer.id), by=by, audience=_heard(by))


async def remove(session: AsyncSession, roster: Roster, wearer: Wearer, *, by: UUID | None) -> None:
    """Take an entry out, which frees its place; once its piece is ordered, only what says who it is can go.

    The roster is locked by the caller.
    """
    sealing.shred(wearer)
    ordered = roster.order_id is not None
    if not ordered:
        wearer.removed_at, wearer.ready = business_time(), False
    wearer.changed_at = business_time()
    await session.flush()
    happened = (WearerErased if ordered else WearerRemoved)(roster.id, wearer.id)
    await emit(session, happened, by=by, audience=_heard(by))


def is_open(roster: Roster, now: datetime) -> bool:
    """Whether sizes can be said and changed."""
    return roster.state == "open" and roster.ends_at > now


def demand_open(roster: Roster, now: datetime) -> None:
    """Raises `RosterOver` when nobody may say anything any more."""
    if not is_open(roster, now):
        raise RosterOver
