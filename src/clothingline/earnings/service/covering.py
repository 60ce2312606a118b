"""Who gives what goes back to a consumer: escrow at the brand's cost, then the guarantee fund, never a maker."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.errors import FundShort
from clothingline.earnings.service.account import Account, free_in_escrow, held_in_escrow, open_account, reread
from clothingline.earnings.service.expecting import bring
from clothingline.earnings.service.holding import bearable
from clothingline.earnings.service.owing import Cause, forgive, owe
from clothingline.kit.money import portion
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders import service as order_steps
from clothingline.orders.models import Order
from clothingline.orders.waterfall import by_code


@dataclass(frozen=True)
class Cover:
    """From where an amount comes, and what is to be booked in the same call as the cause's own lines."""

    from_escrow_idr: int
    from_fund_idr: int
    postings: tuple[Posting, ...]


async def cover(
    session: AsyncSession,
    *,
    order: Order,
    amount_idr: int,
    debtor: UUID | None,
    cause: Cause,
    beside_idr: int = 0,
    by: UUID | None = None,
) -> Cover:
    """Find the money for something that a party owes a consumer: of its own margin in escrow, then of the fund.

    The price falls by what escrow gives, unless the order has ended; what the fund gives is the debtor's debt. Until it
    has ended, the `beside_idr` in escrow that do not pay for it stay there. The caller books `escrow` and
    `guarantee:fund` against its own account. Raises `FundShort`.
    """
    account = await open_account(session, order.id)
    given = await _of_escrow(session, account, amount_idr, cause[1], beside=beside_idr, by=by)
    lent = amount_idr - given
    if lent > 0:
        if debtor is None:
            raise FundShort(short_idr=lent)
        account.postings.append(await owe(session, order=order, debtor=debtor, cause=cause, amount_idr=lent))
        if await ledger.held(session, chart.GUARANTEE) < lent:
            raise FundShort(short_idr=lent)
    return Cover(given, lent, tuple(account.postings))


async def _of_escrow(
    session: AsyncSession, account: Account, amount: int, cause_id: UUID, *, beside: int, by: UUID | None
) -> int:
    if not account.is_open:
        return min(amount, await held_in_escrow(session, account))
    free = max(0, await free_in_escrow(session, account) - beside)
    parts = _brands(account, min(amount, free))
    for code, part in parts.items():
        await order_steps.reduce_price(
            session, order=account.order, amount_idr=part, bearers=[code], cause_id=cause_id, by=by
        )
    await reread(session, account)
    await bring(session, account)
    return parts.total()


def _brands(account: Account, amount_idr: int) -> Counter[str]:
    """The part of an amount that the brand can bear in its margin, with the PPN that it need not pay for it."""
    sums, price = by_code(account.lines), sum(account.lines.values())
    tax = portion(amount_idr, sums["ppn"], price)
    margin = bearable(account, amount_idr - tax, ["brand_margin"])["brand_margin"]
    if margin < amount_idr - tax:
        tax = portion(margin, sums["ppn"], price - sums["ppn"])
    return +Counter({"brand_margin": margin, "ppn": min(tax, sums["ppn"])})


async def uncover(session: AsyncSession, *, order: Order, cause: Cause, by: UUID | None = None) -> tuple[Posting, ...]:
    """What was covered has not arrived and is with us again: price, shares and debt are what they were.

    The price of an order that was closed stays: what it was lowered by waits in escrow for the consumer. The caller
    books the contrary of its own lines in the same call.
    """
    account = await open_account(session, order.id)
    if not account.closed:
        await order_steps.restore_price(session, order=order, cause_id=cause[1], by=by)
        await reread(session, account)
        await bring(session, account)
    return (*account.postings, *await forgive(session, causes=[cause]))
