"""The money of a brand and of a supplier: the ledger first, then what leaves, statements, and everything as a table."""

from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.desk import money
from clothingline.kit import storage
from clothingline.kit.access import Reach, Role
from clothingline.kit.http.route import CurrentReach, Now, Session
from clothingline.kit.page import Window
from clothingline.papers import queries as papers
from clothingline.papers.errors import DocumentNotMade
from clothingline.papers.schemas import DocumentId
from clothingline.payouts import queries as payouts
from clothingline.payouts import service
from clothingline.payouts.schemas import PayeeId, PayoutId
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

OWNERS = (Role.BRAND_OWNER, Role.SUPPLIER)
BRAND, SUPPLIER = "/merek/uang", "/pemasok/uang"
ROWS = 50

pages = page_router()


@pages.get(BRAND)
@stands_for("earnings_list", Role.BRAND_OWNER)
async def show_brand(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What buyers have paid in, what is owed out of it, what is the brand's own, and what has left."""
    held = await money.get_held(session, reach.brands)
    return show("brands/money.html", held=held, home=BRAND, **await _own(session, reach))


@pages.get(SUPPLIER)
@stands_for("earnings_list", Role.SUPPLIER)
async def show_supplier(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What cloth has brought, and what has left."""
    return show("suppliers/money.html", home=SUPPLIER, **await _own(session, reach))


async def _own(session: AsyncSession, reach: Reach) -> dict[str, Any]:
    organisations = reach.of(*OWNERS)
    payees = await payouts.list_payees(session, reach, state=None, asked=Window())
    return {
        "sums": await money.sums_by_state(session, organisations),
        "rows": await money.list_earned(session, organisations, limit=ROWS),
        "payees": payees.rows,
        "available": await payouts.available_to(session, [one.id for one in payees.rows]),
        "payouts": (await payouts.list_payouts(session, reach, payee_id=None, state=None, asked=Window())).rows,
        "papers": (await papers.list_documents(session, reach, kind=None, order_id=None, asked=Window())).rows,
    }


async def _pay_now(session: AsyncSession, reach: Reach, payee_id: Any, now: Any, home: str) -> Response:
    payout = await service.collect_wished(session, payee_id=payee_id, now=now, reach=reach)
    said = later("Rp %(rp)s sedang dikirim. Hasilnya tampil di bawah.")
    return see(home, said, rp=f"{payout.amount_idr:,}".replace(",", "."))


@pages.post(BRAND + "/{payee_id}/kirim")
@stands_for("payouts_create", Role.BRAND_OWNER)
async def pay_brand(payee_id: PayeeId, session: Session, reach: CurrentReach, now: Now) -> Response:
    """Everything that is available now, without waiting for its day."""
    return await _pay_now(session, reach, payee_id, now, BRAND)


@pages.post(SUPPLIER + "/{payee_id}/kirim")
@stands_for("payouts_create", Role.SUPPLIER)
async def pay_supplier(payee_id: PayeeId, session: Session, reach: CurrentReach, now: Now) -> Response:
    """Everything that is available now, without waiting for its day."""
    return await _pay_now(session, reach, payee_id, now, SUPPLIER)


@pages.get("/uang/penghasilan.csv")
@stands_for("earnings_list", *OWNERS)
async def export(session: Session, reach: CurrentReach) -> Response:
    """Everything earned as a table, newest first."""
    rows = await money.list_earned(session, reach.of(*OWNERS), limit=money.MOST_ROWS)
    headers = {"Content-Disposition": 'attachment; filename="penghasilan.csv"', "Cache-Control": "no-store"}
    return Response(money.as_csv(rows), headers=headers, media_type="text/csv")


@pages.get("/uang/kiriman/{payout_id}")
@stands_for("payouts_show", *OWNERS)
async def show_payout(payout_id: PayoutId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """One transfer and what it is for."""
    payout = await payouts.get_payout(session, payout_id, reach)
    items = (await payouts.items_of(session, [payout.id]))[payout.id]
    layout, home = ("layouts/supplier.html", SUPPLIER) if reach.suppliers else ("layouts/brand.html", BRAND)
    return show("brands/payout.html", payout=payout, items=items, layout=layout, home=home)


@pages.get("/uang/surat/{document_id}", response_class=StreamingResponse)
@stands_for("documents_download", *OWNERS)
async def download(document_id: DocumentId, session: Session, reach: CurrentReach) -> StreamingResponse:
    """A statement or another paper as PDF. Raises `DocumentNotFound` or `DocumentNotMade`."""
    row = await papers.get_document(session, document_id, reach)
    if row.path is None:
        raise DocumentNotMade
    name = row.number.replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return StreamingResponse(storage.current().read(row.path), headers=headers, media_type="application/pdf")
