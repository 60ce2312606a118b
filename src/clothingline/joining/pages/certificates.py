"""Certificates on the tailor's phone: photos of a new one, and how each one stands."""

from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from clothingline.certification import queries as certificates
from clothingline.certification import service as certification
from clothingline.certification import shown_queries as photos_shown
from clothingline.certification.photos import FOLDER, SIDES, Kept, fault_of
from clothingline.certification.schemas import CertificatePhotoId, ShownId
from clothingline.joining import queries, service
from clothingline.joining.models import OPEN, Step
from clothingline.joining.way import END, START, around, next_page
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, look_think
from clothingline.kit.page import LARGEST, Window
from clothingline.production.storing import redraw_and_store
from clothingline.reference import facts
from clothingline.web.forms import PageForm
from clothingline.web.pictures import picture
from clothingline.web.route import open_to, page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

LIST = "/t/saya/sertifikat"
SHOWN = ("waiting", "needs_photo", "refused")

Again = Annotated[ShownId | None, Query(alias="ulang")]

pages = page_router()


class PhotoForm(PageForm):
    """What is typed beside the photos: a number, if somebody likes; `ulang`: instead of ones that were not clear."""

    number: Annotated[Line, Field(max_length=40)] | None = None
    ulang: ShownId | None = None
    lewati: bool = False


async def _look(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> dict[str, bytes]:
    typed = await request.form()
    files = {side: file for side in SIDES if isinstance(file := typed.get(side), UploadFile) and file.size}
    return {side: await file.read() for side, file in files.items()}


async def _store(pictures: Any) -> dict[str, Kept]:
    return {side: await _kept(side, content) for side, content in pictures.items()}


async def _kept(side: str, content: bytes) -> Kept:
    stored = await redraw_and_store(content, folder=FOLDER, judge=partial(_demand_clear, side))
    picture = stored.picture
    return Kept(stored.path, picture.sha256, picture.width, picture.height, len(picture.content))


def _demand_clear(side: str, content: bytes) -> None:
    if fault := fault_of(content):
        raise Invalid(
            f"/{side}",
            "Foto kurang jelas. Dekatkan dan cari tempat terang.",
            "Photo not clear. Move closer and find light.",
            code=fault,
        )


@pages.get(f"{START}/{Step.CERTIFICATE}")
@open_to(Role.CONSUMER, Role.TAILOR)
async def ask_in_passing(session: Session, caller: CurrentCaller, show: Show) -> Response:
    """The certificate as one of the questions of the sign-up."""
    application = await queries.find_application(session, caller.person)
    if application is None or application.state not in OPEN:
        return see(END)
    return show("joining/certificate.html", application=application, **around(Step.CERTIFICATE))


@pages.post(f"{START}/{Step.CERTIFICATE}")
@open_to(Role.CONSUMER, Role.TAILOR)
@look_think(_look, _store)
async def keep_certificate(
    form: Annotated[PhotoForm, Form()], request: Request, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Keep the photos, or pass them over."""
    application = await queries.find_application(session, caller.person)
    if application is None:
        return see(START)
    if form.lewati:
        await service.skip(session, step=Step.CERTIFICATE, by=caller.person)
    else:
        await _show_it(session, form, request.state.thought, reach, caller.person, application.id)
    return see(await next_page(session, application))


async def _show_it(
    session: AsyncSession, form: PhotoForm, photos: dict[str, Kept], reach: Reach, by: UUID, tailor_id: UUID | None
) -> None:
    if SIDES[0] not in photos:
        raise Invalid(f"/{SIDES[0]}", "Foto dulu bagian depan sertifikat", "Take a photo of the front first")
    await certification.show_certificate(
        session, tailor_id=tailor_id, photos=photos, number=form.number, reach=reach, by=by, again=form.ulang
    )


@pages.get(LIST)
@stands_for("certificates_list", Role.TAILOR)
async def list_certificates(session: Session, reach: CurrentReach, show: Show) -> Response:
    """How each certificate stands, and what to do where something is to be done."""
    page = await certificates.list_certificates(session, reach=reach, asked=Window(limit=LARGEST))
    shown = await photos_shown.list_shown(session, reach=reach, states=SHOWN)
    today = await _today(session)
    return show(
        "joining/certificates.html",
        shown=shown,
        rows=[(one, one.standing(today), (one.valid_until - today).days) for one in page.rows],
        schemes=facts.skkni_schemes(),
        joining=await queries.is_joining(session, reach),
        end=END,
    )


async def _today(session: AsyncSession) -> date:
    return local_date(await business_now(session))


@pages.get(f"{LIST}/baru")
@stands_for("certificates_claim", Role.TAILOR)
async def ask_for_certificate(session: Session, reach: CurrentReach, show: Show, again: Again = None) -> Response:
    """Photos of a certificate, or other photos of one that could not be read."""
    asked = await photos_shown.get_shown(session, again, reach) if again else None
    return show("joining/new_certificate.html", asked=asked)


@pages.post(f"{LIST}/baru")
@stands_for("certificates_claim", Role.TAILOR)
@look_think(_look, _store)
async def show_certificate(
    form: Annotated[PhotoForm, Form()], request: Request, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Send them to an officer."""
    await _show_it(session, form, request.state.thought, reach, caller.person, None)
    return see(LIST, later("Diterima. Diperiksa paling lambat 2 hari kerja."))


@pages.get(f"{LIST}/foto/{{photo_id}}", response_class=StreamingResponse)
@stands_for("certificates_show")
async def show_photo(photo_id: CertificatePhotoId, session: Session, reach: CurrentReach) -> StreamingResponse:
    """The photo itself, for the tailor and for officers."""
    photo = await photos_shown.get_photo(session, photo_id, reach)
    return picture(photo.path, photo.size)
