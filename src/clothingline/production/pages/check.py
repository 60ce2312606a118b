"""The quality check of a maker's part: how many pieces to look at and why, the tally, and the verdict of the tables.

The tally stands in the address until it is finished, so that a page that is loaded again has lost nothing.
"""

from collections import Counter
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Form, Query, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Words
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, look_think
from clothingline.kit.ids import read
from clothingline.kit.ids import show as typed_id
from clothingline.production import defects, queries, service, sheet
from clothingline.production.errors import InspectionUnknown, JobUnknown
from clothingline.production.schemas import InspectionId, JobId, RunId
from clothingline.production.sheet import Part, Sheet
from clothingline.production.standing import Standing
from clothingline.production.storing import Stored, redraw_and_store
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
CHECK = "/merek/produksi/{run_id}/qc"
DEFECT_WORDS = {
    "needle": later("Jarum atau benda tajam"),
    "skipped": later("Jahitan loncat"),
    "measure": later("Ukuran meleset"),
    "stain": later("Noda"),
    "button": later("Kancing lepas atau salah"),
    "hole": later("Kain robek"),
    "thread": later("Benang sisa"),
    "pucker": later("Jahitan berkerut"),
    "label": later("Label miring"),
}
CLASS_WORDS = {"critical": later("Kritis"), "major": later("Mayor"), "minor": later("Minor")}

pages = page_router()


class Planning(PageForm):
    """Whose part is looked at, and how closely."""

    job: JobId
    level: Literal["I", "II", "III"] = "II"


class Photographing(PageForm):
    """Which defect a photo shows, and the tally so far."""

    defect: str = ""
    tally: str | None = None


class Judging(PageForm):
    """What was counted, and what must be put right."""

    tally: str | None = None
    reason: Annotated[Words, Field(min_length=3, max_length=500)] | None = None


@pages.get(CHECK)
@stands_for("inspections_show", *BRAND)
async def show_check(
    run_id: RunId,
    request: Request,
    *,
    session: Session,
    reach: CurrentReach,
    show: Show,
    job: Annotated[JobId | None, Query(alias="pekerjaan")] = None,
    tally: Annotated[str | None, Query(alias="hitung", max_length=200)] = None,
    more: Annotated[str | None, Query(alias="tambah", max_length=20)] = None,
    less: Annotated[str | None, Query(alias="kurang", max_length=20)] = None,
) -> Response:
    """Choose a part, plan its check, or count on. A count that is changed leads to the address that holds it."""
    found = await sheet.get_sheet(session, run_id, reach)
    part = _chosen(found, job)
    refused = getattr(request.state, "form", None)
    counts = defects.read_tally(refused.value("tally") if refused else tally)
    if part is not None and (more or less):
        return see(_address(run_id, part.job.id, _counted(counts, more, less)))
    check = part.checks[0] if part and part.checks else None
    return show(
        "brands/check.html",
        sheet=found,
        ref=typed_id("run", run_id),
        part=part,
        job_ref=lambda one: typed_id("job", one),
        standing=Standing(check, counts) if check else None,
        check_ref=typed_id("ins", check.id) if check else None,
        tally=defects.write_tally(counts),
        defects=[(code, words, defects.CLASS_OF[code]) for code, words in DEFECT_WORDS.items()],
        classes=CLASS_WORDS,
        words=DEFECT_WORDS,
        photos=await queries.list_defect_photos(session, [check.id]) if check else [],
    )


def _chosen(found: Sheet, job_id: UUID | None) -> Part | None:
    """The part that was asked for, else the only one that waits. Raises `JobUnknown` for one of another run."""
    if job_id is None:
        waiting = [part for part in found.parts if part.job.state == "submitted"]
        return waiting[0] if len(waiting) == 1 else None
    part = next((part for part in found.parts if part.job.id == job_id), None)
    if part is None:
        raise JobUnknown
    return part


def _counted(counts: Counter[str], more: str | None, less: str | None) -> Counter[str]:
    changed = Counter(counts)
    for defect, step in ((more, 1), (less, -1)):
        if defect in defects.CLASS_OF:
            changed[defect] = max(changed[defect] + step, 0)
    return changed


def _address(run_id: UUID, job_id: UUID, counts: Counter[str]) -> str:
    asked = {"pekerjaan": typed_id("job", job_id), "hitung": defects.write_tally(counts)}
    return f"{_path(run_id)}?{urlencode(asked)}"


def _path(run_id: UUID) -> str:
    return CHECK.format(run_id=typed_id("run", run_id))


@pages.post(CHECK)
@stands_for("inspections_create", *BRAND)
async def plan_check(
    run_id: RunId,
    form: Annotated[Planning, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Freeze how many pieces are looked at before anybody counts."""
    await service.plan_inspection(session, job_id=form.job, level=form.level, reach=reach, by=caller.person)
    return see(_address(run_id, form.job, Counter()))


async def _look(session: AsyncSession, request: Request, _: Caller, reach: Reach) -> bytes:
    """The photo, once it is sure that the check is the caller's. Raises `InspectionUnknown`, or `Invalid` without."""
    try:
        inspection_id = read("ins", request.path_params["inspection_id"])
    except ValueError as error:
        raise InspectionUnknown from error
    await queries.get_inspection(session, inspection_id, reach)
    file = (await request.form()).get("photo")
    if not isinstance(file, UploadFile) or not file.size:
        raise Invalid("/photo", "Ambil foto cacatnya dulu.", "Take a photo of the defect first.", code="missing")
    return await file.read()


@pages.post(CHECK + "/{inspection_id}/foto")
@stands_for("photos_create", *BRAND)
@look_think(_look, redraw_and_store)
async def photograph(
    run_id: RunId,
    inspection_id: InspectionId,
    form: Annotated[Photographing, Form()],
    *,
    request: Request,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """A picture of a defect; the count goes on where it was."""
    stored: Stored = request.state.thought
    photo = await service.add_defect_photo(
        session,
        inspection_id=inspection_id,
        defect=form.defect,
        path=stored.path,
        picture=stored.picture,
        reach=reach,
        by=caller.person,
    )
    return see(_address(run_id, photo.job_id, defects.read_tally(form.tally)), later("Foto tersimpan."))


@pages.post(CHECK + "/{inspection_id}/selesai")
@stands_for("inspections_judge", *BRAND)
async def finish(
    run_id: RunId,
    inspection_id: InspectionId,
    form: Annotated[Judging, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """The tables decide: it passes, or goes back to its maker with what was found."""
    counts = defects.read_tally(form.tally)
    judged = await service.judge(
        session,
        inspection_id=inspection_id,
        found=defects.by_class(counts),
        reason=form.reason or _said(counts),
        reach=reach,
        by=caller.person,
    )
    said = later("Lolos periksa mutu.") if judged.state == "passed" else later("Kembali ke penjahit untuk diperbaiki.")
    return see(f"/merek/produksi/{typed_id('run', run_id)}", said)


def _said(counts: Counter[str]) -> str | None:
    return ", ".join(f"{DEFECT_WORDS[code]} {counts[code]}" for code in DEFECT_WORDS if counts[code]) or None
