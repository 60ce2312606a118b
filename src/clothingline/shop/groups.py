"""A group that shares one link: as whoever arranges the order sees it, and as one of its members does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments import queries as garments
from clothingline.garments.models import Design, SizeChart
from clothingline.kit.clock import WIB
from clothingline.shop.answers import FEWEST_OF_MANY
from clothingline.shop.drafts import Opened
from clothingline.shop.measures import measures_for, sex_of
from clothingline.wearers import queries, sealing
from clothingline.wearers import service as wearers
from clothingline.wearers.errors import RosterChanged, RosterUnknown
from clothingline.wearers.models import Roster, Wearer
from clothingline.wearers.service import Tally

WEEK = timedelta(days=7)
"""How long a group has when nobody says another day."""


def end_of(day: date) -> datetime:
    """When a last day is over, in western Indonesian time; the calendar's own last day a moment before that."""
    if day == date.max:
        return datetime.combine(day, time.max, WIB)
    return datetime.combine(day + timedelta(days=1), time(), WIB)


@dataclass(frozen=True)
class Entry:
    """What whoever arranges the order sees of somebody: never a number of a body.

    `name` None: erased. `way` None: nothing was said yet.
    """

    place: int
    name: str | None
    way: str | None
    size: str | None
    ready: bool

    @classmethod
    def of(cls, wearer: Wearer) -> "Entry":
        """Of one wearer."""
        return cls(wearer.place, sealing.name_of(wearer), wearer.way, wearer.size, wearer.ready)


@dataclass(frozen=True)
class Group:
    """A roster with everybody on it."""

    roster: Roster
    rows: Sequence[Wearer]
    open: bool

    @property
    def entries(self) -> list[Entry]:
        """Everybody who holds a place."""
        return [Entry.of(one) for one in self.rows]

    @property
    def tally(self) -> Tally:
        """The pieces of those whose size is known."""
        return wearers.tally_of(self.rows)

    @property
    def link(self) -> str:
        """Where the link that they share leads."""
        return f"/k/{sealing.word_of(self.roster.id)}"


async def find_group(session: AsyncSession, opened: Opened, now: datetime, *, lock: bool = False) -> Group | None:
    """The group of a draft; None when no link was made. Whoever locks it takes it back from a cancelled order."""
    roster = await queries.find_roster_of_draft(session, opened.draft.id, lock=lock)
    if roster is None:
        return None
    if lock and roster.order_id is not None and not opened.placed:
        await wearers.release_roster(session, roster)
    rows = await queries.list_wearers(session, roster.id)
    return Group(roster, rows, wearers.is_open(roster, now))


async def get_group(session: AsyncSession, opened: Opened, now: datetime, *, lock: bool = False) -> Group:
    """As `find_group`. Raises `RosterUnknown`."""
    group = await find_group(session, opened, now, lock=lock)
    if group is None:
        raise RosterUnknown
    return group


async def count(session: AsyncSession, opened: Opened, tally: Tally) -> None:
    """What is known of a group is what is ordered."""
    amount = "many" if tally.pieces >= FEWEST_OF_MANY else "few"
    sizes = {"sizes": dict(tally.sizes), "bodies": tally.bodies}
    await opened.change(session, way="group", amount=amount, measurement_set=None, **sizes)


async def uncount(session: AsyncSession, opened: Opened) -> None:
    """The group is asked once more: what was counted of it does not hold any more."""
    if opened.answers.way == "group":
        await opened.change(session, sizes={}, bodies=0)


async def still_counted(session: AsyncSession, opened: Opened, now: datetime) -> bool:
    """Whether the group has said exactly what the draft counts."""
    return opened.answers.way != "group" or await _counted(session, opened, now) is not None


async def order(session: AsyncSession, opened: Opened, order_id: UUID, now: datetime) -> None:
    """The sizes that the draft counts are those of an order now.

    Whoever has left between the count and this lock is not ordered for. Raises `RosterChanged`.
    """
    group = await _counted(session, opened, now, lock=True)
    if group is None:
        raise RosterChanged
    await wearers.order_roster(session, group.roster, order_id=order_id)


async def close(session: AsyncSession, opened: Opened) -> None:
    """Nobody says anything any more by a link that was made and not ordered by."""
    roster = await queries.find_roster_of_draft(session, opened.draft.id, lock=True)
    if roster is not None:
        await wearers.close(session, roster, by=opened.caller.account)


async def _counted(session: AsyncSession, opened: Opened, now: datetime, *, lock: bool = False) -> Group | None:
    """The group, as long as it has said exactly what the draft counts."""
    group = await find_group(session, opened, now, lock=lock)
    counted = Tally(opened.answers.sizes, opened.answers.bodies)
    return group if group is not None and group.tally == counted else None


@dataclass(frozen=True)
class Member:
    """Somebody behind a link of their own. `word` is that of the link."""

    wearer: Wearer
    roster: Roster
    word: str
    design: Design
    chart: SizeChart
    open: bool

    @property
    def measures(self) -> Sequence[str]:
        """Codes of what is asked of this body for this garment."""
        return measures_for(self.design.garment_type, self.wearer.figure)

    @property
    def sex(self) -> str:
        """As the usual ranges know it."""
        return sex_of(self.wearer.figure or "woman")

    @property
    def name(self) -> str | None:
        """As it was given."""
        return sealing.name_of(self.wearer)

    def href(self, question: str) -> str:
        """Where a question is asked."""
        return f"/k/saya/{self.word}/{question}"

    def next(self) -> str:
        """The first question that has no answer; all of them have: what was said."""
        wearer = self.wearer
        if wearer.way is None:
            return "ukuran"
        if wearer.way != "body":
            return "isian"
        if wearer.consented_at is None:
            return "setuju"
        return next((f"ukuran/{code}" for code in self.measures if code not in wearer.measured), "isian")


async def open_member(session: AsyncSession, word: str, now: datetime, *, lock: bool = False) -> Member:
    """The member whose link this is. Raises `WearerUnknown`."""
    wearer, roster = await queries.get_wearer(session, sealing.hash_of(word), lock=lock)
    design, chart = await garments.get_with_chart(session, roster.design_id)
    if chart is None:
        raise ValueError("a group orders by ready sizes too")
    return Member(wearer, roster, word, design, chart, wearers.is_open(roster, now))
