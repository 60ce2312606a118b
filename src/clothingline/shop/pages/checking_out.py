"""The summary, and the one act that locks the price and leads to the payment."""

from typing import Annotated, Any, Literal

from fastapi import Form, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session, look_think
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.routing.models import Plan
from clothingline.routing.sketching import Sketch
from clothingline.settings import settings
from clothingline.shop import groups, path, summary
from clothingline.shop.drafts import Opened
from clothingline.shop.known import repeated
from clothingline.shop.pages.asking import CODE, CurrentDraft, ask
from clothingline.shop.pages.planning import look_before, think
from clothingline.shop.settling import check_out, live_plans, live_quote, lock_price, still_as_shown
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, language, see
from clothingline.web.words import later

pages = page_router()
CHANGED = later(
    "Harga atau tanggalnya berubah sejak Anda melihatnya. Pilih rencana sekali lagi; yang ini sudah terkunci."
)
NONE_LEFT = later("Rencana ini baru saja diambil orang lain. Pilih dari yang ada sekarang.")
GROUP_CHANGED = later("Isian kelompok berubah sejak dihitung. Periksa, lalu lanjutkan sekali lagi.")
LOCKED = later("Harga terkunci. Bayar sebelum waktunya habis.")


class AgreeForm(PageForm):
    """Pay now, or lock the price and pay later."""

    act: Literal["bayar", "kunci"] = "bayar"


class AgainForm(PageForm):
    """An order that is wished once more."""

    order: str = Field(pattern=CODE)


@pages.get("/pesan/{draft}/ringkasan")
@stands_for("orders_checkout", Role.CONSUMER)
async def show_summary(opened: CurrentDraft, request: Request, session: Session, show: Show) -> Response:
    """Everything that was answered, each with a way to change it."""
    quote = await live_quote(session, opened)
    rows = summary.rows(opened, language(request)) if path.may_ask("ringkasan", opened.answers, opened.way) else []
    return ask(
        opened,
        show,
        "ringkasan",
        "shop/ringkasan.html",
        rows=rows,
        locked_until=quote.expires_at if quote else None,
        report_days=settings().orders.acceptance_days,
    )


@pages.post("/pesan/{draft}/ringkasan")
@stands_for("orders_checkout", Role.CONSUMER)
@look_think(look_before("ringkasan"), think)
async def agree(
    form: Annotated[AgreeForm, Form()], opened: CurrentDraft, request: Request, session: Session, now: Now
) -> Response:
    """Lock the price, and check out with the plan that was chosen if it is still as it was shown."""
    found: Sketch | None = request.state.thought
    chosen = opened.answers.plan
    if opened.placed or chosen is None:
        return see(opened.next())
    if found is not None and found.refusal is not None:
        await opened.change(session, plan=None)
        return see(opened.href("rencana"), NONE_LEFT)
    if not await groups.still_counted(session, opened, now):
        await groups.uncount(session, opened)
        return see(opened.href("kelompok"), GROUP_CHANGED)
    plans = await _locked(session, opened, found, now)
    taken = still_as_shown(plans, chosen)
    if taken is None:
        await opened.change(session, plan=None)
        return see(opened.href("rencana"), CHANGED)
    if form.act == "kunci":
        return see(opened.href("ringkasan"), LOCKED)
    order = await check_out(session, opened, taken.id, now)
    return see(f"/pesan/{order.code}/bayar")


async def _locked(session: AsyncSession, opened: Opened, found: Sketch | None, now: Any) -> list[Plan]:
    if found is None:
        return await live_plans(session, opened)
    return await lock_price(session, opened, found.answer, now)


@pages.post("/pesan/lagi")
@stands_for("orders_create", Role.CONSUMER)
async def order_again(
    form: Annotated[AgainForm, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """The same once more: only the day is asked, and the plan."""
    order = await orders.get_order(session, form.order, reach)
    answers = repeated(order)
    _, word = await order_steps.begin_draft(
        session, design_id=order.line.design_id, answers=answers.kept(), account_id=caller.person
    )
    return see(f"/pesan/{word}/tanggal")
