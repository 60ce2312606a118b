"""The money of a brand and of a supplier: the ledger first, then what leaves, statements, and a table of earnings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.desk import money
from clothingline.earnings import queries as earnings
from clothingline.kit.access import Reach, Role
from clothingline.kit.http import csv
from clothingline.kit.http.route import CurrentReach, Now, Session
from clothingline.kit.page import Window
from clothingline.papers import queries as papers
from clothingline.payouts import queries as payouts
from clothingline.payouts import service
from clothingline.payouts.schemas import PayeeId
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later
from clothingline.web.written import thousands

OWNERS = (Role.BRAND_OWNER, Role.SUPPLIER)
BRAND, SUPPLIER = "/merek/uang", "/pemasok/uang"
ROWS = 50

pages = page_router()


@pages.get(BRAND)
@stands_for("earnings_list", Role.BRAND_OWNER)
async def show_brand(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What buyers have paid in, what is owed out of it, what is the brand's own, and what has left."""
    held = await money.get_held(session, reach.brands)
    return show("brands/money.html", held=held, purse=BRAND, **await _own(session, reach))


@pages.get(SUPPLIER)
@stands_for("earnings_list", Role.SUPPLIER)
async def show_supplier(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What cloth has brought, and what has left."""
    return show("suppliers/money.html", purse=SUPPLIER, **await _own(session, reach))


async def _own(session: AsyncSession, reach: Reach) -> dict[str, Any]:
    organisations = reach.of(*OWNERS)
    payees = await payouts.list_payees(session, reach, state=None, asked=Window())
    sent = (await payouts.list_payouts(session, reach, payee_id=None, state=None, asked=Window())).rows
    return {
        "sums": await earnings.sums_by_state(session, organisations),
        "rows": await money.list_earned(session, organisations, limit=ROWS),
        "payees": payees.rows,
        "available": await payouts.available_to(session, [one.id for one in payees.rows]),
        "payouts": sent,
        "items": await payouts.items_of(session, [one.id for one in sent]),
        "papers": (await papers.list_documents(session, reach, kind=None, order_id=None, asked=Window())).rows,
    }


async def _pay_now(session: AsyncSession, reach: Reach, payee_id: UUID, now: datetime, home: str) -> Response:
    payout = await service.collect_wished(session, payee_id=payee_id, now=now, reach=reach)
    said = later("Rp %(rp)s sedang dikirim. Hasilnya tampil di bawah.")
    return see(home, said, rp=thousands(payout.amount_idr))


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


@pages.get(BRAND + "/penghasilan.csv")
@stands_for("earnings_list", Role.BRAND_OWNER)
async def export_brand(session: Session, reach: CurrentReach) -> Response:
    """What was earned as a table, the newest 5,000 lines."""
    return await _export(session, reach)


@pages.get(SUPPLIER + "/penghasilan.csv")
@stands_for("earnings_list", Role.SUPPLIER)
async def export_supplier(session: Session, reach: CurrentReach) -> Response:
    """What was earned as a table, the newest 5,000 lines."""
    return await _export(session, reach)


async def _export(session: AsyncSession, reach: Reach) -> Response:
    rows = await money.list_earned(session, reach.of(*OWNERS), limit=money.MOST_ROWS)
    headers = {"Content-Disposition": 'attachment; filename="penghasilan.csv"', "Cache-Control": "no-store"}
    return Response(money.as_csv(rows), headers=headers, media_type=csv.MEDIA_TYPE)
