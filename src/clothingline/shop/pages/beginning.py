"""The first questions: how many pieces, and which cloth and options."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Form, Query, Request, Response
from pydantic import Field

from clothingline.garments import queries as garments
from clothingline.garments.configuring import configure
from clothingline.garments.models import Design
from clothingline.garments.options import Option
from clothingline.kit import pace
from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.kit.http.sender import sender_of
from clothingline.kit.pace import Pace
from clothingline.materials import queries as materials
from clothingline.orders import service as order_steps
from clothingline.settings import settings
from clothingline.shop.answers import Amount, Answers
from clothingline.shop.known import known_of
from clothingline.shop.pages.asking import CurrentDraft, Typed, ask
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, see

pages = page_router()
NEEDS_HELP = "bantu"
Slug = Annotated[str | None, Query(alias="desain", pattern=r"^[a-z0-9_-]{1,80}$")]


class BeginForm(PageForm):
    """Which design."""

    design: str = Field(pattern=r"^[a-z0-9_-]{1,80}$")


class AmountForm(PageForm):
    """How many pieces."""

    amount: Amount


@pages.get("/pesan/baru")
@public
async def lead_to_design(desain: Slug = None) -> Response:
    """Nothing is written by looking: a draft begins with the button on the page of its design."""
    return see(f"/desain/{desain}" if desain else "/katalog")


@pages.post("/pesan/baru")
@public
async def begin(
    form: Annotated[BeginForm, Form()], request: Request, session: Session, caller: CurrentCaller
) -> Response:
    """A draft for this design; whoever is signed in is not asked what is known already. Raises `TooOften`."""
    await pace.keep(session, Pace("drafts", settings().paces.drafts), sender_of(request, caller))
    design = await garments.get_design(session, form.design, Reach())
    answers = await known_of(session, caller)
    _, word = await order_steps.begin_draft(
        session, design_id=design.id, answers=answers.kept(), account_id=caller.account
    )
    return see(f"/pesan/{word}/jumlah")


@pages.get("/pesan/{draft}/jumlah")
@public
async def ask_amount(opened: CurrentDraft, show: Show) -> Response:
    """How many pieces?"""
    return ask(opened, show, "jumlah", "shop/jumlah.html", sized=opened.chart is not None)


@pages.post("/pesan/{draft}/jumlah")
@public
async def keep_amount(form: Annotated[AmountForm, Form()], opened: CurrentDraft, session: Session) -> Response:
    """Another amount makes the answer about sizes void."""
    if form.amount != "one" and opened.chart is None:
        raise Invalid("/amount", "Desain ini dijahit satu per satu.", "This design is sewn one at a time.")
    void: dict[str, Any] = {"way": None, "sizes": {}, "bodies": 0, "measurement_set": None}
    changed = form.amount != opened.answers.amount
    await opened.change(session, amount=form.amount, **(void if changed and opened.answers.amount else {}))
    return see(opened.next())


@pages.get("/pesan/{draft}/kain")
@public
async def ask_cloth(opened: CurrentDraft, session: Session, show: Show) -> Response:
    """Which cloth and which options?"""
    cloth = await materials.cloth_by_colour(session, opened.design.cloth_class)
    needed = needed_cm(opened.design, opened.answers)
    return ask(opened, show, "kain", "shop/kain.html", cloth=cloth, needed_cm=needed)


def needed_cm(design: Design, answers: Answers) -> int:
    """Centimetres of one piece with waste, as it stands."""
    single = answers.amount != "many"
    made = configure(design, options=answers.options, pieces=1, single=single, settings=settings().orders)
    return made.cloth_cm


@pages.post("/pesan/{draft}/kain")
@public
async def keep_cloth(typed: Typed, opened: CurrentDraft, session: Session) -> Response:
    """A colour of the design or help with it, and an answer to every option."""
    design = opened.design
    options = {one.code: found for one in design.schema if (found := _option(one, typed)) is not None}
    with _as_asked():
        configure(design, options=options, pieces=1, single=True, settings=settings().orders)
    colour = _colour(design, str(typed.get("colour") or ""))
    await opened.change(session, options=options, colour=colour, cloth=True)
    return see(opened.next())


def _colour(design: Design, typed: str) -> str | None:
    if typed in design.colours:
        return typed
    if typed == NEEDS_HELP or not design.colours:
        return None
    raise Invalid("/colour", 'Pilih kain, atau pilih "Bantu pilihkan".', 'Choose a cloth, or "Help me choose".')


@contextmanager
def _as_asked() -> Iterator[None]:
    """A wrong answer is that of its field on the page."""
    try:
        yield
    except Invalid as wrong:
        asked = wrong.pointer.replace("/options/", "/opsi_")
        raise Invalid(asked, wrong.reasons["id"], wrong.reasons["en"], code=wrong.reason_code) from None


def _option(option: Option, typed: Typed) -> bool | str | None:
    given = str(typed.get(f"opsi_{option.code}") or "").strip()
    if option.kind == "flag":
        return given == "ya"
    return given or None
