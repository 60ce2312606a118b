"""The page that the code on a paper leads to, and the paper itself for those whose it is."""

from typing import Annotated

from fastapi import Path, Response
from fastapi.responses import StreamingResponse

from clothingline.kit.http.route import CurrentReach, Session
from clothingline.papers import checking, queries, routes
from clothingline.papers.schemas import DocumentId
from clothingline.web.route import page_router, public, stands_for
from clothingline.web.showing import Show

Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,60}$")]

pages = page_router()


@pages.get("/dokumen/{token}")
@public
async def check_paper(token: Token, session: Session, show: Show) -> Response:
    """What this paper says, with nothing about a person. Raises `DocumentNotFound`."""
    return show("papers/shown.html", paper=checking.shown(await queries.get_document_by_token(session, token)))


@pages.get("/surat/{document_id}", response_class=StreamingResponse)
@stands_for("documents_download")
async def download_paper(document_id: DocumentId, session: Session, reach: CurrentReach) -> StreamingResponse:
    """The paper as PDF."""
    return await routes.download_document(document_id, session, reach)
