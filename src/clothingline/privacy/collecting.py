"""Everything that is kept about one person, read in one snapshot; never a value of anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import to_jsonable_python
from sqlalchemy import LargeBinary, Uuid, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import KeyedColumnElement

from clothingline.accounts.queries import get_account
from clothingline.kit.access import Caller, Role
from clothingline.kit.events import Event, emit
from clothingline.measurements import queries as measurements
from clothingline.measurements import service as measuring
from clothingline.measurements.errors import SealBroken
from clothingline.measurements.models import MeasurementSet
from clothingline.privacy.events import OwnDataTaken
from clothingline.privacy.inventory import PURPOSES, SECRET, Holder, Purpose, rows_of, table_named

Row = Mapping[str, Any]
MOST_TRACES: Final = 10_000


@dataclass(frozen=True)
class Rows:
    """The holder's rows of a table, the newest first, and how many there are in all."""

    shown: list[Row]
    number: int


@dataclass(frozen=True)
class Kept:
    """What is kept for one purpose, by table; tables without rows are left out."""

    purpose: Purpose
    tables: Mapping[str, Rows]


async def holder_of(session: AsyncSession, caller: Caller) -> Holder:
    """Whose data the caller may have: its own. A workshop is a person; a brand or a supplier is none."""
    workshops = {one.organisation for one in caller.memberships if one.role is Role.TAILOR and one.organisation}
    account = await get_account(session, caller.person)
    return Holder(account.id, account.phone, frozenset(workshops))


async def collect(session: AsyncSession, holder: Holder, *, most: int | None = None) -> list[Kept]:
    """The newest rows of the holder's, `most` of each table or all; what is sealed stays so. A statement a table."""
    return [Kept(purpose, await _tables(session, purpose, holder, most)) for purpose in PURPOSES]


async def _tables(session: AsyncSession, purpose: Purpose, holder: Holder, most: int | None) -> dict[str, Rows]:
    found = {name: await _rows(session, name, holder, most) for name in purpose.tables}
    return {name: rows for name, rows in found.items() if rows.number}


async def _rows(session: AsyncSession, name: str, holder: Holder, most: int | None) -> Rows:
    columns = _columns(name)
    newest = (key.desc() for key in table_named(name).primary_key)
    query = rows_of(name, holder).with_only_columns(func.count().over(), *columns).order_by(*newest).limit(most)
    found = (await session.execute(query)).all()
    return Rows([_told(columns, values, holder) for _, *values in found], found[0][0] if found else 0)


def _columns(name: str) -> list[KeyedColumnElement[Any]]:
    """The columns of a table without secrets and bytes."""
    known = table_named(name).columns
    return [one for one in known if f"{name}.{one.name}" not in SECRET and not isinstance(one.type, LargeBinary)]


def _told(columns: Sequence[KeyedColumnElement[Any]], values: Sequence[Any], holder: Holder) -> Row:
    """What a row says, without the names of others who have acted."""
    said = [(one, value) for one, value in zip(columns, values, strict=True) if value is not None]
    return {one.name: to_jsonable_python(value) for one, value in said if value == holder.account or not _acted(one)}


def _acted(column: KeyedColumnElement[Any]) -> bool:
    return isinstance(column.type, Uuid) and (column.name == "by" or column.name.endswith("_by"))


async def trace(session: AsyncSession, holder: Holder) -> list[Row]:
    """The newest of what was done by the holder, or to what is the holder's; whether somebody else did it."""
    ears = [holder.account, *holder.workshops]
    query = select(Event).where(or_(Event.actor == holder.account, Event.audience.overlap(ears)))
    rows = await session.scalars(query.order_by(Event.seq.desc()).limit(MOST_TRACES))
    return [{"name": one.name, "at": one.at.isoformat(), "by": _who(one, holder), "facts": one.facts} for one in rows]


def _who(event: Event, holder: Holder) -> str:
    if event.actor is None:
        return "system"
    return "you" if event.actor == holder.account else "somebody"


async def take_all(session: AsyncSession, caller: Caller) -> dict[str, Any]:
    """A copy of everything for its owner, body measures opened; that it was taken is written down."""
    holder = await holder_of(session, caller)
    kept = await collect(session, holder)
    await emit(session, OwnDataTaken(holder.account), by=holder.account, audience=[holder.account])
    return {
        "account": str(holder.account),
        "data": {name: rows.shown for one in kept for name, rows in one.tables.items()},
        "measurements": await _opened(session, holder),
        "processing": await trace(session, holder),
    }


async def _opened(session: AsyncSession, holder: Holder) -> list[Row]:
    """Names and measures of everybody whom the holder has measured; each look is written down."""
    sets = await measurements.list_sets_of_account(session, holder.account, limit=None)
    return [await _opened_one(session, row, holder) for row in sets]


async def _opened_one(session: AsyncSession, row: MeasurementSet, holder: Holder) -> Row:
    """A set that cannot be opened is named as damaged, and holds back nothing else."""
    person = await measurements.get_person(session, row.person_id, holder.account)
    try:
        label = measuring.label_of(person)
        _, values = await measuring.read_set(session, set_id=row.id, account_id=holder.account)
    except SealBroken:
        return {"set": str(row.id), "damaged": True}
    return {"set": str(row.id), "person": label, "millimetres": values}
