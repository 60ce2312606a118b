"""One link for everybody who will wear a piece: made, watched, corrected, closed and counted."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Form, Path, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import Session
from clothingline.shop import groups, path
from clothingline.shop.drafts import Opened
from clothingline.shop.groups import Entry, Group, end_of
from clothingline.shop.pages.asking import CurrentDraft, Moment, around
from clothingline.wearers import queries
from clothingline.wearers import service as wearers
from clothingline.wearers.errors import RosterOrdered
from clothingline.wearers.service.arranging import FEWEST, LONGEST, MOST
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, see
from clothingline.web.words import later

HOME = "/pesan/{draft}/kelompok"
QUESTION = "cara-ukur"
Place = Annotated[int, Path(ge=1, le=MOST)]

pages = page_router()


class GroupForm(PageForm):
    """For whom the link is, and until when."""

    places: int
    ends: date
    title: Annotated[Line, Field(max_length=60)] | None = None


class CorrectionForm(PageForm):
    """A ready size for somebody."""

    size: str


@pages.get(HOME)
@public
async def show_group(opened: CurrentDraft, session: Session, now: Moment, show: Show) -> Response:
    """How far the group is, and its link; or how to make one."""
    group = await groups.find_group(session, opened, now)
    asked = path.may_ask(QUESTION, opened.answers, opened.way) and opened.answers.amount != "one"
    if group is None and (opened.placed or not asked):
        return see(opened.next())
    today = local_date(now)
    return show(
        "shop/kelompok.html",
        **_around(opened, QUESTION),
        group=group,
        first=today,
        last=today + LONGEST,
        ends=today + groups.WEEK,
    )


def _around(opened: Opened, back: str) -> dict[str, Any]:
    return {**around(opened, QUESTION), "position": None, "back_to": opened.href(back)}


@pages.post(HOME)
@public
async def make_link(
    form: Annotated[GroupForm, Form()], opened: CurrentDraft, session: Session, now: Moment
) -> Response:
    """A link for the group of this draft; one draft has one."""
    if opened.placed:
        raise RosterOrdered
    if await queries.find_roster_of_draft(session, opened.draft.id) is None:
        await wearers.open_roster(
            session,
            draft_id=opened.draft.id,
            design_id=opened.design.id,
            title=form.title,
            places=form.places,
            ends_at=end_of(form.ends),
            now=now,
            by=opened.caller.account,
        )
    return see(opened.href("kelompok"), later("Tautan siap dibagikan."))


@pages.post(HOME + "/atur")
@public
async def change_link(
    form: Annotated[GroupForm, Form()], opened: CurrentDraft, session: Session, now: Moment
) -> Response:
    """More places or another day; a link that was closed works again, and what was counted counts no more."""
    group = await _changeable(session, opened, now)
    await wearers.reopen(
        session,
        group.roster,
        places=form.places,
        ends_at=end_of(form.ends),
        taken=max((one.place for one in group.rows), default=0),
        now=now,
        by=opened.caller.account,
    )
    await groups.uncount(session, opened)
    return see(opened.href("kelompok"), later("Tersimpan. Tautannya bisa dipakai."))


@pages.post(HOME + "/tutup")
@public
async def close_link(opened: CurrentDraft, session: Session, now: Moment) -> Response:
    """Nobody can say anything any more."""
    group = await groups.get_group(session, opened, now, lock=True)
    await wearers.close(session, group.roster, by=opened.caller.account)
    return see(opened.href("kelompok"), later("Tautan ditutup. Isian tidak berubah lagi."))


@pages.post(HOME + "/lanjut")
@public
async def go_on(opened: CurrentDraft, session: Session, now: Moment) -> Response:
    """Close the link, and go on with the sizes that are known."""
    group = await groups.get_group(session, opened, now, lock=True)
    if group.tally.pieces < FEWEST:
        raise Invalid(
            "/tally",
            f"Baru {group.tally.pieces} orang yang ukurannya lengkap. Tunggu sampai {FEWEST} orang, atau bagikan lagi.",
            f"Only {group.tally.pieces} people have a whole size. Wait for {FEWEST}, or share the link again.",
            code="too_few",
        )
    await wearers.close(session, group.roster, by=opened.caller.account)
    await groups.count(session, opened, group.tally)
    return see(opened.next())


@pages.get(HOME + "/{place}")
@public
async def show_entry(place: Place, opened: CurrentDraft, session: Session, now: Moment, show: Show) -> Response:
    """One entry: its size can be put right, or it can be taken out. Raises `RosterUnknown` or `WearerUnknown`."""
    group = await groups.get_group(session, opened, now)
    if opened.placed:
        return see(opened.href("kelompok"))
    entry = Entry.of(await queries.get_wearer_at(session, group.roster.id, place))
    return show("shop/kelompok-isian.html", **_around(opened, "kelompok"), entry=entry, chart=opened.chart)


@pages.post(HOME + "/{place}")
@public
async def correct(
    place: Place, form: Annotated[CorrectionForm, Form()], opened: CurrentDraft, session: Session, now: Moment
) -> Response:
    """Put a ready size."""
    roster = (await _changeable(session, opened, now)).roster
    wearer = await queries.get_wearer_at(session, roster.id, place)
    if opened.chart is None or form.size not in opened.chart.sizes:
        raise Invalid("/size", "Pilih salah satu ukuran.", "Choose one of the sizes.", code="unknown_size")
    await wearers.correct(session, roster, wearer, size=form.size, by=opened.caller.account)
    await groups.uncount(session, opened)
    return see(opened.href("kelompok"), later("Ukuran disimpan."))


@pages.post(HOME + "/{place}/hapus")
@public
async def remove(place: Place, opened: CurrentDraft, session: Session, now: Moment) -> Response:
    """Take somebody out; the place is free again."""
    roster = (await _changeable(session, opened, now)).roster
    wearer = await queries.get_wearer_at(session, roster.id, place)
    await wearers.remove(session, roster, wearer, by=opened.caller.account)
    await groups.uncount(session, opened)
    return see(opened.href("kelompok"), later("Isian dihapus. Tempatnya kosong lagi."))


async def _changeable(session: AsyncSession, opened: Opened, now: datetime) -> Group:
    """The group, locked, while nothing is ordered. Raises `RosterOrdered` or `RosterUnknown`."""
    if opened.placed:
        raise RosterOrdered
    return await groups.get_group(session, opened, now, lock=True)
