"""Applications of tailors, for officers and for those whose they are."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.joining import queries, schemas, service
from clothingline.joining.models import TailorApplication
from clothingline.kit.clock import local_date
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session, api_router
from clothingline.settings import settings

router = api_router()


@router.get("/tailor-applications", tags=["tailor_applications"], name="list")
async def list_applications(
    session: Session,
    reach: CurrentReach,
    asked: Asked,
    state: Annotated[schemas.State | None, Query(description="Only these.")] = None,
) -> Listing[schemas.ApplicationOut]:
    """Who wants to sew for the brands, newest first."""
    page = await queries.list_applications(session, reach, state=state, asked=asked)
    return Listing(**page.listing(await _out(session, page.rows)))


@router.get("/tailor-applications/{application_id}", tags=["tailor_applications"], name="show")
async def show_application(
    application_id: schemas.ApplicationId, session: Session, reach: CurrentReach
) -> schemas.ApplicationOut:
    """One application."""
    return (await _out(session, [await queries.get_application(session, application_id, reach)]))[0]


@router.post(
    "/tailor-applications/{application_id}/admission", status_code=201, tags=["tailor_applications"], name="admit"
)
async def admit(
    application_id: schemas.ApplicationId,
    body: schemas.Admission,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
    now: Now,
) -> schemas.ApplicationOut:
    """Take a workshop in: from now on work is offered to it, as far as its certificates go."""
    row = await service.admit(
        session,
        tailor_id=application_id,
        kind=body.kind,
        today=local_date(now),
        rules=settings().joining,
        reach=reach,
        by=caller.person,
    )
    return (await _out(session, [row]))[0]


@router.post(
    "/tailor-applications/{application_id}/refusal", status_code=201, tags=["tailor_applications"], name="refuse"
)
async def refuse(
    application_id: schemas.ApplicationId,
    body: schemas.ApplicationRefusal,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.ApplicationOut:
    """Do not take a workshop in, for a reason that it reads; it may hand in again."""
    row = await service.refuse(session, tailor_id=application_id, reason=body.reason, reach=reach, by=caller.person)
    return (await _out(session, [row]))[0]


async def _out(session: AsyncSession, rows: Sequence[TailorApplication]) -> list[schemas.ApplicationOut]:
    names = await names_of(session, [row.id for row in rows])
    return [
        schemas.ApplicationOut.model_validate(
            {
                **{name: getattr(row, name) for name in _SAME},
                "name": names[row.id],
                "missing": [step.value for step in row.missing()],
            }
        )
        for row in rows
    ]


_SAME = ("id", "state", "state_at", "regency_code", "garments", "machines", "weekly_pieces", "weekdays", "reason")
