"""One question a page, each kept as soon as it is answered: whoever comes back goes on where they stopped."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Form, Query, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.joining import queries, service
from clothingline.joining.asking import asked_of, column_of, place_named
from clothingline.joining.models import OPEN, Step, TailorApplication
from clothingline.joining.tasks_left import tasks_of
from clothingline.joining.way import END, START, around, next_page
from clothingline.kit.access import Reach, Role
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.web.forms import PageForm
from clothingline.web.route import open_to, page_router
from clothingline.web.showing import Show, see
from clothingline.web.words import later

Search = Annotated[str, Query(alias="cari", max_length=80, pattern=r"^[^\x00]*$")]

pages = page_router()


class Answer(PageForm):
    """The answer to any one of the questions; `lewati`: not now."""

    name: Annotated[Line, Field(max_length=80)] | None = None
    town: Annotated[Line, Field(max_length=80)] | None = None
    regency_code: Annotated[Line, Field(max_length=5)] | None = None
    garments: list[Line] | None = None
    machines: list[Line] | None = None
    weekly_pieces: int | None = None
    weekdays: list[int] | None = None
    lewati: bool = False


@pages.get(START)
@open_to(Role.CONSUMER, Role.TAILOR)
async def resume(session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """On to the first question that was not seen yet; whoever sews here already is led to work."""
    application = await queries.find_application(session, caller.person)
    if application is None:
        return see("/t" if reach.tailors else f"{START}/{Step.NAME}")
    return see(await next_page(session, application))


@pages.get(END)
@open_to(Role.CONSUMER, Role.TAILOR)
async def show_end(session: Session, caller: CurrentCaller, reach: CurrentReach, show: Show) -> Response:
    """What was answered, what is missing, and what each of it unlocks."""
    application = await queries.find_application(session, caller.person)
    if application is None:
        return see(START)
    payee = await queries.find_payee(session, reach)
    tasks = tasks_of(application, await queries.steps_done(session, application), payee)
    return show("joining/end.html", application=application, tasks=tasks, payee=payee)


@pages.post(END)
@open_to(Role.CONSUMER, Role.TAILOR)
async def submit(session: Session, caller: CurrentCaller) -> Response:
    """Hand it in."""
    await service.submit(session, by=caller.person)
    return see(END, later("Pendaftaran terkirim."))


@pages.get(START + "/{step}")
@open_to(Role.CONSUMER, Role.TAILOR)
async def ask(
    step: Step, session: Session, caller: CurrentCaller, reach: CurrentReach, show: Show, search: Search = ""
) -> Response:
    """One question, with what was answered before."""
    application = await queries.find_application(session, caller.person)
    if application is None and (step is not Step.NAME or reach.tailors):
        return see(START)
    if application is not None and application.state not in OPEN:
        return see(END)
    told = await asked_of(session, step, application, search=search)
    return show(f"joining/{step.name.lower()}.html", application=application, **around(step), **told)


@pages.post(START + "/{step}")
@open_to(Role.CONSUMER, Role.TAILOR)
async def keep(
    step: Step, form: Annotated[Answer, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Keep the answer, and on. A town that fits several places is asked again with those."""
    if step is Step.PLACE and not form.lewati and form.regency_code is None:
        found = await place_named(session, form.town)
        if found is None:
            return see(f"{START}/{step}?cari={quote(form.town or '')}")
        form.regency_code = found
    application = await _kept(session, step, form, caller.person, reach)
    return see(await next_page(session, application))


async def _kept(session: AsyncSession, step: Step, form: Answer, by: Any, reach: Reach) -> TailorApplication:
    if form.lewati:
        return await service.skip(session, step=step, by=by)
    if step is Step.NAME:
        return await service.start(session, name=_needed("name", form.name), by=by)
    if step is Step.BANK:
        await service.open_bank_account(session, reach=reach, by=by)
        return await service.answer(session, changes={}, by=by)
    column = column_of(step)
    return await service.answer(session, changes={column: _needed(column, getattr(form, column))}, by=by)


def _needed(name: str, value: Any) -> Any:
    if value in (None, []):
        raise Invalid(f"/{name}", "Isi dulu, lalu lanjut", "Answer this first, then continue")
    return value
