"""Who has an account, and one box to find anything by a word."""

from typing import Annotated

from fastapi import Query, Response

from clothingline.accounts import queries as accounts
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.kit.page import Window
from clothingline.office import queues, trade
from clothingline.office.desk import MONEY, OFFICERS, OnDesk
from clothingline.office.places import places_of
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see

PEOPLE = "/admin/pengguna"
Words = Annotated[str | None, Query(alias="q", max_length=80)]

pages = page_router()


@pages.get(PEOPLE)
@stands_for("accounts_list", *MONEY)
async def list_people(session: Session, asked: Asked, desk: OnDesk) -> Response:
    """Accounts with their roles, newest first; a phone shows its last four digits."""
    page = await accounts.list_accounts(session, asked=asked)
    roles = await accounts.roles_of(session, [one.id for one in page.rows])
    named = {one.organisation_id for held in roles.values() for one in held if one.organisation_id}
    return desk("admin/people.html", page=page, roles=roles, names=await accounts.names_of(session, named))


@pages.get("/admin/cari")
@stands_for("orders_list", *OFFICERS)
async def search(session: Session, caller: CurrentCaller, desk: OnDesk, words: Words = None) -> Response:
    """Orders, parties and places by a word; a whole code leads straight to its order."""
    sought = (words or "").strip()
    found = await trade.list_orders(session, trade.Wanted(sought or None), asked=Window(limit=20)) if sought else None
    rows = found.rows if found else []
    if len(rows) == 1 and rows[0].order.code.casefold() == sought.casefold():
        return see(f"/admin/pesanan/{rows[0].order.code}")
    return desk(
        "admin/search.html",
        sought=sought,
        rows=rows,
        parties=await trade.find_parties(session, sought) if sought else [],
        spots=places_of(lambda operation: queues.sees(caller.roles, operation)),
    )
