"""Saying one's own size by the link of a group: a name, a way, the sizes. Nobody signs in.

Where an act leads to is written relative to it: answers are kept for a repeat, and no word of a link is kept.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Form, Path, Query, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.door import CLOSED
from clothingline.garments import queries as garments
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import Session
from clothingline.kit.ids import show as typed_id
from clothingline.shop import figures
from clothingline.shop.groups import Member, open_member
from clothingline.shop.measures import asked_of, judge, measures_for
from clothingline.shop.pages.asking import Moment, measure_name
from clothingline.shop.pages.sizing import Code
from clothingline.shop.settling import CONSENT_VERSION
from clothingline.wearers import queries, sealing
from clothingline.wearers import service as wearers
from clothingline.wearers.errors import RosterOver, WearerUnknown
from clothingline.wearers.models import FIGURES, Roster, Wearer
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, see
from clothingline.web.words import later

Word = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{22}$")]
Begun = Annotated[str | None, Query(alias="mulai", pattern=r"^wrr_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
COOKIE = "isian"
FRESH = timedelta(minutes=15)
"""So long an entry that has just begun is found by its id; afterwards only by its own link."""
SIZE, UNSURE = "ukuran-", "bingung"

pages = page_router()


class NameForm(PageForm):
    """What the group calls somebody."""

    name: Annotated[Line, Field(max_length=60)]


class WayForm(PageForm):
    """A ready size, whose body is measured, or that nothing is known."""

    way: str


class MeasureForm(PageForm):
    """One measure; `sure` repeats the value that was asked about."""

    value: str
    sure: str | None = None


async def _member(own: Word, request: Request, session: Session, now: Moment) -> Member:
    return await open_member(session, own, now, lock=request.method == "POST")


CurrentMember = Annotated[Member, Depends(_member)]


@pages.get("/k/dihapus")
@public
async def show_gone(show: Show) -> Response:
    """What was said is forgotten."""
    return show("shop/anggota-hilang.html")


@pages.get("/k/{token}")
@public
async def ask_name(
    token: Word, request: Request, session: Session, now: Moment, show: Show, mulai: Begun = None
) -> Response:
    """Who are you? Whoever has just answered goes on to the size. Raises `RosterUnknown` or `RosterOver`."""
    roster = await queries.get_roster(session, sealing.hash_of(token))
    begun = await _begun(session, roster, mulai, now)
    if begun is not None:
        return _on(request, token, begun, roster, now)
    if not wearers.is_open(roster, now):
        raise RosterOver
    design, _ = await garments.get_with_chart(session, roster.design_id)
    known = await _known(session, roster, request.cookies.get(COOKIE))
    return show("shop/anggota-nama.html", roster=roster, design=design, known=known)


async def _begun(session: AsyncSession, roster: Roster, ref: str | None, now: datetime) -> Wearer | None:
    """The entry that has just begun, by the id to which its act has led."""
    if ref is None:
        return None
    rows = await queries.list_wearers(session, roster.id)
    return next((one for one in rows if typed_id("wrr", one.id) == ref and now - one.created_at < FRESH), None)


def _on(request: Request, token: str, wearer: Wearer, roster: Roster, now: datetime) -> Response:
    """On to the own link, which this browser remembers as long as the group's link works."""
    word = sealing.word_of(wearer.id)
    answer = see(f"/k/saya/{word}/ukuran")
    seconds = max(int((roster.ends_at - now).total_seconds()), 0)
    answer.set_cookie(COOKIE, word, max_age=seconds, path=f"/k/{token}", **CLOSED)
    return answer


async def _known(session: AsyncSession, roster: Roster, word: str | None) -> tuple[str | None, str] | None:
    """Name and link of who has entered by this browser before."""
    if not word:
        return None
    try:
        wearer, its = await queries.get_wearer(session, sealing.hash_of(word))
    except WearerUnknown:
        return None
    return (sealing.name_of(wearer), f"/k/saya/{word}/isian") if its.id == roster.id else None


@pages.post("/k/{token}")
@public
async def enter(token: Word, form: Annotated[NameForm, Form()], session: Session, now: Moment) -> Response:
    """Take a place. Raises `RosterUnknown`, `RosterOver`, `RosterFull` or `TooManyEntries`."""
    roster = await queries.get_roster(session, sealing.hash_of(token), lock=True)
    wearer = await wearers.enter(session, roster, name=form.name, now=now)
    return see(f"?mulai={typed_id('wrr', wearer.id)}")


@pages.get("/k/saya/{own}")
@public
async def lead_to_entry(member: CurrentMember) -> Response:
    """The short form of the own link."""
    return see(member.href("isian"))


@pages.get("/k/saya/{own}/isian")
@public
async def show_entry(member: CurrentMember, show: Show) -> Response:
    """What was said, and how to change or forget it. Raises `WearerUnknown`."""
    return show("shop/anggota-isian.html", **_around(member, ""), member=member, link=f"/k/saya/{member.word}")


def _around(member: Member, back_to: str) -> dict[str, Any]:
    """What the pages of questions show around a question."""
    return {
        "opened": member,
        "answers": {"figure": member.wearer.figure, "way": "self"},
        "design": member.design,
        "back_to": back_to,
        "position": None,
        "measure_name": measure_name,
    }


