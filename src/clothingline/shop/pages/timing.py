"""How much it may cost, and by when and where it must be."""

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import Form, Response

from clothingline.kit.clock import business_now, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.route import Session
from clothingline.orders.service.placing import FARTHEST
from clothingline.routing import queries as routes
from clothingline.shop import places
from clothingline.shop.days import CALM_DAYS, SOON_DAYS, closed_days
from clothingline.shop.pages.asking import CurrentDraft, ask
from clothingline.web.forms import PageForm, whole_rupiah
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, see

pages = page_router()
SMALLEST_IDR, LARGEST_IDR = 1_000, 100_000_000


class BudgetForm(PageForm):
    """The most for one piece; empty = not known yet."""

    most: str | None = None
    act: Literal["lanjut", "belum"] = "lanjut"


class WhenForm(PageForm):
    """By when, and in which city or regency."""

    when: Literal["calm", "soon", "day"]
    day: date | None = None
    place: str
    town: str | None = None
    """One of the names that `place` may mean; it counts before it."""


@pages.get("/pesan/{draft}/anggaran")
@public
async def ask_budget(opened: CurrentDraft, session: Session, show: Show) -> Response:
    """How much at most? The picks are those of real quotes for this design."""
    picks = await routes.prices_of_design(session, opened.design.id)
    return ask(opened, show, "anggaran", "shop/anggaran.html", picks=picks)


@pages.post("/pesan/{draft}/anggaran")
@public
async def keep_budget(form: Annotated[BudgetForm, Form()], opened: CurrentDraft, session: Session) -> Response:
    """An amount, or that it is not known yet."""
    most = None if form.act == "belum" or form.most is None else read_rupiah(form.most)
    await opened.change(session, ceiling_idr=most, budget=True)
    return see(opened.next())


def read_rupiah(typed: str) -> int:
    """Whole rupiah as people write them. Raises `Invalid` at `/most`."""
    digits = whole_rupiah(typed)
    if not re.fullmatch(r"\d{1,9}", digits) or not SMALLEST_IDR <= int(digits) <= LARGEST_IDR:
        raise Invalid(
            "/most",
            "Tulis jumlah rupiah, misalnya 250.000. Belum tahu? Kosongkan.",
            "Write an amount of rupiah, such as 250.000. Not known yet? Leave it empty.",
            code="not_an_amount",
        )
    return int(digits)


@pages.get("/pesan/{draft}/tanggal")
@public
async def ask_when(opened: CurrentDraft, session: Session, show: Show) -> Response:
    """By when, and where?"""
    today = local_date(await business_now(session))
    regency = opened.answers.regency
    return ask(
        opened,
        show,
        "tanggal",
        "shop/tanggal.html",
        soon=today + timedelta(days=SOON_DAYS),
        first=today + timedelta(days=1),
        last=today + FARTHEST,
        closed=await closed_days(session, today),
        places=places.suggestions(),
        maybe=places.maybe,
        place=places.name_of(regency) if regency else "",
    )


@pages.post("/pesan/{draft}/tanggal")
@public
async def keep_when(form: Annotated[WhenForm, Form()], opened: CurrentDraft, session: Session) -> Response:
    """A day between tomorrow and a year from now; whoever is in no hurry gets the cheapest within sixty days."""
    today = local_date(await business_now(session))
    regency = places.read_place(form.town or form.place)
    await opened.change(session, needed_by=_day(form, today), calm=form.when == "calm", regency=regency)
    return see(opened.next())


def _day(form: WhenForm, today: date) -> date:
    if form.when != "day":
        return today + timedelta(days=CALM_DAYS if form.when == "calm" else SOON_DAYS)
    if form.day is None or not today < form.day <= today + FARTHEST:
        raise Invalid(
            "/day",
            "Pilih tanggal mulai besok, paling lama setahun lagi.",
            "Choose a date from tomorrow on, at most a year ahead.",
            code="out_of_range",
        )
    return form.day
