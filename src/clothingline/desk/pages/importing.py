"""The stock of a supplier from a table: first what would be saved, or every line that must be put right; then all."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from clothingline.desk.lots import COLUMNS, MOST_BYTES, NEEDED, SAMPLE, Fault, Table, read_table
from clothingline.desk.pages.stock import STOCK, SUPPLIER
from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.http import csv
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.materials import queries, service
from clothingline.reference import facts
from clothingline.web.forms import Form as Shown
from clothingline.web.forms import Mistake, PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, language, see
from clothingline.web.words import later

HOME = STOCK + "/impor"

pages = page_router()


class Kept(PageForm):
    """The table that was looked at, on its way to be saved."""

    table: Annotated[str, Field(max_length=MOST_BYTES)]


@pages.get(HOME)
@stands_for("lots_create", SUPPLIER)
async def ask_for_table(show: Show) -> Response:
    """Which columns a table has, and a file to send."""
    return show("suppliers/import.html", **_known())


def _known(faults: Sequence[Fault] = ()) -> dict[str, Any]:
    return {"faults": faults, "columns": COLUMNS, "needed": NEEDED, "kinds": facts.FABRIC_CLASS_WORDS}


@pages.get(HOME + "/contoh.csv")
@stands_for("lots_create", SUPPLIER)
async def give_sample() -> Response:
    """The headings and one line, to be filled on."""
    headers = {"Content-Disposition": 'attachment; filename="stok.csv"'}
    return Response(csv.table(list(COLUMNS), [SAMPLE]), headers=headers, media_type=csv.MEDIA_TYPE)


@pages.post(HOME + "/periksa")
@stands_for("lots_create", SUPPLIER)
async def look(request: Request, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What would be saved; nothing is. Raises `Invalid` without a file."""
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.size:
        raise Invalid("/file", "Pilih berkas CSV dulu.", "Choose a CSV file first.", code="missing")
    content = await file.read(MOST_BYTES + 1)
    _, table = await _read(session, content, reach, language(request))
    if table.faults:
        return _refuse(show, table)
    text = content.decode("utf-8-sig")
    return show("suppliers/import_look.html", lots=table.lots, table=text, **_known())


async def _read(
    session: AsyncSession, content: bytes, reach: Reach, spoken: str, *, lock: bool = False
) -> tuple[UUID, Table]:
    supplier = service.acting_supplier(None, reach)
    known = await queries.codes_of(session, supplier, lock=lock)
    return supplier, read_table(content, known=known, language=spoken)


def _refuse(show: Show, table: Table) -> Response:
    """The page again, every fault named; nothing of the table is saved."""
    mistakes = [Mistake("file", one.message) for one in table.faults if not one.line]
    form = Shown({}, mistakes or [Mistake("file", str(len(table.faults)))])
    return show("suppliers/import.html", status=422, form=form, **_known(table.faults))


@pages.post(HOME)
@stands_for("lots_create", SUPPLIER)
async def save(
    request: Request,
    form: Annotated[Kept, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
    show: Show,
) -> Response:
    """Every lot of the table with what lies on the shelf, or none."""
    supplier, table = await _read(session, form.table.encode(), reach, language(request), lock=True)
    if table.faults:
        return _refuse(show, table)
    for one in table.lots.values():
        given = one.model_dump(exclude={"metres"})
        lot = await service.add_lot(session, supplier_id=supplier, by=caller.account, **given)
        if one.metres:
            await service.receive_stock(
                session, lot_id=lot.id, cm=one.metres, note=None, reach=reach, by=caller.account
            )
    return see(STOCK, later("%(n)s lot tersimpan dari berkas."), n=len(table.lots))
