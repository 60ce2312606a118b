"""Papers that people keep: list, look, download, and the income letter on demand."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import StreamingResponse

from clothingline.kit import storage
from clothingline.kit.clock import business_now
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.papers import queries, schemas, service
from clothingline.papers.errors import DocumentNotMade
from clothingline.papers.models import Document

router = api_router()
PDF = "application/pdf"
FILE = {
    200: {"description": "The paper, PDF/A-2b.", "content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}
}
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=86400, immutable",
    "Vary": "Authorization, Cookie",
}


@router.get("/documents", tags=["documents"], name="list")
async def list_documents(
    session: Session,
    reach: CurrentReach,
    asked: Asked,
    kind: Annotated[schemas.Kind | None, Query(description="Only of this kind.")] = None,
    order: Annotated[schemas.OrderId | None, Query(description="Only about this order.")] = None,
) -> Listing[schemas.DocumentOut]:
    """Your papers, newest first."""
    page = await queries.list_documents(session, reach, kind=kind, order_id=order, asked=asked)
    return Listing(**page.listing([_document_out(row) for row in page.rows]))


def _document_out(row: Document) -> schemas.DocumentOut:
    names = ("id", "kind", "number", "first_on", "last_on", "state", "created_at")
    shown = {name: getattr(row, name) for name in names}
    digest = row.sha256.hex() if row.sha256 else None
    more = {"order": row.order_id, "total": idr(row.total_idr), "sha256": digest, "verify_url": row.facts["verify_url"]}
    return schemas.DocumentOut.model_validate({**shown, **more})


@router.post("/documents", status_code=201, tags=["documents"], name="create")
async def write_income_letter(
    body: schemas.DocumentIn, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.DocumentOut:
    """Ask for your income letter; it can be downloaded a few seconds later."""
    row = await service.write_income_letter(
        session,
        organisation_id=body.organisation,
        first_month=body.first_month,
        last_month=body.last_month,
        reach=reach,
        now=await business_now(session),
        by=caller.person,
    )
    return _document_out(row)


@router.get("/documents/{document_id}", tags=["documents"], name="show")
async def show_document(document_id: schemas.DocumentId, session: Session, reach: CurrentReach) -> schemas.DocumentOut:
    """One paper; its file is at `/file` below."""
    return _document_out(await queries.get_document(session, document_id, reach))


@router.get(
    "/documents/{document_id}/file",
    tags=["documents"],
    name="download",
    response_class=StreamingResponse,
    responses=FILE,  # type: ignore[arg-type]  # wider key type in FastAPI
)
async def download_document(
    document_id: schemas.DocumentId, session: Session, reach: CurrentReach
) -> StreamingResponse:
    """The paper itself, as PDF."""
    row = await queries.get_document(session, document_id, reach)
    if row.path is None:
        raise DocumentNotMade
    name = row.number.replace("/", "-")
    headers = {**HEADERS, "Content-Length": str(row.size), "Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return StreamingResponse(storage.current().read(row.path), headers=headers, media_type=PDF)
