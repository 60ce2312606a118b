"""What every page of questions does: find the draft behind the link, ask in order, go on to what is not answered."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from starlette.datastructures import FormData

from clothingline.kit.clock import business_now
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.reference import facts
from clothingline.shop import path
from clothingline.shop.drafts import Opened, open_draft
from clothingline.web.showing import Shower, see

Word = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{20,24}$")]
CODE = r"^CL-\d{4}-\d{4,9}$"


async def _opened(draft: Word, request: Request, session: Session, caller: CurrentCaller) -> Opened:
    return await open_draft(session, draft, caller, lock=request.method == "POST")


CurrentDraft = Annotated[Opened, Depends(_opened)]


async def _moment(request: Request, session: Session) -> datetime:
    return getattr(request.state, "now", None) or await business_now(session)


Moment = Annotated[datetime, Depends(_moment)]
"""Business time, for pages that are looked at as well as for acts."""


async def _typed(request: Request) -> FormData:
    return await request.form()


Typed = Annotated[FormData, Depends(_typed)]
"""All fields of the form, for those whose names depend on the design."""


def ask(opened: Opened, show: Shower, question: str, template: str, **values: Any) -> Response:
    """The page of a question; whoever comes too early, or after the order is under way, is led to the right page."""
    if opened.placed:
        return see(opened.next())
    if not path.may_ask(question, opened.answers, opened.way):
        return see(opened.next())
    return show(template, **around(opened, question), **values)


def around(opened: Opened, question: str) -> dict[str, Any]:
    """What every page of questions shows beside its question."""
    earlier = path.before(question, opened.answers, opened.way)
    return {
        "opened": opened,
        "answers": opened.answers,
        "design": opened.design,
        "back_to": opened.href(earlier) if earlier else f"/desain/{opened.design.slug}",
        "position": path.position(question, opened.answers, opened.way),
        "link": opened.href(question),
        "measure_name": measure_name,
    }


def measure_name(code: str, language: str) -> str:
    """What a measure is called."""
    known = facts.measurements()[code]
    return known.name_en if language == "en" else known.name_id
