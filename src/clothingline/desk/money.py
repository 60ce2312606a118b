"""Where the money of a brand or a supplier is: paid in by buyers, owed, its own, and gone out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Earning
from clothingline.kit.clock import local_date
from clothingline.kit.http import csv
from clothingline.materials.models import Reservation
from clothingline.orders.models import Order
from clothingline.production.models import Job

RUNNING: Final = ("placed", "action_required", "confirmed", "in_production", "ready", "shipped", "delivered")
METRE_CM: Final = 100
MOST_ROWS: Final = 5_000
HEAD: Final = ("pesanan", "sumber", "keadaan", "jumlah_idr", "pajak_idr", "jaminan_idr", "bersih_idr", "dicatat")


@dataclass(frozen=True)
class Held:
    """Of orders that are not accepted yet, whole rupiah: paid in by buyers, owed out of it to makers and for cloth."""

    paid_in_idr: int
    makers_idr: int
    cloth_idr: int


async def get_held(session: AsyncSession, brands: frozenset[UUID]) -> Held:
    """What is held for the running orders of these brands. One statement."""
    running = select(Order.id).where(Order.brand_id.in_(brands), Order.state.in_(RUNNING))
    paid = select(func.coalesce(func.sum(Order.paid_idr), 0)).where(Order.id.in_(running))
    makers = select(func.coalesce(func.sum(Job.pay_idr), 0)).where(Job.order_id.in_(running), Job.state != "cancelled")
    of_cloth = func.sum((Reservation.cm * Reservation.price_idr + METRE_CM - 1) // METRE_CM)
    cloth = select(func.coalesce(of_cloth, 0)).where(
        Reservation.claim.in_(running), Reservation.state.in_(("requested", "confirmed", "cut"))
    )
    row = (await session.execute(select(*(one.scalar_subquery() for one in (paid, makers, cloth))))).one()
    return Held(*(int(one) for one in row))


async def list_earned(
    session: AsyncSession, organisations: frozenset[UUID], *, limit: int
) -> Sequence[tuple[Earning, str]]:
    """Earnings with the code of their order, newest first. One statement."""
    query = select(Earning, Order.code).join(Order, Order.id == Earning.order_id)
    mine = (Earning.organisation_id.in_(organisations), Earning.state != "voided")
    rows = await session.execute(query.where(*mine).order_by(Earning.id.desc()).limit(limit))
    return [(earning, code) for earning, code in rows]


def as_csv(rows: Sequence[tuple[Earning, str]]) -> str:
    """The earnings as a table for a spreadsheet, in whole rupiah."""
    return csv.table(HEAD, (_line_of(one, code) for one, code in rows))


def _line_of(one: Earning, code: str) -> tuple[csv.Cell, ...]:
    amounts = (one.amount_idr, one.withheld_idr, one.recovered_idr, one.net_idr)
    return (code, one.source_type, one.state, *amounts, local_date(one.created_at).isoformat())
