"""Photos of work. Bytes are checked, redrawn and stored before the transaction that records them begins."""

from fastapi import Request
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import storage
from clothingline.kit.access import Caller, Reach
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, look_think
from clothingline.kit.ids import read
from clothingline.production import presenting, queries, schemas, service
from clothingline.production.errors import JobUnknown
from clothingline.production.routes.street import router
from clothingline.production.storing import Stored, redraw_and_store

MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp")
BYTES = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES}
BODY = {"requestBody": {"required": True, "description": "The picture itself, at most 10 MB.", "content": BYTES}}
SHOWN = {200: {"description": "The picture.", "content": {"image/jpeg": BYTES["image/jpeg"]}}}
# A picture is only ever a picture: whatever opens it as a page gets an empty sandbox.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Content-Disposition": "inline",
    "Cache-Control": "private, max-age=86400, immutable",
    "Vary": "Authorization, Cookie",
}


async def _look(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> bytes:
    """The bytes, once it is sure that the job is the caller's."""
    try:
        job_id = read("job", request.path_params["job_id"])
    except ValueError as error:
        raise JobUnknown from error
    await queries.get_job(session, job_id, reach)
    return await request.body()


@router.post("/jobs/{job_id}/photos", status_code=201, tags=["photos"], name="create", openapi_extra=BODY)
@look_think(_look, redraw_and_store)
async def add_photo(
    job_id: schemas.JobId, request: Request, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.PhotoOut:
    """Add a photo of the work. It is redrawn at 1600 pixels at most; place, time and device are dropped from it."""
    stored: Stored = request.state.thought
    row = await service.add_photo(
        session, job_id=job_id, path=stored.path, picture=stored.picture, reach=reach, by=caller.person
    )
    return presenting.photo_out(row)


@router.get(
    "/photos/{photo_id}",
    tags=["photos"],
    name="show",
    response_class=StreamingResponse,
    responses=SHOWN,  # type: ignore[arg-type]  # wider key type in FastAPI
)
async def show_photo(photo_id: schemas.PhotoId, session: Session, reach: CurrentReach) -> StreamingResponse:
    """The picture itself."""
    photo = await queries.get_photo(session, photo_id, reach)
    headers = {**HEADERS, "Content-Length": str(photo.size)}
    return StreamingResponse(storage.current().read(photo.path), headers=headers, media_type="image/jpeg")
