"""Which size: one that is stored, a ready one, or measures that are taken now."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Form, Path, Request, Response
from pydantic import BeforeValidator, Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments.configuring import check_sizes
from clothingline.kit.access import Caller, Reach
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import Session, look_think
from clothingline.kit.ids import read, show
from clothingline.measurements import queries as measurements
from clothingline.measurements import service as bodies
from clothingline.orders import service as order_steps
from clothingline.settings import settings
from clothingline.shop import estimates, figures, path
from clothingline.shop.answers import FEWEST_OF_MANY
from clothingline.shop.drafts import Opened, open_draft
from clothingline.shop.measures import Figure, asked_of, judge, measures_for
from clothingline.shop.pages.asking import CurrentDraft, Typed, around, ask
from clothingline.wearers import queries as wearers
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, see
from clothingline.web.words import later

pages = page_router()
Code = Annotated[str, Path(pattern=r"^[a-z][a-z_]{2,40}$")]
UNSURE = "tidak-yakin"
NOT_SURE = later("Tidak apa-apa. Penjahit akan menghubungi Anda sebelum memotong kain.")
SIZE, SAVED = "ukuran-", "tersimpan-"
MINUTES_PER_MEASURE = 0.8


def _consented(said: object) -> object:
    """Said beside what else is missing: without consent no measure is taken."""
    if said is None:
        raise ValueError(
            "Centang persetujuan, atau kembali dan pilih ukuran jadi. "
            "(Tick the consent, or go back and choose a ready size.)"
        )
    return said


class WhoForm(PageForm):
    """Whose body, and that its measures may be used."""

    figure: Figure
    label: Line | None = Field(None, max_length=40)
    consent: Annotated[Literal["ya"] | None, BeforeValidator(_consented)] = Field(None, validate_default=True)


class MeasureForm(PageForm):
    """One measure and where it comes from; `sure` repeats the value that was asked about."""

    value: str | None = None
    sure: str | None = None
    source: Literal["self", "garment", "tidak-yakin"] | None = None


async def _look_at_prices(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    opened = await open_draft(session, request.path_params["draft"], caller)
    if opened.answers.amount != "one":
        return []
    return await estimates.look_both(session, opened.design, today=local_date(await business_now(session)))


@pages.get("/pesan/{draft}/cara-ukur")
@public
@look_think(_look_at_prices, estimates.think)
async def ask_size(opened: CurrentDraft, session: Session, show: Show) -> Response:
    """How is the size known?"""
    one = opened.answers.amount == "one"
    template = "shop/cara-ukur.html" if one else "shop/ukuran-jadi.html"
    count = len(measures_for(opened.design.garment_type, None))
    minutes = max(round(count * MINUTES_PER_MEASURE), 1)
    values = {"chart": opened.chart, "saved": await _saved(session, opened), "count": count, "minutes": minutes}
    design = opened.design
    prices = {"ready": estimates.known([design]).get(design.id), "measured": estimates.known_measured(design)}
    roster = None if one else await wearers.find_roster_of_draft(session, opened.draft.id)
    return ask(opened, show, "cara-ukur", template, **values, **prices, roster=roster)


async def _saved(session: AsyncSession, opened: Opened) -> list[dict[str, Any]]:
    """What is stored for whoever is signed in, if the design is sewn to measure."""
    account = opened.caller.account
    if account is None or not opened.design.made_to_measure:
        return []
    rows = await measurements.list_newest_sets(session, account)
    return [{"id": show("mst", one.id), "label": bodies.label_of(who), "on": one.measured_on} for who, one in rows]


@pages.post("/pesan/{draft}/cara-ukur")
@public
async def keep_size(typed: Typed, opened: CurrentDraft, session: Session) -> Response:
    """One answer for one piece, or the pieces of each size."""
    if opened.answers.amount == "one":
        await _keep_way(session, opened, str(typed.get("way") or ""))
    else:
        await opened.change(session, way="size", measurement_set=None, sizes=_counted(opened, typed), bodies=0)
    return see(opened.next())


async def _keep_way(session: AsyncSession, opened: Opened, way: str) -> None:
    chart = opened.chart
    if way.startswith(SIZE) and chart is not None and way.removeprefix(SIZE) in chart.sizes:
        sizes = {way.removeprefix(SIZE): 1}
        await opened.change(session, way="size", sizes=sizes, measurement_set=None)
    elif way.startswith(SAVED) and opened.caller.account is not None:
        await _take_saved(session, opened, way.removeprefix(SAVED))
    elif way in ("self", "garment") and opened.design.made_to_measure:
        await opened.change(session, way=way, sizes={}, measurement_set=None)
    else:
        raise Invalid("/way", "Pilih salah satu cara.", "Choose one of the ways.", code="missing")


async def _take_saved(session: AsyncSession, opened: Opened, ref: str) -> None:
    """A stored set; what it lacks for this garment is asked, and nothing else."""
    row, values = await bodies.read_set(session, set_id=_set_id(ref), account_id=opened.caller.person)
    needed = measures_for(opened.design.garment_type, None)
    if all(code in values for code in needed):
        await opened.change(session, way="saved", sizes={}, measurement_set=row.id, person=row.person_id)
        return
    person = await measurements.get_person(session, row.person_id, opened.caller.account)
    figure = "woman" if person.sex == "female" else "man"
    known = {
        "person": person.id,
        "figure": figure,
        "consented": True,
        "measured": list(values),
        "measurement_set": None,
    }
    answers = opened.answers.but(way="self", sizes={}, sure=list(values), **known)
    await opened.keep(session, answers, measures=values)


def _set_id(ref: str) -> UUID:
    try:
        return read("mst", ref)
    except ValueError as error:
        raise Invalid("/way", "Pilih salah satu cara.", "Choose one of the ways.", code="missing") from error


def _counted(opened: Opened, typed: Typed) -> dict[str, int]:
    """Pieces by size, as many in all as was said before. Raises `Invalid` at the field."""
    names = opened.chart.sizes if opened.chart else []
    counts = {size: _count(str(typed.get(f"sizes_{size.lower()}") or "0")) for size in names}
    sizes = {size: count for size, count in counts.items() if count}
    total, many = sum(sizes.values()), opened.answers.amount == "many"
    least, most = (FEWEST_OF_MANY, settings().orders.largest_run) if many else (2, FEWEST_OF_MANY - 1)
    if not least <= total <= most:
        raise Invalid(
            "/sizes",
            f"Jumlahnya {total}. Isi {least} sampai {most} potong, atau ubah jumlahnya di halaman sebelumnya.",
            f"That makes {total}. Give {least} to {most} pieces, or change the amount on the page before.",
            code="out_of_range",
        )
    check_sizes(opened.design, opened.chart, sizes)
    return sizes


def _count(typed: str) -> int:
    if not re.fullmatch(r"\d{1,4}", typed.strip()):
        raise Invalid("/sizes", "Tulis jumlah dengan angka.", "Write the count in digits.", code="not_a_number")
    return int(typed)


@pages.get("/pesan/{draft}/ukuran/siapa")
@public
async def ask_who(opened: CurrentDraft, show: Show) -> Response:
    """Who is measured?"""
    drawn = {one: figures.small(one) for one in figures.KINDS}
    return ask(opened, show, path.WHO, "shop/siapa.html", drawn=drawn)


@pages.post("/pesan/{draft}/ukuran/siapa")
@public
async def keep_who(form: Annotated[WhoForm, Form()], opened: CurrentDraft, session: Session) -> Response:
    """The figure, and the consent that came with it."""
    await opened.change(session, figure=form.figure, label=form.label, consented=True)
    return see(opened.next())


@pages.get("/pesan/{draft}/ukuran/{code}")
@public
async def ask_measure(code: Code, opened: CurrentDraft, show: Show) -> Response:
    """One measure. Raises `NotFound` for one that is not asked for this garment."""
    known = order_steps.measures_of(opened.draft).get(code)
    return ask(
        opened,
        show,
        f"{path.SIZE}/{code}",
        "shop/ukuran.html",
        **_asked(opened, code),
        known=known,
        draw=figures.draw,
        source=UNSURE if code in opened.answers.unsure else opened.answers.way,
    )


def _asked(opened: Opened, code: str) -> dict[str, Any]:
    return asked_of(code, list(opened.way.measures), opened.answers.sex)


@pages.post("/pesan/{draft}/ukuran/{code}")
@public
async def keep_measure(
    code: Code, form: Annotated[MeasureForm, Form()], opened: CurrentDraft, session: Session, show: Show
) -> Response:
    """Keep a measure; what looks odd, or was typed in inches, is asked back once, unless it is said to be unsure."""
    asked, values = _asked(opened, code), order_steps.measures_of(opened.draft)
    if form.source == UNSURE:
        return await _keep_unsure(session, opened, code, form)
    found = judge(code, _typed(form), sure=form.sure, values=values, sex=opened.answers.sex)
    if found.asked_back:
        return show("shop/yakin.html", **around(opened, f"{path.SIZE}/{code}"), **asked, **found.told(code))
    sure = sorted({*opened.answers.sure, code} if form.sure else {*opened.answers.sure} - {code})
    measured, unsure = _last(opened.answers.measured, code), _without(opened.answers.unsure, code)
    answers = opened.answers.but(measured=measured, sure=sure, unsure=unsure, measurement_set=None)
    await opened.keep(session, answers, measures=values | {code: found.typed.mm})
    return see(opened.next())


def _typed(form: MeasureForm) -> str:
    if form.value is None:
        raise Invalid(
            "/value",
            'Wajib diisi. Belum tahu? Pilih "Tidak yakin".',
            'This is needed. Not known yet? Choose "Not sure".',
            code="missing",
        )
    return form.value


def _without(codes: Sequence[str], code: str) -> list[str]:
    return [one for one in codes if one != code]


def _last(codes: Sequence[str], code: str) -> list[str]:
    return [*_without(codes, code), code]


async def _keep_unsure(session: AsyncSession, opened: Opened, code: str, form: MeasureForm) -> Response:
    """A guess or nothing: whoever sews asks about it before the cloth is cut."""
    values = {name: mm for name, mm in order_steps.measures_of(opened.draft).items() if name != code}
    measured = _last(opened.answers.measured, code)
    if form.value is not None:
        values[code] = judge(code, form.value, sure=None, values={}, sex=opened.answers.sex).typed.mm
    if not values and set(measured) >= set(opened.way.measures):
        raise Invalid(
            "/value",
            "Satu ukuran saja harus diketahui. Isi yang paling mudah, atau kembali dan pilih ukuran jadi.",
            "One measure at least must be known. Give the easiest one, or go back and choose a ready size.",
            code="missing",
        )
    unsure = _last(opened.answers.unsure, code)
    answers = opened.answers.but(measured=measured, unsure=unsure, measurement_set=None)
    await opened.keep(session, answers, measures=values)
    return see(opened.next(), NOT_SURE)
