"""Rows of people and their measurement sets: the owner's only, and none of an erased person."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Prebuilt, Sent, Trip
from clothingline.kit.page import Page, Window, take
from clothingline.measurements.errors import MeasurementSetUnknown, PersonUnknown
from clothingline.measurements.models import Confirmation, MeasurementSet, Person, are_open


async def list_people(session: AsyncSession, account_id: UUID | None, *, asked: Window) -> Page[Person]:
    """The people whom an account measures, newest first."""
    return await take(session, select(Person).where(_owned_by(account_id)), key=Person.id, asked=asked)


def _owned_by(account_id: UUID | BindParameter[UUID] | None) -> ColumnElement[bool]:
    return and_(Person.account_id == account_id, Person.erased_at.is_(None))


async def get_person(session: AsyncSession, person_id: UUID, account_id: UUID | None) -> Person:
    """A person whom the account measures. Raises `PersonUnknown`."""
    found = await session.scalar(select(Person).where(Person.id == person_id, _owned_by(account_id)))
    if found is None:
        raise PersonUnknown
    return found


async def get_person_for_update(session: AsyncSession, person_id: UUID, account_id: UUID | None) -> Person:
    """The same, locked, so that versions follow one another. Raises `PersonUnknown`."""
    query = select(Person).where(Person.id == person_id, _owned_by(account_id)).with_for_update()
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise PersonUnknown
    return found


async def next_version(session: AsyncSession, person_id: UUID) -> int:
    """The version after the newest one of a locked person."""
    newest = await session.scalar(select(func.max(MeasurementSet.version)).where(MeasurementSet.person_id == person_id))
    return (newest or 0) + 1


async def list_sets(session: AsyncSession, person_id: UUID, *, asked: Window) -> Page[MeasurementSet]:
    """The versions of a person's measures, newest first."""
    query = select(MeasurementSet).where(MeasurementSet.person_id == person_id)
    return await take(session, query, key=MeasurementSet.id, asked=asked)


async def list_newest_sets(
    session: AsyncSession, account_id: UUID, *, limit: int = 6
) -> list[tuple[Person, MeasurementSet]]:
    """The people whom an account measures, each with the newest set that may be sewn by; newest first."""
    query = (
        select(Person, MeasurementSet)
        .join(MeasurementSet, MeasurementSet.person_id == Person.id)
        .where(_owned_by(account_id))
        .ext(distinct_on(MeasurementSet.person_id))
        .order_by(MeasurementSet.person_id, MeasurementSet.version.desc())
        .limit(limit)
    )
    rows = [(person, row) for person, row in await session.execute(query)]
    return sorted((one for one in rows if not one[1].has_open_doubts), key=lambda one: one[1].id, reverse=True)


async def list_sets_of_account(
    session: AsyncSession, account_id: UUID | None, *, limit: int | None = 200
) -> Sequence[MeasurementSet]:
    """Every version of everybody whom an account measures, newest first; at most `limit`, None: all of them."""
    query = select(MeasurementSet).join(Person, Person.id == MeasurementSet.person_id).where(_owned_by(account_id))
    return (await session.scalars(query.order_by(MeasurementSet.id.desc()).limit(limit))).all()


async def get_owned_set(session: AsyncSession, set_id: UUID, account_id: UUID | None) -> MeasurementSet:
    """A set of a person whom the account measures. Raises `MeasurementSetUnknown`."""
    query = (
        select(MeasurementSet)
        .join(Person, Person.id == MeasurementSet.person_id)
        .where(MeasurementSet.id == set_id, _owned_by(account_id))
    )
    found = await session.scalar(query)
    if found is None:
        raise MeasurementSetUnknown
    return found


_DOUBTS = Prebuilt(
    select(MeasurementSet.doubts)
    .join(Person, Person.id == MeasurementSet.person_id)
    .where(MeasurementSet.id == bindparam("set"), _owned_by(bindparam("account"))),
    are_open,
)


async def ask_doubts(going: Trip, set_id: UUID, account_id: UUID) -> Sent[bool]:
    """Ask whether something odd in a set of the account's own is not confirmed; see `read_doubts`."""
    return await going.send(_DOUBTS, set=set_id, account=account_id)


async def read_doubts(asked: Sent[bool]) -> bool:
    """Whether nothing may be cut by the set. Raises `MeasurementSetUnknown`."""
    found = await asked.rows()
    if not found:
        raise MeasurementSetUnknown
    return found[0]


async def list_unconfirmed(session: AsyncSession, set_id: UUID) -> list[str]:
    """Measures of a set that were not sure and that nobody has confirmed yet."""
    done = select(Confirmation.measurement).where(Confirmation.set_id == set_id)
    confirmed = set(await session.scalars(done))
    unsure = await session.scalar(select(MeasurementSet.unsure).where(MeasurementSet.id == set_id))
    return [one for one in unsure or [] if one not in confirmed]


async def get_set_with_person(
    session: AsyncSession, set_id: UUID, *, lock: bool = False
) -> tuple[MeasurementSet, Person]:
    """A set with its person, whoever asks; for makers whose job has been checked. Raises `MeasurementSetUnknown`."""
    query = (
        select(MeasurementSet, Person)
        .join(Person, Person.id == MeasurementSet.person_id)
        .where(MeasurementSet.id == set_id, Person.erased_at.is_(None))
    )
    found = (await session.execute(query.with_for_update(of=MeasurementSet) if lock else query)).one_or_none()
    if found is None:
        raise MeasurementSetUnknown
    return found[0], found[1]
