"""Following an order without signing in: by its code and the number that ordered it, or by a link."""

import re
from typing import Annotated

from fastapi import Form, Path, Request, Response
from pydantic import AfterValidator, Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import secrets
from clothingline.kit import pace
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.http.route import CurrentReach, Session, look_think
from clothingline.kit.http.sender import address_of
from clothingline.kit.pace import Pace
from clothingline.orders import queries as orders
from clothingline.orders.schemas import OrderRef
from clothingline.settings import settings
from clothingline.tracking import queries, service, wording
from clothingline.tracking.promise import CAUSES
from clothingline.tracking.story import read
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

Word = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


def plain(typed: str) -> str:
    """A code as we write it, however it was typed."""
    return re.sub(r"[^A-Z0-9-]", "", typed.upper())


Code = Annotated[str, Field(max_length=20), AfterValidator(plain)]

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


async def _look_at_guess(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> bool:
    """Counted in a transaction of its own, so that a wrong guess counts although it is refused."""
    await pace.keep(session, Pace("order guesses", settings().paces.order_guesses), address_of(request))
    typed = await request.form()
    code, phone = (str(typed.get(name, "")) for name in ("code", "phone"))
    return await service.count_guess(session, code=plain(code)[:20], phone=secrets.phone_number(phone))


@pages.post("/lacak")
@public
@look_think(_look_at_guess)
async def find_order(form: Annotated[TrackForm, Form()], request: Request, session: Session) -> Response:
    """On to the page without names. Raises `TooManyGuesses`."""
    counted, phone = request.state.thought, secrets.phone_number(form.phone)
    token = await service.link_for(session, code=form.code, phone=phone, counted=counted)
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
