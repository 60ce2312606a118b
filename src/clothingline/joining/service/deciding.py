"""The officer's side: take a workshop in, or not for a reason."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.joining import queries
from clothingline.joining.errors import ApplicationClosed, ApplicationIncomplete
from clothingline.joining.events import ApplicationRefused, TailorAdmitted
from clothingline.joining.models import APPLICATION, TailorApplication
from clothingline.joining.workshop import workshop_of
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.settings import JoiningSettings


async def admit(
    session: AsyncSession, *, tailor_id: UUID, kind: str, today: date, rules: JoiningSettings, reach: Reach, by: UUID
) -> TailorApplication:
    """From now on the workshop is a tailor to whom work is offered, as far as its certificates go.

    Raises `ApplicationIncomplete` or `ApplicationClosed`.
    """
    asked = await queries.get_application(session, tailor_id, reach)
    if missing := asked.missing():
        raise ApplicationIncomplete(missing)
    admitted = await _decide(session, "admit", asked, by)
    session.add(workshop_of(admitted, kind=kind, year=today.year, rules=rules))
    await session.flush()
    await emit(session, TailorAdmitted(asked.id), by=by, audience=[asked.id])
    return admitted


async def refuse(session: AsyncSession, *, tailor_id: UUID, reason: str, reach: Reach, by: UUID) -> TailorApplication:
    """Not now, for a reason that the tailor reads; it may be handed in again. Raises `ApplicationClosed`."""
    asked = await queries.get_application(session, tailor_id, reach)
    refused = await _decide(session, "refuse", asked, by, reason=reason)
    await emit(session, ApplicationRefused(asked.id), by=by, audience=[asked.id])
    return refused


async def _decide(
    session: AsyncSession, event: str, asked: TailorApplication, by: UUID, **values: str
) -> TailorApplication:
    moved = await move(
        session, APPLICATION, TailorApplication, event, TailorApplication.id == asked.id, by=by, **values
    )
    if not moved:
        raise ApplicationClosed(state=asked.state)
    return moved[0]
