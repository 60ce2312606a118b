"""One's own data: what is kept, what for, until when; as a page, and as a file to take along."""

import json

from fastapi import Response

from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.privacy import collecting
from clothingline.privacy.wording import TABLES
from clothingline.web.route import open_to, page_router
from clothingline.web.showing import Show

SHOWN = 50

pages = page_router()


@pages.get("/data")
@open_to()
async def show_data(session: Session, caller: CurrentCaller, show: Show) -> Response:
    """By purpose, the newest rows of each table; body measures stay sealed here."""
    holder = await collecting.holder_of(session, caller)
    kept = await collecting.collect(session, holder, most=SHOWN)
    return show("privacy/data.html", kept=kept, called=TABLES)


@pages.get("/data/unduh")
@open_to()
async def take_data(session: Session, caller: CurrentCaller) -> Response:
    """All of it with the trail of processing, body measures opened."""
    told = await collecting.take_all(session, caller)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="data-saya.json"', "Cache-Control": "no-store"}
    return Response(text, headers=headers, media_type="application/json")
