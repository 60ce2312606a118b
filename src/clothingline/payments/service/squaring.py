"""A cancelled order: what the guarantee fund gave for it, and what was written off, comes out of its own escrow."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.models import Dispute, Refund


async def repay_fund(session: AsyncSession, order: Order) -> int:
    """Nobody earns anything of a cancelled order: escrow bears what went back of it, and nobody owes for that.

    For an order under its lock, after everything that is left was set aside. A refund that is under way follows when it
    is settled, since it may fail. Returns how many refunds and chargebacks it bears from now on.
    """
    if order.state != "cancelled":
        return 0
    refunds = await queries.list_lent_refunds(session, order.id)
    disputes = await queries.list_lent_disputes(session, order.id)
    causes = [*(("refund", row.id) for row in refunds), *(("dispute", row.id) for row in disputes)]
    forgiven = await earnings.forgive(session, causes=causes) if causes else []
    borne = [await _bear_refund(session, order, row) for row in refunds]
    borne += [await _bear_dispute(session, order, row) for row in disputes]
    await ledger.book_all(session, [*borne, *forgiven])
    return len(borne)


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
