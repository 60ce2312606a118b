"""Capacity by weeks: what a party declares for the week from a Monday, and what of it is held or booked for a claim.

Bookings and the counters of their weeks move together. Locks: bookings first, then weeks by party and Monday.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Date, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Prebuilt
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


class WeekFull(Exception):
    """A week has fewer free amounts than a claim asks for; the house says so in its own words."""

    def __init__(self, monday: date, free: int) -> None:
        super().__init__(monday, free)
        self.monday, self.free = monday, free


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
    def free(self) -> Prebuilt[tuple[UUID, list[int]]]:
        """By party what nobody has set aside in its opened weeks from the Monday `first` to `last`, week after week."""
        week, party = self.week, self._party(self.week)
        free = week.declared - week.held - week.booked
        in_time = week.monday.between(bindparam("first", type_=Date), bindparam("last", type_=Date))
        query = select(party, func.array_agg(aggregate_order_by(free, week.monday))).where(in_time).group_by(party)
        return Prebuilt(query, lambda party_id, amounts: (party_id, amounts))

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

    async def hold(self, session: AsyncSession, *, claim: UUID, party: UUID, weeks: Mapping[date, int]) -> None:
        """Hold amounts of open weeks by Monday; what the claim already holds in a week stays as it is.

        Raises `WeekFull` for the first week with too little; then nothing of this call remains.
        """
        async with session.begin_nested():
            for monday, amount in sorted(weeks.items()):
                if await self._note(session, claim, (party, monday), amount):
                    await self._take(session, (party, monday), amount)

    async def _note(self, session: AsyncSession, claim: UUID, key: WeekKey, amount: int) -> bool:
        """Whether the booking is new; a repeat finds the one that stands."""
        party, monday = key
        values = {"claim": claim, self.party: party, "monday": monday, self.amount: amount, "state": "held"}
        statement = insert(self.booking).values(values).on_conflict_do_nothing().returning(self.booking.id)
        return (await session.execute(statement)).first() is not None

    async def _take(self, session: AsyncSession, key: WeekKey, amount: int) -> None:
        week, (party, monday) = self.week, key
        fits = week.held + week.booked + amount <= week.declared
        if not await self._change(session, key, fits, held=week.held + amount):
            load = (await self.loads(session, parties=[party], mondays=[monday]))[key]
            raise WeekFull(monday, load.free)

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
