"""The market as this process keeps it: read once, then made to follow what has changed, before every answer.

A kept market carries the snapshot of the database that is older than each of its rows. Every row says in which
transaction it was last written (`kit.db.Followed`), so what that snapshot does not show is exactly what may have
changed; whoever has such a row is read anew. Numbers of transactions are given when they begin to write, and those of a
snapshot's transactions that were still under way are listed in it: one that commits late is not passed over, as it
would be by "all that is newer than the newest that I have seen". A new snapshot is taken first and the rows are read
after it, so a change between the two is read now and once more the next time.

A market that a transaction has read after it wrote something is never kept, for that may still be undone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import structlog
from psycopg import Error
from sqlalchemy import BigInteger, Select, Text, bindparam, cast, func, literal, select, text, union
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries as brands
from clothingline.brands import service as brand_weeks
from clothingline.brands.models import PIECES, Brand, BrandWeek
from clothingline.certification import queries as certification
from clothingline.certification.models import Certificate
from clothingline.certification.queries import Proof
from clothingline.kit import db
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.db import Listing, Prebuilt, Sent, Trip, trip
from clothingline.kit.weeks import Free
from clothingline.materials import queries as materials
from clothingline.materials.models import Lot
from clothingline.routing.market import MOST_WEEKS, Known, Market, Own, Roll, weeks_between
from clothingline.routing.models import Offer
from clothingline.routing.sharing import ASKED, Asked, begin_of, first_monday
from clothingline.suppliers import queries as suppliers
from clothingline.suppliers.models import Supplier
from clothingline.tailors import queries as tailors
from clothingline.tailors import service as tailor_weeks
from clothingline.tailors.models import TIME, Tailor, TailorWeek

Row = TypeVar("Row")
One = TypeVar("One", bound=Known)
Value = TypeVar("Value")
Word = TypeVar("Word", Proof, Asked)
Some = Mapping[str, list[UUID] | None]
"""Ids by kind; None for all."""

log = structlog.get_logger("clothingline")
MOST_CHANGED = 500
"""Parties and lots that have changed, above which all are read anew."""


class Mark(NamedTuple):
    """A snapshot of the database, which database that is, and whether the transaction has written nothing so far."""

    snapshot: str
    database: tuple[int, float]
    untouched: bool

    @property
    def oldest(self) -> int:
        """Whatever an older transaction did, the snapshot shows."""
        return int(self.snapshot.split(":")[0])


@dataclass(frozen=True)
class Kept:
    """A market, and a snapshot that is older than all of it."""

    mark: Mark
    market: Market


_NOW = Prebuilt(
    text(
        "SELECT CAST(pg_current_snapshot() AS text), CAST(oid AS bigint), "
        "CAST(extract(epoch FROM pg_postmaster_start_time()) AS float), pg_current_xact_id_if_assigned() IS NULL "
        "FROM pg_database WHERE datname = current_database()"
    ),
    lambda snapshot, database, started, untouched: Mark(snapshot, (database, started), untouched),
)
_FOLLOWED: tuple[tuple[str, Any, Any], ...] = (
    ("tailor", Tailor.id, Tailor),
    ("tailor", TailorWeek.tailor_id, TailorWeek),
    ("tailor", Certificate.tailor_id, Certificate),
    ("tailor", Offer.organisation_id, Offer),
    ("brand", Brand.id, Brand),
    ("brand", BrandWeek.brand_id, BrandWeek),
    ("lot", Lot.id, Lot),
    ("supplier", Supplier.id, Supplier),
)
"""Whom a row of each table concerns: the kind, and the column with the id."""


def _unseen(kind: str, whose: Any, table: Any) -> Select[Any]:
    """Whose rows a snapshot does not show as they are; `oldest` lets the index find them."""
    snapshot = func.pg_snapshot(bindparam("snapshot", type_=Text))
    shown = func.pg_visible_in_snapshot(func.xid8(cast(table.changed_in, Text)), snapshot)
    newer = table.changed_in >= bindparam("oldest", type_=BigInteger)
    return select(literal(kind), whose).where(newer, ~shown)


_CHANGED = Prebuilt(union(*(_unseen(*one) for one in _FOLLOWED)), lambda kind, one: (kind, one))
_ALL: Some = dict.fromkeys(kind for kind, _, _ in _FOLLOWED)

_kept: list[Kept] = []


async def load(session: AsyncSession, *, today: date, until: date, own: Own | None = None) -> Market:
    """The market of this moment for one order, from the current week to some weeks after `until`."""
    own = own or Own()
    seen = (await latest(session, today=today)).asking(until=until, own=own)
    if seen.open:
        return seen
    await open_weeks(session, mondays=seen.mondays)
    return (await latest(session, today=today)).asking(until=until, own=own)


async def latest(session: AsyncSession, *, today: date) -> Market:
    """The whole market, in all weeks of which any question may ask, not older than the begin of this call."""
    before = _kept[0] if _kept else None
    async with trip(session) as going:
        now = await going.send(_NOW)
        since = before and await going.send(_CHANGED, oldest=before.mark.oldest, snapshot=before.mark.snapshot)
    [mark] = await now.rows()
    if before and since and (before.market.today, before.mark.database) == (today, mark.database):
        market = await _followed(session, before.market, await since.rows())
    else:
        market = await read(session, today=today)
    if mark.untouched:
        _kept[:] = [Kept(mark, market)]
    return market


async def read(session: AsyncSession, *, today: date) -> Market:
    """The whole market, read anew, of which nothing is kept."""
    return await _read(session, _empty(today), _ALL)


def forget() -> None:
    """Keep nothing; the next question reads everything."""
    _kept.clear()


async def learn() -> None:
    """Read the market before anybody asks; where that fails, the first question does it."""
    try:
        async with db.transaction() as session:
            await latest(session, today=local_date(await business_now(session)))
    except (DBAPIError, Error) as error:
        log.warning("market not read yet; the first quote will", cause=type(error).__name__)


async def _followed(session: AsyncSession, before: Market, changed: Collection[tuple[str, UUID]]) -> Market:
    if not changed:
        return before
    if len(changed) > MOST_CHANGED:
        return await read(session, today=before.today)
    return await _read(session, before, {kind: [one for its, one in changed if its == kind] for kind in _ALL})


def _empty(today: date) -> Market:
    makers, houses, lots = (Roll[Any].of((), (), weeks=weeks) for weeks in (MOST_WEEKS, MOST_WEEKS, 1))
    return Market(today, weeks_between(today, date.max), makers, houses, lots, {}, {}, {}, {})


async def _read(session: AsyncSession, before: Market, some: Some) -> Market:
    """The market with some of each kind read anew."""
    since, monday = first_monday(before.mondays[0]), before.mondays[0]
    span, lately = {"first": monday, "last": before.mondays[-1]}, {"first": since, "last": monday}
    async with trip(session) as going:
        ask = _Asking(going, some)
        makers, seconds = await ask.about("tailor", tailors.MAKERS), await ask.about("tailor", TIME.free, **span)
        houses, pieces = await ask.about("brand", brands.HOUSES), await ask.about("brand", PIECES.free, **span)
        lots, stores = await ask.about("lot", materials.CLOTH), await ask.about("supplier", suppliers.STORES)
        proofs, asked = (
            await ask.about("tailor", certification.PROOFS),
            await ask.about("tailor", ASKED, since=begin_of(since)),
        )
        declared = await ask.about("tailor", TIME.declared, **lately)
    cloth = await lots.rows()
    return Market(
        before.today,
        before.mondays,
        _renewed(before.makers, some["tailor"], await makers.rows(), await seconds.rows()),
        _renewed(before.brands, some["brand"], await houses.rows(), await pieces.rows()),
        _renewed(before.lots, some["lot"], [row for row, _ in cloth], [Free(row.id, [0], [cm]) for row, cm in cloth]),
        _merged(before.stores, some["supplier"], {row.id: row for row in await stores.rows()}),
        _merged(before.proofs, some["tailor"], _by_maker(await proofs.rows())),
        _merged(before.asked, some["tailor"], _by_maker(await asked.rows())),
        _merged(before.declared, some["tailor"], dict(await declared.rows())),
    )


class _Asking(NamedTuple):
    """Statements of one trip, each about some of its kind."""

    going: Trip
    some: Some

    async def about(self, kind: str, listing: Listing[Row], **values: object) -> Sent[Row]:
        among = self.some[kind]
        if among is None:
            return await self.going.send(listing.whole, **values)
        return await self.going.send(listing.some, among=among, **values)


def _renewed(before: Roll[One], among: list[UUID] | None, rows: Sequence[One], free: Iterable[Free]) -> Roll[One]:
    return before.renewed([row.id for row in rows] if among is None else among, rows, free)


def _merged(
    before: Mapping[UUID, Value], among: list[UUID] | None, found: Mapping[UUID, Value]
) -> Mapping[UUID, Value]:
    """The same mapping where nothing is another, so that what follows from it is still known."""
    changed = found if among is None else among
    if all(before.get(one) == found.get(one) for one in changed):
        return before
    gone = set(changed)
    return {**{one: value for one, value in before.items() if one not in gone}, **found}


def _by_maker(words: Iterable[Word]) -> dict[UUID, list[Word]]:
    """What is said of each maker."""
    found = defaultdict[UUID, list[Word]](list)
    for word in words:
        found[word.tailor_id].append(word)
    return found


async def open_ahead(session: AsyncSession, *, today: date) -> bool:
    """Open every week that any question may look at. False when all were open."""
    seen = await latest(session, today=today)
    if seen.open:
        return False
    await open_weeks(session, mondays=seen.mondays)
    return True


async def open_weeks(session: AsyncSession, *, mondays: Sequence[date]) -> None:
    """Open these weeks of all makers and brands; those that are open stay as they are."""
    await tailor_weeks.ensure_weeks(session, tailors=await tailors.list_makers(session), mondays=mondays)
    await brand_weeks.ensure_weeks(session, brands=await brands.list_all_brands(session), mondays=mondays)
