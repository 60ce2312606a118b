"""What has gone wrong and wants a person, for officers."""

from typing import Annotated, Literal

from fastapi import Query

from clothingline.accounts import alarm_queries as queries
from clothingline.accounts.alarm_schemas import AlarmId, AlarmOut, EndingIn
from clothingline.accounts.service import end_alarm
from clothingline.kit.alarms import Alarm
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, Session, api_router

router = api_router()
State = Annotated[
    Literal["open", "over"] | None, Query(description="Only those that stand, or only those that do not.")
]
Name = Annotated[
    str | None, Query(pattern=r"^[a-z_]{1,60}$", description="Only of this name.", examples=["notice_quarantined"])
]


@router.get("/alarms", tags=["alarms"], name="list")
async def list_alarms(session: Session, asked: Asked, state: State = None, name: Name = None) -> Listing[AlarmOut]:
    """Alarms, newest first."""
    page = await queries.list_alarms(session, state=state, name=name, asked=asked)
    return Listing(**page.listing([_out(row) for row in page.rows]))


@router.post("/alarms/{alarm_id}/ending", status_code=201, tags=["alarms"], name="end")
async def end_one(alarm_id: AlarmId, body: EndingIn, session: Session, caller: CurrentCaller) -> AlarmOut:
    """Say that an alarm has been seen to, and how. What is measured and still so sounds again within minutes."""
    return _out(await end_alarm(session, alarm_id=alarm_id, reason=body.reason, by=caller.person))


def _out(row: Alarm) -> AlarmOut:
    return AlarmOut(
        id=row.id,
        name=row.name,
        subject=row.subject,
        detail=row.detail,
        state="open" if row.cleared_at is None else "over",
        since=row.since,
        last_seen=row.last_seen,
        ended_at=row.cleared_at,
        ended_by=row.cleared_by,
        reason=row.reason,
    )
