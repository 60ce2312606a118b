"""Following an order without signing in: by its code and the number that ordered it, or by a link."""

from typing import Annotated

from fastapi import Form, Path, Response
from pydantic import AfterValidator, Field

from clothingline.accounts import secrets
from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.orders import queries as orders
from clothingline.orders.schemas import OrderRef
from clothingline.tracking import queries, service, wording
from clothingline.tracking.promise import CAUSES
from clothingline.tracking.story import read
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

Word = Annotated[str, Path(max_length=40)]
Code = Annotated[str, Field(max_length=20), AfterValidator(lambda typed: typed.upper().replace(" ", ""))]

pages = page_router()


class TrackForm(PageForm):
    """What proves that somebody may follow an order."""

    code: Code
    phone: str = Field(max_length=32)


@pages.get("/lacak")
@public
async def ask_for_code(show: Show, kode: str = "") -> Response:
    """Which order, and which number ordered it?"""
    return show("tracking/find.html", code=kode[:20])


@pages.post("/lacak")
@public
async def find_order(form: Annotated[TrackForm, Form()], session: Session) -> Response:
    """On to the page without names."""
    token = await service.link_for(session, code=form.code, phone=secrets.phone_number(form.phone))
    return see(f"/lacak/{token}")


@pages.get("/lacak/{token}")
@public
async def show_shared(token: Word, session: Session, show: Show) -> Response:
    """Where an order stands, with nothing about a person. Raises `LinkUnknown`."""
    order = await orders.get_order_by_id(session, await queries.get_shared(session, token))
    story = await read(session, order)
    return show("tracking/shared.html", order=order, story=story, causes=CAUSES, wording=wording)


@pages.post("/pesanan/{code}/bagikan")
@stands_for("orders_timeline", Role.CONSUMER)
async def share(code: OrderRef, session: Session, reach: CurrentReach) -> Response:
    """A link for the family: it shows the steps and no names."""
    order = await orders.get_order(session, code, reach)
    await service.share_order(session, order_id=order.id)
    return see(f"/pesanan/{order.code}#bagikan", later("Tautan siap dibagikan."))


@pages.post("/pesanan/{code}/bagikan/matikan")
@stands_for("orders_timeline", Role.CONSUMER)
async def unshare(code: OrderRef, session: Session, reach: CurrentReach) -> Response:
    """The link ends at once."""
    order = await orders.get_order(session, code, reach)
    await service.unshare_order(session, order_id=order.id)
    return see(f"/pesanan/{order.code}#bagikan", later("Tautan dimatikan."))
