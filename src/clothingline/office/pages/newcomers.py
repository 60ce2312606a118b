"""Workshops that want to sew for the brands: what each has answered, and the decision of a person."""

from typing import Annotated, Literal

from fastapi import Form, Response

from clothingline.accounts.queries import names_of
from clothingline.certification.schemas import Reason
from clothingline.joining import queries, service
from clothingline.joining.models import Step
from clothingline.joining.schemas import ApplicationId
from clothingline.kit.access import Role
from clothingline.kit.clock import local_date
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.reference import facts
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

HOME = "/admin/pendaftaran"
STEP_WORDS = {
    Step.PLACE: later("Tempat"),
    Step.SKILLS: later("Keahlian"),
    Step.MACHINES: later("Mesin"),
    Step.PIECES: later("Sanggup seminggu"),
    Step.DAYS: later("Hari kerja"),
}
"""What may be missing of an application that was handed in."""

pages = page_router()


class Admitting(PageForm):
    """Where it sews."""

    kind: Literal["home", "workshop"] = "home"


class Refusing(PageForm):
    """Why not; the tailor reads it."""

    reason: Reason


@pages.get(HOME)
@stands_for("tailor_applications_list", *OFFICERS)
async def list_newcomers(session: Session, reach: CurrentReach, asked: Asked, desk: OnDesk) -> Response:
    """Who has handed in and waits, newest first."""
    page = await queries.list_applications(session, reach, state="applied", asked=asked)
    return desk(
        "admin/newcomers.html",
        page=page,
        names=await names_of(session, [one.id for one in page.rows]),
        towns=facts.regencies(),
        garments=facts.garment_types(),
        machines=facts.MACHINE_WORDS,
        steps=STEP_WORDS,
    )


@pages.post(HOME + "/{application_id}/terima")
@stands_for("tailor_applications_admit", Role.ADMIN)
async def admit(
    application_id: ApplicationId,
    form: Annotated[Admitting, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
    now: Now,
) -> Response:
    """From now on work is offered to it, as far as its certificates go."""
    row = await service.admit(
        session,
        tailor_id=application_id,
        kind=form.kind,
        today=local_date(now),
        rules=settings().joining,
        reach=reach,
        by=caller.person,
    )
    said = later("%(name)s diterima di program. Tawaran dikirim sejauh sertifikatnya berlaku.")
    return see(HOME, said, name=(await names_of(session, [row.id]))[row.id])


@pages.post(HOME + "/{application_id}/tolak")
@stands_for("tailor_applications_refuse", Role.ADMIN)
async def refuse(
    application_id: ApplicationId,
    form: Annotated[Refusing, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Not now, for a reason that the tailor reads."""
    row = await service.refuse(session, tailor_id=application_id, reason=form.reason, reach=reach, by=caller.person)
    said = later("Pendaftaran %(name)s ditolak. Alasannya terlihat oleh penjahit.")
    return see(HOME, said, name=(await names_of(session, [row.id]))[row.id])
