"""Everything that is kept about one person, read in one snapshot; never a value of anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

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
class Kept:
    """What is kept for one purpose, by table; tables without rows are left out."""

    purpose: Purpose
    tables: Mapping[str, Sequence[Row]]


async def holder_of(session: AsyncSession, caller: Caller) -> Holder:
    """Whose data the caller may have: its own. A workshop is a person; a brand or a supplier is none."""
    workshops = {one.organisation for one in caller.memberships if one.role is Role.TAILOR and one.organisation}
    account = await get_account(session, caller.person)
    return Holder(account.id, account.phone, frozenset(workshops))


async def collect(session: AsyncSession, holder: Holder) -> list[Kept]:
    """Every row of the holder's; what is sealed stays so. A statement for each table."""
    return [Kept(purpose, await _tables(session, purpose, holder)) for purpose in PURPOSES]


async def _tables(session: AsyncSession, purpose: Purpose, holder: Holder) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for name in purpose.tables:
        rows = (await session.execute(rows_of(name, holder))).mappings().all()
        if rows:
            found[name] = [_shown(name, {**row}, holder) for row in rows]
    return found


def _shown(name: str, row: Mapping[str, Any], holder: Holder) -> Row:
    """The columns of a row without secrets, bytes, and the names of others who have acted."""
    told: dict[str, Any] = {}
    for column in table_named(name).columns:
        value = row[column.name]
        by_whom = isinstance(column.type, Uuid) and (column.name == "by" or column.name.endswith("_by"))
        hidden = f"{name}.{column.name}" in SECRET or isinstance(column.type, LargeBinary)
        if value is None or hidden or (by_whom and value != holder.account):
            continue
        told[column.name] = _plain(value)
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value


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
        "data": {name: list(rows) for one in kept for name, rows in one.tables.items()},
        "measurements": await _opened(session, holder),
        "processing": await trace(session, holder),
    }


async def _opened(session: AsyncSession, holder: Holder) -> list[Row]:
    """Names and measures of everybody whom the holder has measured; each look is written down."""
    sets = await measurements.list_sets_of_account(session, holder.account)
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
