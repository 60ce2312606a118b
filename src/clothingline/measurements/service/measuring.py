"""Storing measures and reading them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import find_consent
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.measurements import queries, sealing
from clothingline.measurements.errors import ConsentNeeded, NothingToConfirm
from clothingline.measurements.events import MeasureConfirmed, MeasurementSetRead, MeasurementSetStored
from clothingline.measurements.models import Confirmation, MeasurementSet
from clothingline.measurements.plausibility import check_limit, check_limits, doubts
from clothingline.measurements.service.knowing import key_of
from clothingline.reference import facts

PURPOSE = "measurements"


@dataclass(frozen=True)
class Taken:
    """Measures as they were taken: values by measurement in the stored unit (mm, tenths of a degree, grams).

    `method` is self, tailor, garment or size; `confirmed` says that odd values were measured again and are right;
    `unsure` are measures, with or without a value, that must be confirmed before anything is cut.
    """

    values: Mapping[str, int]
    method: str
    measurer: str
    measured_on: date
    confirmed: bool = False
    unsure: Sequence[str] = ()


async def store_set(
    session: AsyncSession, *, person_id: UUID, account_id: UUID, taken: Taken, today: date
) -> MeasurementSet:
    """A new version of a person's measures; odd values are stored with open doubts unless they are confirmed.

    Raises `PersonUnknown`, `ConsentNeeded`, or `Invalid` with the pointer of what no body has.
    """
    person = await queries.get_person_for_update(session, person_id, account_id)
    await _check_consent(session, account_id)
    _check(taken, today)
    version = await queries.next_version(session, person_id)
    row = MeasurementSet(
        person_id=person_id,
        version=version,
        method=taken.method,
        measurer=taken.measurer,
        measured_on=taken.measured_on,
        sealed=sealing.seal_values(key_of(person), person_id, version, taken.values),
        doubts=_doubts(taken, person.sex),
        unsure=list(taken.unsure),
    )
    session.add(row)
    await session.flush()
    await emit(session, MeasurementSetStored(person_id, row.id), by=account_id, audience=[account_id])
    return row


async def _check_consent(session: AsyncSession, account_id: UUID) -> None:
    if await find_consent(session, account_id, PURPOSE) is None:
        raise ConsentNeeded(purpose=PURPOSE)


def _check(taken: Taken, today: date) -> None:
    if taken.measured_on > today:
        raise Invalid(
            "/measured_on",
            "Tanggal ukur tidak boleh setelah hari ini.",
            "The day of measuring cannot be after today.",
            code="out_of_range",
            max=today.isoformat(),
        )
    check_limits(taken.values)
    for name in taken.unsure:
        _check_known(name)


def _check_known(name: str) -> None:
    if name not in facts.measurements():
        raise Invalid(
            "/unsure", "Ukuran ini tidak dikenal.", "This measurement is not known.", code="unknown_measurement"
        )


def _doubts(taken: Taken, sex: str) -> list[dict[str, Any]]:
    return [{**asdict(one), "confirmed": taken.confirmed} for one in doubts(taken.values, sex=sex)]


async def read_set(session: AsyncSession, *, set_id: UUID, account_id: UUID) -> tuple[MeasurementSet, dict[str, int]]:
    """The owner's look at a set and its values; it is written down. Raises `MeasurementSetUnknown` or `SealBroken`."""
    row = await queries.get_owned_set(session, set_id, account_id)
    person = await queries.get_person(session, row.person_id, account_id)
    values = sealing.open_values(key_of(person), person.id, row.version, row.sealed)
    await emit(session, MeasurementSetRead(person.id, row.id), by=account_id, audience=[account_id])
    return row, values


async def confirm_measure(
    session: AsyncSession, *, set_id: UUID, measurement: str, value: int | None, by: UUID
) -> None:
    """Somebody who sews has asked, and knows a measure that was not sure; None: as it stands.

    For a caller whose right to the set is settled. Raises `NothingToConfirm`, `MeasurementSetUnknown`, `ConsentNeeded`,
    `SealBroken`, or `Invalid` at `/value`.
    """
    row, person = await queries.get_set_with_person(session, set_id, lock=True)
    await _check_consent(session, person.account_id)
    if measurement not in await queries.list_unconfirmed(session, set_id):
        raise NothingToConfirm
    values = sealing.open_values(key_of(person), person.id, row.version, row.sealed)
    known = _confirmed(values, measurement, value)
    row.sealed = sealing.seal_values(key_of(person), person.id, row.version, known)
    session.add(Confirmation(set_id=set_id, measurement=measurement, by=by))
    await session.flush()
    await emit(session, MeasureConfirmed(person.id, set_id, measurement), by=by, audience=[person.account_id])


def _confirmed(values: Mapping[str, int], measurement: str, value: int | None) -> dict[str, int]:
    """The values with the one that is known now."""
    if value is None and measurement not in values:
        raise Invalid("/value", "Tulis angkanya.", "Write the number.", code="missing")
    known = dict(values) if value is None else {**values, measurement: value}
    check_limit(measurement, known[measurement], at="/value")
    return known


async def open_values(session: AsyncSession, *, set_id: UUID) -> dict[str, int]:
    """The values for a maker whose right has been checked by the caller, who also writes the look down.

    Raises `MeasurementSetUnknown` (also when the person is erased), `ConsentNeeded` (also when it is withdrawn) or
    `SealBroken`.
    """
    row, person = await queries.get_set_with_person(session, set_id)
    await _check_consent(session, person.account_id)
    return sealing.open_values(key_of(person), person.id, row.version, row.sealed)
