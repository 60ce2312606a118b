"""Who is measured, and forgetting them for good."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.measurements import sealing
from clothingline.measurements.errors import PersonUnknown, SealBroken
from clothingline.measurements.events import PersonAdded, PersonErased
from clothingline.measurements.models import MeasurementSet, Person


async def add_person(session: AsyncSession, *, account_id: UUID, label: str, sex: str) -> Person:
    """Somebody whom the account will measure; `sex` is female or male and chooses the model ranges."""
    person_id = new_id()
    key = sealing.new_key(person_id)
    person = Person(
        id=person_id, account_id=account_id, label=sealing.seal_label(key, person_id, label), sex=sex, key=key
    )
    session.add(person)
    await session.flush()
    await emit(session, PersonAdded(person_id), by=account_id, audience=[account_id])
    return person


def label_of(person: Person) -> str:
    """What the owner calls the person. Raises `SealBroken`."""
    return sealing.open_label(key_of(person), person.id, person.label)


def key_of(person: Person) -> bytes:
    """The wrapped key. Raises `SealBroken` when it is shredded."""
    if person.key is None:
        raise SealBroken
    return person.key


async def erase_person(session: AsyncSession, *, person_id: UUID, account_id: UUID | None) -> None:
    """Shred the key and what stands beside the ciphertext; no set of this person can ever be read again.

    Raises `PersonUnknown`.
    """
    erased = (
        update(Person)
        .where(Person.id == person_id, Person.account_id == account_id, Person.erased_at.is_(None))
        .values(key=None, label=b"", erased_at=business_time())
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    )
    if await session.scalar(erased) is None:
        raise PersonUnknown
    bare = update(MeasurementSet).where(MeasurementSet.person_id == person_id).values(measurer="", doubts=[], unsure=[])
    await session.execute(bare.execution_options(synchronize_session=False))
    await emit(session, PersonErased(person_id), by=account_id, audience=[account_id] if account_id else [])
