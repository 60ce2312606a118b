"""The plans: price, day and makers for what was answered, and why."""

from datetime import date
from typing import Annotated, Any

from fastapi import Form, Path, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import pace
from clothingline.kit.access import Caller, Reach
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import Preparation, Session, look_think
from clothingline.kit.http.sender import sender_of
from clothingline.kit.pace import Pace
from clothingline.routing.models import Plan
from clothingline.routing.sketching import Kept, Seen, Sketch, explain, kept_of, sketch
from clothingline.routing.why import why
from clothingline.settings import settings
from clothingline.shop import comparing, offering, path
from clothingline.shop.answers import Chosen
from clothingline.shop.drafts import Opened, open_draft
from clothingline.shop.pages.asking import CurrentDraft, ask
from clothingline.shop.settling import live_plans, live_quote, look_at
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, language, see

pages = page_router()
LABEL = r"^(balanced|cheapest|soonest)$"
Label = Annotated[str, Path(pattern=LABEL)]


class PlanForm(PageForm):
    """The plan that was tapped, as it was shown."""

    label: str = Field(pattern=LABEL)
    price_idr: int = Field(gt=0)
    promise_on: date
    needed_by: date


def look_before(question: str) -> Preparation:
    """What the engine is asked; nothing when the price is locked already or the questions before this one are open.

    What it makes raises `TooOften`: each question costs as much as a machine thinks.
    """

    async def look(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Seen | None:
        opened = await open_draft(session, request.path_params["draft"], caller)
        ready = path.may_ask(question, opened.answers, opened.way)
        if opened.placed or not ready or await live_plans(session, opened):
            return None
        await pace.keep(session, Pace("sketches", settings().paces.sketches), sender_of(request, caller))
        return await look_at(session, opened, await business_now(session))

    return look


_look_at_plans = look_before("rencana")


async def think(seen: Seen | None) -> Sketch | None:
    """Ask the engine, if there is something to ask."""
    return None if seen is None else await sketch(seen)


@pages.get("/pesan/{draft}/rencana")
@public
@look_think(_look_at_plans, think)
async def show_plans(opened: CurrentDraft, request: Request, session: Session, show: Show) -> Response:
    """Up to three plans: those of the locked price, or what the engine says now."""
    found: Sketch | None = request.state.thought
    values = await _values(session, opened, found)
    return ask(opened, show, "rencana", "shop/rencana.html", **values)


async def _values(session: AsyncSession, opened: Opened, found: Sketch | None) -> dict[str, Any]:
    plans: list[Plan] = found.plans if found else await live_plans(session, opened)
    quote = None if found else await live_quote(session, opened)
    return {
        "offers": await offering.offers(session, plans, opened),
        "needed_by": found.needed_by if found else opened.answers.needed_by,
        "refusal": found.refusal if found else None,
        "helps": offering.helps(found.refusal if found else None, waiting=bool(plans)),
        "locked_until": quote.expires_at if quote else None,
    }


@pages.post("/pesan/{draft}/rencana")
@public
async def choose_plan(form: Annotated[PlanForm, Form()], opened: CurrentDraft, session: Session) -> Response:
    """Remember which plan was chosen; whoever takes a later day than was wished, wishes it so from now on."""
    chosen = Chosen(label=form.label, price_idr=form.price_idr, promise_on=form.promise_on)
    if form.needed_by != opened.answers.needed_by:
        await opened.change(session, needed_by=form.needed_by)
    await opened.change(session, plan=chosen)
    return see(opened.next())


async def _look_why(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    opened = await open_draft(session, request.path_params["draft"], caller)
    live = await live_plans(session, opened)
    wanted = next((one for one in live if one.label == request.path_params["label"]), None)
    if wanted is not None:
        return await Kept.of(session, wanted)
    return await _look_at_plans(session, request, caller, reach)


async def _think_why(seen: Seen | Kept | None) -> Sketch | Plan | None:
    return await explain(seen) if isinstance(seen, Kept) else await think(seen)


@pages.get("/pesan/{draft}/rencana/{label}/mengapa")
@public
@look_think(_look_why, _think_why)
async def show_why(label: Label, opened: CurrentDraft, request: Request, session: Session, show: Show) -> Response:
    """Why this plan: who else could and would be dearer, who could not, and what would change it."""
    found: Sketch | Plan | None = request.state.thought
    kept = kept_of(found, label) if isinstance(found, Sketch) else None
    plan = await explain(kept) if kept is not None else found
    if not isinstance(plan, Plan):
        return see(opened.next())
    [offer] = await offering.offers(session, [plan], opened)
    reasons = why(plan, language(request))
    assert reasons is not None, "the plan was explained just now"  # noqa: S101  # typing only
    beside = await comparing.compare(session, plan, reasons, local_date(await business_now(session)))
    return ask(opened, show, "rencana", "shop/mengapa.html", offer=offer, why=reasons, beside=beside)
