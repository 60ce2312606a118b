"""The page that the code on a paper leads to."""

from fastapi import Response

from clothingline.kit.http.route import Session
from clothingline.papers import checking, queries
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show

pages = page_router()


@pages.get("/dokumen/{token}")
@public
async def check_paper(token: str, session: Session, show: Show) -> Response:
    """What this paper says, with nothing about a person. Raises `DocumentNotFound`."""
    return show("papers/shown.html", paper=checking.shown(await queries.get_document_by_token(session, token)))
