"""Background jobs that have failed at every try, for officers."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field

from clothingline.accounts.service import decide_on_job, find_job
from clothingline.kit.dead_jobs import QueuedJob
from clothingline.kit.http.plain import Input
from clothingline.kit.http.route import CurrentCaller, Session, api_router

LARGEST = 2**63 - 1
JobNumber = Annotated[int, Path(ge=1, le=LARGEST, description="Its number in the queue.", examples=[4711])]

router = api_router()


class BackgroundJobOut(BaseModel):
    """A job of the machines. Its arguments are ids; its cause is an exception and its place, never what was in it."""

    number: int = Field(description="Its number in the queue.", examples=[4711])
    task: str = Field(description="House and name.", examples=["payments.open_balance"])
    arguments: dict[str, Any] = Field(
        description="What it was given.", examples=[{"order_id": "01900000-0000-7000-8000-000000000000"}]
    )
    state: str = Field(description="How it stands; `failed` has no try left.", examples=["failed"])
    tries: int = Field(description="How often it was tried since it was last given all tries.", examples=[14])
    cause: str | None = Field(description="Why the newest try failed.", examples=["KeyError: payments/tasks.py:87"])
    failed_at: datetime | None = Field(
        description="When the newest try failed.", examples=["2026-06-05T06:00:00+07:00"]
    )
    dead: bool = Field(description="Whether a person may try it once more, or give it up.", examples=[True])


class JobReasonIn(Input):
    """Why a dead job is tried once more, or given up."""

    reason: str = Field(
        min_length=5, max_length=500, description="What you know.", examples=["Penyedia sudah kembali, dicek 5 Juni"]
    )


@router.get("/background-jobs/{number}", tags=["background_jobs"], name="show")
async def show_one(number: JobNumber, session: Session) -> BackgroundJobOut:
    """A job, however it stands."""
    return _out(await find_job(session, number))


@router.post("/background-jobs/{number}/retry", status_code=201, tags=["background_jobs"], name="retry")
async def retry_one(number: JobNumber, body: JobReasonIn, session: Session, caller: CurrentCaller) -> BackgroundJobOut:
    """Give a dead job all its tries again."""
    return _out(await decide_on_job(session, number=number, act="retry", reason=body.reason, by=caller.person))


@router.post("/background-jobs/{number}/drop", status_code=201, tags=["background_jobs"], name="drop")
async def drop_one(number: JobNumber, body: JobReasonIn, session: Session, caller: CurrentCaller) -> BackgroundJobOut:
    """Give a dead job up; what it was to do stays undone. The alarm of one of money stands until a person ends it."""
    return _out(await decide_on_job(session, number=number, act="drop", reason=body.reason, by=caller.person))


def _out(job: QueuedJob) -> BackgroundJobOut:
    return BackgroundJobOut.model_validate(job, from_attributes=True)
