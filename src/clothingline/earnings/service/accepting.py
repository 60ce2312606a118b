"""The order is accepted: everything that is left in its escrow finds its owner, except what a chargeback is about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import postings, queries
from clothingline.earnings.events import EarningsReleased
from clothingline.earnings.models import Earning
from clothingline.earnings.service.account import Account, held_in_escrow
from clothingline.earnings.service.earning import earn_rows
from clothingline.earnings.service.expecting import follow
from clothingline.earnings.service.holding import carve
from clothingline.earnings.service.releasing import pay
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.events import emit
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.errors import EscrowShort


async def release_order(session: AsyncSession, *, order_id: UUID) -> bool:
    """Makers who wait, cloth, brand, couriers, platform and taxes are paid. Raises `EscrowShort`.

    Escrow is empty then, unless money that was to go back to the consumer did not arrive.

    False when the order is not accepted, its price is not frozen, or it was released before.
    """
    account, now = await follow(session, order_id), await business_now(session)
    if account.order.state != "accepted" or not account.is_open:
        return False
    await earn_rows(session, account, account.in_state("expected"), now)
    due = await _due(session, account, now)
    if not due and not any(account.closing.values()):
        return False
    leaving = sum(row.amount_idr for row in due) + sum(account.closing.values())
    if await held_in_escrow(session, account) < leaving:
        raise EscrowShort
    await pay(session, account, due, today=local_date(now))
    await ledger.book_all(session, [*account.postings, *postings.closed(account.order, **account.closing)])
    await emit(session, EarningsReleased(order_id), audience=sorted({row.organisation_id for row in due}))
    return True


async def _due(session: AsyncSession, account: Account, now: datetime) -> list[Earning]:
    """What leaves escrow now; pieces worth what open chargebacks have set aside wait."""
    for dispute_id, amount in await queries.list_disputed(session, chart.escrow(account.order).code):
        await carve(session, account, dispute_id=dispute_id, amount_idr=amount, now=now)
    earned = account.in_state("earned")
    held = {one.earning_id for one in await queries.list_live_holds(session, [row.id for row in earned])}
    return [row for row in earned if row.id not in held]
