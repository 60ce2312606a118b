"""A cancelled order: what the guarantee fund gave for it, and what was written off, comes out of its own escrow."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.models import Dispute, Refund

Row = TypeVar("Row", Refund, Dispute)


async def repay_fund(session: AsyncSession, order: Order) -> int:
    """Nobody earns anything of a cancelled order: escrow bears what went back of it, and nobody owes for that.

    For an order under its lock, after everything that is left was set aside. A refund that is under way follows when it
    is settled, since it may fail. What escrow cannot bear beside what its consumer is owed stays with the fund. Returns
    how many refunds and chargebacks it bears from now on.
    """
    if order.state != "cancelled":
        return 0
    free = await ledger.held(session, chart.escrow(order)) - await queries.owed_idr(session, order.id)
    refunds, free = _within(free, await queries.list_lent_refunds(session, order.id), "from_escrow_idr")
    disputes, _ = _within(free, await queries.list_lent_disputes(session, order.id), "held_idr")
    causes = [*(("refund", row.id) for row in refunds), *(("dispute", row.id) for row in disputes)]
    forgiven = await earnings.forgive(session, causes=causes) if causes else []
    borne = [await _bear_refund(session, order, row) for row in refunds]
    borne += [await _bear_dispute(session, order, row) for row in disputes]
    await ledger.book_all(session, [*borne, *forgiven])
    return len(borne)


def _within(free: int, rows: Sequence[Row], borne: str) -> tuple[list[Row], int]:
    """Those of which escrow can bear the whole, of which it has `borne` a part; and what it can spare after them."""
    found = []
    for row in rows:
        rest = row.amount_idr - getattr(row, borne)
        if rest <= free:
            found.append(row)
            free -= rest
    return found, free


async def _bear_refund(session: AsyncSession, order: Order, row: Refund) -> Posting:
    lines = ((chart.escrow(order), row.from_fund_idr), (chart.GUARANTEE, -row.from_fund_idr))
    values = {"from_escrow_idr": row.amount_idr, "from_fund_idr": 0}
    await session.execute(update(Refund).where(Refund.id == row.id).values(**values))
    return Posting("refund", row.id, "repay", lines, row.step)


async def _bear_dispute(session: AsyncSession, order: Order, row: Dispute) -> Posting:
    rest, fund = row.amount_idr - row.held_idr, row.from_fund_idr
    lines = ((chart.escrow(order), rest), (chart.GUARANTEE, -fund), (chart.WRITTEN_OFF, fund - rest))
    values = {"held_idr": row.amount_idr, "from_fund_idr": 0}
    await session.execute(update(Dispute).where(Dispute.id == row.id).values(**values))
    return Posting("dispute", row.id, "repay", tuple((account, amount) for account, amount in lines if amount))