@pages.get("/k/saya/{own}/nama")
@public
async def ask_name_again(member: CurrentMember, show: Show) -> Response:
    """Another name?"""
    return _asked(member, show, "shop/anggota-ganti-nama.html")


def _asked(member: Member, show: Show, template: str, back: str = "isian", **values: Any) -> Response:
    """The page of a question; after the last day whatever was said stays. Raises `RosterOver`."""
    if not member.open:
        raise RosterOver
    return show(template, **_around(member, member.href(back)), member=member, **values)


@pages.post("/k/saya/{own}/nama")
@public
async def rename(form: Annotated[NameForm, Form()], member: CurrentMember, session: Session, now: Moment) -> Response:
    """Another name. Raises `RosterOver`."""
    await wearers.rename(session, member.roster, member.wearer, name=form.name, now=now)
    return see("isian", later("Tersimpan."))


@pages.get("/k/saya/{own}/ukuran")
@public
async def ask_way(member: CurrentMember, show: Show) -> Response:
    """How is the size known?"""
    count = len(measures_for(member.design.garment_type, None))
    return _asked(member, show, "shop/anggota-ukuran.html", chart=member.chart, count=count)


@pages.post("/k/saya/{own}/ukuran")
@public
async def keep_way(form: Annotated[WayForm, Form()], member: CurrentMember, session: Session, now: Moment) -> Response:
    """A ready size, one's own measures, or no idea. Raises `RosterOver` or `Invalid`."""
    await _keep_way(session, member, form.way, now)
    return see(member.next())


async def _keep_way(session: AsyncSession, member: Member, way: str, now: datetime) -> None:
    whose = (session, member.roster, member.wearer)
    if way.startswith(SIZE) and way.removeprefix(SIZE) in member.chart.sizes:
        await wearers.choose_size(*whose, size=way.removeprefix(SIZE), now=now)
    elif way == UNSURE:
        await wearers.doubt_size(*whose, now=now)
    elif way in FIGURES and member.design.made_to_measure:
        needed = measures_for(member.design.garment_type, way)
        await wearers.choose_body(*whose, figure=way, needed=needed, now=now)
    else:
        raise Invalid("/way", "Pilih salah satu.", "Choose one of them.", code="missing")


@pages.get("/k/saya/{own}/setuju")
@public
async def ask_consent(member: CurrentMember, show: Show) -> Response:
    """What body measures are used for."""
    if member.wearer.way != "body":
        return see(member.href(member.next()))
    return _asked(member, show, "shop/anggota-setuju.html", back="ukuran")


@pages.post("/k/saya/{own}/setuju")
@public
async def agree(member: CurrentMember, session: Session, now: Moment) -> Response:
    """Consent by a button that means nothing else. Raises `RosterOver`."""
    await wearers.agree(session, member.roster, member.wearer, version=CONSENT_VERSION, now=now)
    return see(member.next())


@pages.get("/k/saya/{own}/ukuran/{code}")
@public
async def ask_measure(code: Code, member: CurrentMember, show: Show) -> Response:
    """One measure. Raises `RosterOver`, or `NotFound` for one that is not asked for this garment."""
    wearer = member.wearer
    if wearer.way != "body" or wearer.consented_at is None:
        return see(member.href(member.next()))
    about = asked_of(code, member.measures, member.sex)
    known = sealing.measures_of(wearer).get(code)
    back = _before(member, code)
    return _asked(member, show, "shop/ukuran.html", back, **about, known=known, draw=figures.draw, source=None)


def _before(member: Member, code: str) -> str:
    asked = list(member.measures)
    place = asked.index(code)
    return f"ukuran/{asked[place - 1]}" if place else "ukuran"


@pages.post("/k/saya/{own}/ukuran/{code}")
@public
async def keep_measure(
    code: Code,
    form: Annotated[MeasureForm, Form()],
    member: CurrentMember,
    session: Session,
    now: Moment,
    show: Show,
) -> Response:
    """Keep a measure; what looks odd, or was typed in inches, is asked back once."""
    about, values = asked_of(code, member.measures, member.sex), sealing.measures_of(member.wearer)
    found = judge(code, form.value, sure=form.sure, values=values, sex=member.sex)
    if found.asked_back:
        return _asked(member, show, "shop/yakin.html", **about, **found.told(code))
    kept = values | {code: found.typed.mm}
    whose = (session, member.roster, member.wearer)
    await wearers.keep_measures(*whose, values=kept, needed=member.measures, now=now)
    return see(f"../{member.next()}")


@pages.get("/k/saya/{own}/hapus")
@public
async def ask_to_leave(member: CurrentMember, show: Show) -> Response:
    """What being forgotten means; no last day ends that right."""
    return show("shop/anggota-hapus.html", **_around(member, member.href("isian")), member=member)


@pages.post("/k/saya/{own}/hapus")
@public
async def leave(member: CurrentMember, session: Session) -> Response:
    """The key is shredded: nobody can read name and measures any more."""
    await wearers.leave(session, member.roster, member.wearer)
    return see("../../dihapus")
