"""What a fit teaches: the measures by which something was sewn, put right by their owner with one tap."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import find_consent
from clothingline.aftersales.queries import Seen
from clothingline.aftersales.zones import Step, steps
from clothingline.garments.models import Design
from clothingline.measurements import queries as measurements
from clothingline.measurements import service as measuring
from clothingline.measurements.errors import MeasurementSetUnknown, SealBroken
from clothingline.measurements.models import MeasurementSet
from clothingline.orders.models import Order


async def steps_to_learn(session: AsyncSession, order: Order, seen: Seen, *, account_id: UUID) -> list[Step]:
    """What the saved measures of an order may become. The look at them is written down.

    Nothing for sizes off the peg, without consent, once the measures are erased or damaged, and once newer ones are
    saved.
    """
    opened = await _open(session, order, seen, account_id)
    return await _steps(session, order, seen, opened[1]) if opened else []


async def _steps(session: AsyncSession, order: Order, seen: Seen, values: Mapping[str, int]) -> list[Step]:
    return steps(seen.fit, values, (await session.get_one(Design, order.line.design_id)).garment_type)


async def _open(
    session: AsyncSession, order: Order, seen: Seen, account_id: UUID
) -> tuple[MeasurementSet, dict[str, int]] | None:
    row = await _newest(session, order, account_id)
    if row is None or not {"tight", "loose"} & set(seen.fit.values()):
        return None
    with suppress(SealBroken):
        return await measuring.read_set(session, set_id=row.id, account_id=account_id)
    return None


async def _newest(session: AsyncSession, order: Order, account_id: UUID) -> MeasurementSet | None:
    if order.line.measurement_set_id is None or await find_consent(session, account_id, measuring.PURPOSE) is None:
        return None
    try:
        row = await measurements.get_owned_set(session, order.line.measurement_set_id, account_id)
    except MeasurementSetUnknown:
        return None
    return row if await measurements.next_version(session, row.person_id) == row.version + 1 else None


async def learn(
    session: AsyncSession, order: Order, seen: Seen, *, zones: Collection[str], account_id: UUID, today: date
) -> int:
    """Save the measures of these zones anew, as a new version; returns how many have changed.

    Raises `ConsentNeeded` when consent was withdrawn in between, or `Invalid` for what no body has.
    """
    opened = await _open(session, order, seen, account_id)
    if opened is None:
        return 0
    row, values = opened
    chosen = [one for one in await _steps(session, order, seen, values) if one.zone in zones]
    if not chosen:
        return 0
    known = {**values, **{one.code: one.then_mm for one in chosen}}
    taken = measuring.Taken(
        known, "garment", row.measurer, today, confirmed=bool(row.doubts) and not row.has_open_doubts
    )
    await measuring.store_set(session, person_id=row.person_id, account_id=account_id, taken=taken, today=today)
    return len(chosen)
