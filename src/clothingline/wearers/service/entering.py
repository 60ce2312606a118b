"""What somebody says by the link of a group, and by a link of their own. Nobody has an account here."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.wearers import queries, sealing
from clothingline.wearers.errors import BodyNeedsConsent, RosterFull, TooManyEntries
from clothingline.wearers.events import WearerConsented, WearerEntered, WearerSized
from clothingline.wearers.models import Roster, Wearer
from clothingline.wearers.service.arranging import demand_open, remove

SPARE, WITHIN = 20, timedelta(hours=1)
"""So many more entries than places may be begun within this time by one link."""


async def enter(session: AsyncSession, roster: Roster, *, name: str, now: datetime) -> Wearer:
    """Somebody takes the first free place. The roster is locked by the caller.

    Raises `RosterOver`, `RosterFull` or `TooManyEntries`.
    """
    demand_open(roster, now)
    place = await _free_place(session, roster)
    if await queries.count_begun(session, roster.id, within=WITHIN) >= roster.places + SPARE:
        raise TooManyEntries(retry_after=int(WITHIN.total_seconds()))
    wearer_id = new_id()
    token_hash = sealing.hash_of(sealing.word_of(wearer_id))
    wearer = Wearer(id=wearer_id, roster_id=roster.id, place=place, token_hash=token_hash, measured=[], ready=False)
    wearer.created_at = wearer.changed_at = now
    sealing.put_name(wearer, name)
    session.add(wearer)
    await session.flush()
    await emit(session, WearerEntered(roster.id, wearer_id))
    return wearer


async def _free_place(session: AsyncSession, roster: Roster) -> int:
    taken = {one.place for one in await queries.list_wearers(session, roster.id)}
    free = next((place for place in range(1, roster.places + 1) if place not in taken), None)
    if free is None:
        raise RosterFull(places=roster.places)
    return free


async def rename(session: AsyncSession, roster: Roster, wearer: Wearer, *, name: str, now: datetime) -> None:
    """Another name, or the same spelled better. Raises `RosterOver`."""
    demand_open(roster, now)
    sealing.put_name(wearer, name)
    wearer.changed_at = now
    await session.flush()


async def choose_size(session: AsyncSession, roster: Roster, wearer: Wearer, *, size: str, now: datetime) -> None:
    """A ready size; body measures that were given before are forgotten. Raises `RosterOver`."""
    demand_open(roster, now)
    _put_way(wearer, "size", now)
    sealing.put_measures(wearer, {})
    wearer.size, wearer.figure, wearer.ready = size, None, True
    await session.flush()
    await emit(session, WearerSized(roster.id, wearer.id))


async def doubt_size(session: AsyncSession, roster: Roster, wearer: Wearer, *, now: datetime) -> None:
    """No size is known: whoever arranges the order puts one. Raises `RosterOver`."""
    demand_open(roster, now)
    _put_way(wearer, "unsure", now)
    sealing.put_measures(wearer, {})
    wearer.figure, wearer.ready = None, False
    await session.flush()


async def choose_body(
    session: AsyncSession, roster: Roster, wearer: Wearer, *, figure: str, needed: Sequence[str], now: datetime
) -> None:
    """Measures of one's own body, of which `needed` are all. Raises `RosterOver`."""
    demand_open(roster, now)
    _put_way(wearer, "body", now)
    wearer.figure, wearer.ready = figure, set(needed) <= set(wearer.measured)
    await session.flush()


def _put_way(wearer: Wearer, way: str, now: datetime) -> None:
    wearer.way, wearer.size, wearer.changed_at = way, None, now


async def agree(session: AsyncSession, roster: Roster, wearer: Wearer, *, version: str, now: datetime) -> None:
    """Body measures may be used for this order, by the words of this version. Raises `RosterOver`."""
    demand_open(roster, now)
    wearer.consented_at, wearer.consent_version, wearer.changed_at = now, version, now
    await session.flush()
    await emit(session, WearerConsented(roster.id, wearer.id))


async def keep_measures(
    session: AsyncSession,
    roster: Roster,
    wearer: Wearer,
    *,
    values: Mapping[str, int],
    needed: Sequence[str],
    now: datetime,
) -> None:
    """All measures that were given so far, in millimetres. Raises `RosterOver` or `BodyNeedsConsent`."""
    demand_open(roster, now)
    if wearer.consented_at is None:
        raise BodyNeedsConsent
    sealing.put_measures(wearer, values)
    wearer.changed_at, before = now, wearer.ready
    wearer.ready = wearer.way == "body" and set(needed) <= set(values)
    await session.flush()
    if wearer.ready and not before:
        await emit(session, WearerSized(roster.id, wearer.id))


async def leave(session: AsyncSession, roster: Roster, wearer: Wearer) -> None:
    """The wearer's own wish to be forgotten, which no last day ends."""
    await remove(session, roster, wearer, by=None)
