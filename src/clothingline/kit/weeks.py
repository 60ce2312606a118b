"""Capacity by weeks: what a party declares for the week from a Monday, and what of it is held or booked for a claim.

Bookings and the counters of their weeks move together. Locks: bookings first, then weeks by party and Monday.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Date, Table, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Listing, Prebuilt, Sent, Trip
from clothingline.kit.ids import new_id
from clothingline.kit.states import Machine, move

SUNDAY: Final = timedelta(days=6)  # after the Monday of its week

WeekKey = tuple[UUID, date]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Load:
    """Amounts of one week: declared, held for claims that may still fall through, booked."""

    declared: int
    held: int
    booked: int

    @property
    def free(self) -> int:
        """What nobody has set aside."""
        return self.declared - self.held - self.booked


class Free(NamedTuple):
    """What a party has free in its opened weeks, which are numbered from a first Monday."""

    party: UUID
    weeks: list[int]
    amounts: list[int]


# What a house says of a week, given its Monday, that has only so much free.
Refuse = Callable[[date, int], Exception]


@dataclass(frozen=True)
class Capacity:
    """The weeks of one kind of party; an amount is whatever its house counts.

    `week` has the columns `party`, monday, declared, held, booked, and a CHECK that held + booked <= declared;
    `booking` has id, claim, `party`, monday, `amount` and state, and is unique by claim, party and Monday while it is
    held or booked; `machine` knows the states held, booked, released and the events book, unbook, release.
    """

    week: type[Any]
    booking: type[Any]
    machine: Machine
    party: str
    amount: str

    @cached_property
    def free(self) -> Listing[Free]:
        """What nobody has set aside of the opened weeks from the Monday `first` to `last`, by party."""
        week, party, first = self.week, self._party(self.week), bindparam("first", type_=Date)
        free, number = week.declared - week.held - week.booked, (week.monday - first).op("/", precedence=8)(7)
        query = select(party, *(func.array_agg(aggregate_order_by(one, week.monday)) for one in (number, free)))
        in_time = week.monday.between(first, bindparam("last", type_=Date))
        return Listing(query.where(in_time).group_by(party), party, Free)

    @cached_property
    def declared(self) -> Listing[tuple[UUID, int]]:
        """By party what its opened weeks from the Monday `first` to `last` declare in all."""
        week, party = self.week, self._party(self.week)
        in_time = week.monday.between(bindparam("first", type_=Date), bindparam("last", type_=Date))
        query = select(party, func.sum(week.declared)).where(in_time).group_by(party)
        return Listing(query, party, lambda party_id, amount: (party_id, int(amount)))

    def _party(self, table: type[Any]) -> Any:
        return getattr(table, self.party)

    async def loads(
        self, session: AsyncSession, *, parties: Collection[UUID], mondays: Collection[date]
    ) -> dict[WeekKey, Load]:
        """The opened weeks among these, read afresh."""
        week, party = self.week, self._party(self.week)
        query = select(party, week.monday, week.declared, week.held, week.booked).order_by(party, week.monday)
        rows = await session.execute(query.where(party.in_(parties), week.monday.in_(mondays)))
        return {(party_id, monday): Load(*load) for party_id, monday, *load in rows}

    async def mondays_since(self, session: AsyncSession, *, party: UUID, since: date) -> Sequence[date]:
        """The opened weeks of a party from a Monday on."""
        query = select(self.week.monday).where(self._party(self.week) == party, self.week.monday >= since)
        return (await session.scalars(query.order_by(self.week.monday))).all()

    async def missing(self, session: AsyncSession, *, parties: Sequence[UUID], mondays: Sequence[date]) -> set[WeekKey]:
        """The weeks among these that are not open yet."""
        known = await self.loads(session, parties=parties, mondays=mondays)
        return {(party, monday) for party in parties for monday in mondays} - known.keys()

    async def open(self, session: AsyncSession, declared: Mapping[WeekKey, int]) -> None:
        """Open weeks with what they declare; one that is open stays as it is."""
        rows = [
            {self.party: party, "monday": monday, "declared": amount}
            for (party, monday), amount in sorted(declared.items())
        ]
        await session.execute(insert(self.week).on_conflict_do_nothing(), rows)

    async def declare(self, session: AsyncSession, *, party: UUID, declared: Mapping[date, int]) -> date | None:
        """Declare open weeks of a party anew, by Monday.

        Answers the first Monday whose load would not fit any more (the caller then refuses), None when all fit.
        """
        for monday, amount in sorted(declared.items()):
            fits = self.week.held + self.week.booked <= amount
            if not await self._change(session, (party, monday), fits, declared=amount):
                return monday
        return None

    async def _change(self, session: AsyncSession, key: WeekKey, *where: ColumnElement[bool], **values: Any) -> bool:
        """Whether the week was as `where` says, and is changed: one conditional statement."""
        party, monday = key
        statement = (
            update(self.week)
            .where(self._party(self.week) == party, self.week.monday == monday, *where)
            .values(**values)
            .returning(self.week.monday)
            .execution_options(synchronize_session=False)
        )
        return (await session.execute(statement)).first() is not None

    async def hold(self, going: Trip, *, claim: UUID, party: UUID, weeks: Mapping[date, int], refuse: Refuse) -> None:
        """Hold amounts of open weeks by Monday; what the claim already holds in a week stays as it is.

        After the trip comes what `refuse` says of the first week with too little; then the caller gives up all of it.
        """
        for monday, amount in sorted(weeks.items()):
            given = {
                "its_id": new_id(),
                "its_claim": claim,
                "its_party": party,
                "its_monday": monday,
                "its_amount": amount,
            }
            sent = await going.send(self._holding, **given)
            going.afterwards(partial(self._check_held, going.session, sent, (party, monday), refuse))

    @cached_property
    def _holding(self) -> Prebuilt[bool]:
        """Note a booking, unless one stands, and take what is new of it from its week, where that has room.

        Answers whether nothing is wanting: neither noted nor taken, or both.
        """
        noted, week = self._noting(), self.week
        asked = noted.c[self.amount]
        taken = (
            update(week)
            .where(self._party(week) == bindparam("its_party"), week.monday == bindparam("its_monday"))
            .where(week.held + week.booked + asked <= week.declared)
            .values(held=week.held + asked)
            .returning(week.monday)
            .cte("taken")
        )
        counts = [select(func.count()).select_from(one).scalar_subquery() for one in (noted, taken)]
        return Prebuilt(select(counts[0] == counts[1]), bool)

    def _noting(self) -> CTE:
        """A repeat finds the booking that stands, by the unique index; the index also decides between two at once."""
        columns: Table = self.booking.__table__
        given = {"id": "its_id", "claim": "its_claim", self.party: "its_party", "monday": "its_monday"}
        given |= {self.amount: "its_amount"}
        values = {name: bindparam(its, type_=columns.c[name].type) for name, its in given.items()}
        statement = insert(columns).values(values | {"state": "held"}).on_conflict_do_nothing()
        return statement.returning(columns.c[self.amount]).cte("noted")

    async def _check_held(self, session: AsyncSession, sent: Sent[bool], key: WeekKey, refuse: Refuse) -> None:
        if await sent.rows() == [True]:
            return
        party, monday = key
        loads = await self.loads(session, parties=[party], mondays=[monday])
        raise refuse(monday, loads[key].free if key in loads else 0)

    async def book(self, session: AsyncSession, *, claim: UUID) -> None:
        """What is held for the claim becomes booked."""
        for row in await self._moved(session, "book", claim):
            amount = getattr(row, self.amount)
            await self._shift(session, row, held=-amount, booked=amount)

    async def _moved(self, session: AsyncSession, event: str, claim: UUID) -> list[Any]:
        rows = await move(session, self.machine, self.booking, event, self.booking.claim == claim)
        return sorted(rows, key=self._key)

    def _key(self, row: Any) -> WeekKey:
        return getattr(row, self.party), row.monday

    async def _shift(self, session: AsyncSession, row: Any, *, held: int, booked: int) -> None:
        week = self.week
        await self._change(session, self._key(row), held=week.held + held, booked=week.booked + booked)

    async def unbook(self, session: AsyncSession, *, claim: UUID) -> None:
        """What is booked for the claim is only held again."""
        for row in await self._moved(session, "unbook", claim):
            amount = getattr(row, self.amount)
            await self._shift(session, row, held=amount, booked=-amount)

    async def release(self, session: AsyncSession, *, claim: UUID) -> None:
        """What is held or booked for the claim becomes free."""
        held = {row.id for row in await self._live(session, claim) if row.state == "held"}
        for row in await self._moved(session, "release", claim):
            amount, was_held = getattr(row, self.amount), row.id in held
            await self._shift(session, row, held=-amount * was_held, booked=-amount * (not was_held))

    async def _live(self, session: AsyncSession, claim: UUID) -> Sequence[Any]:
        """What is held or booked for a claim, locked, in the order in which weeks are locked."""
        booking = self.booking
        query = (
            select(booking)
            .where(booking.claim == claim, booking.state.in_(self.machine.open_states()))
            .order_by(self._party(booking), booking.monday)
            .with_for_update()
        )
        return (await session.scalars(query.execution_options(populate_existing=True))).all()
