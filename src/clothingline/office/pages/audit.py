"""The audit trail: filters in the address, saved views, the chain of the books, and a file to take along."""

import json
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Response

from clothingline.kit import events as kit_events
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import Session
from clothingline.kit.ids import read
from clothingline.office import machines, trail
from clothingline.office.desk import MONEY, OnDesk
from clothingline.office.told import EVENT_WORDS
from clothingline.web.forms import day_of
from clothingline.web.route import page_router, stands_for

HOME = "/admin/audit"
Name = Annotated[str | None, Query(alias="kejadian", pattern=r"^[A-Za-z]{0,60}$")]
View = Annotated[str | None, Query(alias="lihat", max_length=20)]
Who = Annotated[str | None, Query(alias="oleh", max_length=40)]
Since = Annotated[str | None, Query(alias="dari", max_length=10)]
Until = Annotated[str | None, Query(alias="sampai", max_length=10)]

pages = page_router()


def _sought(name: str | None, view: str | None, who: str | None, since: str | None, until: str | None) -> trail.Sought:
    names = (name,) if name else trail.VIEWS.get(view or "", ())
    return trail.Sought(names, _account(who), day_of(since), day_of(until))


def _account(text: str | None) -> UUID | None:
    """An account by its id; what is none is not asked."""
    try:
        return read("acc", text) if text else None
    except ValueError:
        return None


@pages.get(HOME)
@stands_for("events_list", *MONEY)
async def list_events(
    *,
    session: Session,
    asked: Asked,
    desk: OnDesk,
    name: Name = None,
    view: View = None,
    who: Who = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Who did what when, newest first."""
    sought = _sought(name, view, who, since, until)
    page = await trail.list_events(session, sought, asked=asked)
    given = {"kejadian": name, "lihat": view, "oleh": who, "dari": sought.since, "sampai": sought.until}
    kept = {key: value for key, value in given.items() if value}
    return desk(
        "admin/audit.html",
        page=page,
        given=given,
        lines=[trail.line_of(one) for one in page.rows],
        actors=await trail.actors_of(session, page.rows),
        told=EVENT_WORDS,
        names=sorted(kit_events.kinds()),
        chain=await machines.chain_of(session),
        file=f"{HOME}/unduh?{urlencode(kept)}",
        older=f"{HOME}?{urlencode({**kept, 'starting_after': page.next_cursor})}" if page.next_cursor else "",
    )


@pages.get(HOME + "/unduh")
@stands_for("events_list", *MONEY)
async def download(
    *,
    session: Session,
    name: Name = None,
    view: View = None,
    who: Who = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """The same events as a file, a line of JSON each, oldest first."""
    sought = _sought(name, view, who, since, until)
    lines = [json.dumps(trail.line_of(one), ensure_ascii=False) for one in await trail.list_for_file(session, sought)]
    headers = {"Content-Disposition": 'attachment; filename="audit.jsonl"', "Cache-Control": "no-store"}
    return Response("".join(f"{line}\n" for line in lines), media_type="application/jsonl", headers=headers)
