"""What leaves escrow: makers by the calendar whatever the consumer does, then cloth, and at acceptance the rest."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import postings, queries
from clothingline.earnings.events import EarningAvailable
from clothingline.earnings.models import EARNING, Advance, Earning
from clothingline.earnings.service.account import Account, free_in_escrow, held_in_escrow, open_account
from clothingline.earnings.service.owing import lock_debts, recover
from clothingline.kit import alarms
from clothingline.kit.clock import business_now, business_time, local_date
from clothingline.kit.events import emit
from clothingline.kit.failpoints import syncpoint
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.orders.waterfall import by_code
from clothingline.taxes import service as taxes

WAITING = ("reservation", "machine")
"""Sources of what is paid as soon as escrow leaves the makers' pay whole."""
LABOUR_WAITS = "labour_waits"
"""Name of the alarm for a maker who is not paid in time because neither escrow nor the guarantee fund can."""


async def release_due(session: AsyncSession, *, earning_id: UUID) -> bool:
    """A maker's time has come: its pay leaves escrow, and the guarantee fund lends what is missing there.

    False when it is not so (any more), or when the fund cannot: then the alarm sounds, and it is tried again.
    """
    order_id = await queries.find_order_of(session, earning_id)
    if order_id is None:
        return False
    account, now = await open_account(session, order_id), await business_now(session)
    ripe = [row for row in account.in_state("earned", "job") if row.id == earning_id and _is_ripe(row, now)]
    await lock_debts(session, account, ripe)
    if not ripe or not await fill_up(session, account, ripe[0]):
        return False
    await pay(session, account, ripe, today=local_date(now))
    await ledger.book_all(session, account.postings)
    await alarms.clear(session, name=LABOUR_WAITS, subject=show("ern", earning_id))
    return True


def _is_ripe(row: Earning, now: datetime) -> bool:
    return row.available_at is not None and row.available_at <= now


async def fill_up(session: AsyncSession, account: Account, row: Earning) -> bool:
    """Let the guarantee fund put in what escrow lacks for this share; False, and an alarm, when it cannot."""
    missing = row.amount_idr - await held_in_escrow(session, account)
    if missing <= 0:
        return True
    if await ledger.held(session, chart.GUARANTEE) < missing:
        detail = {"order": account.order.code, "missing_idr": missing}
        await alarms.sound(session, name=LABOUR_WAITS, subject=show("ern", row.id), detail=detail)
        return False
    session.add(Advance(id=new_id(), order_id=account.order.id, earning_id=row.id, amount_idr=missing))
    account.postings.append(postings.advanced(account.order, row, missing))
    return True


async def release_waiting(session: AsyncSession, account: Account, *, now: datetime, gone: int = 0) -> int:
    """Pay for cloth and machines as far as escrow, less `gone`, leaves the makers' pay whole; returns how many.

    While a chargeback is open, what couriers, platform and state will get stays as well.
    """
    waiting = account.in_state("earned", *WAITING)
    if not waiting:
        return 0
    free = await free_in_escrow(session, account) - gone
    paid = []
    for row in waiting:
        if row.amount_idr <= free:
            paid.append(row)
            free -= row.amount_idr
    await pay(session, account, paid, today=local_date(now))
    return len(paid)


async def after_capture(session: AsyncSession, *, order_id: UUID) -> None:
    """Money of the order has arrived and is booked: the fund has back what it lent, then waiting cloth is paid."""
    account, now = await open_account(session, order_id), await business_now(session)
    await lock_debts(session, account, account.in_state("earned", *WAITING))
    gone = await repay(session, account, most=await held_in_escrow(session, account))
    await release_waiting(session, account, now=now, gone=gone)
    await ledger.book_all(session, account.postings)


async def repay(session: AsyncSession, account: Account, *, most: int) -> int:
    """Give the guarantee fund back what it lent to this order, out of at most so much; returns the rupiah."""
    lent, gone = await queries.list_open_advances(session, account.order.id), 0
    if not lent:
        return 0
    for advance in lent:
        back = min(most - gone, advance.amount_idr - advance.repaid_idr)
        if back > 0:
            await queries.count_repaid(session, advance, back)
            account.postings.append(postings.repaid(account.order, advance, back))
            gone += back
    return gone


async def pay(session: AsyncSession, account: Account, rows: Sequence[Earning], *, today: date) -> None:
    """Earned shares become available, less tax and debts; what is to be booked is added to the account."""
    await syncpoint("earnings.release:held")
    if account.debts is None:
        await lock_debts(session, account, rows)
    for row in rows:
        gross = _turnover(account, row)
        tax = await _tax(session, account, row, gross, today)
        back = await recover(session, account.debts or [], row, most=row.amount_idr - tax)
        taken = {"withheld_idr": tax, "recovered_idr": back, "turnover_idr": gross, "step": Earning.step + 1}
        this = Earning.id == row.id
        await move(session, EARNING, Earning, "release", this, by=None, released_at=business_time(), **taken)
        account.postings.append(postings.released(account.order, row))
        await emit(session, EarningAvailable(row.id, account.order.id), audience=[row.organisation_id])


def _turnover(account: Account, row: Earning) -> int:
    """What the party has turned over: a maker or supplier its share, a brand the whole price without PPN.

    That counts with the share from which a piece was cut, and not with the piece once more.
    """
    if account.brands_share_of(row) is not None:
        return 0
    if row.source_type != "order":
        return row.amount_idr
    return sum(account.lines.values()) - by_code(account.lines)["ppn"]


async def _tax(session: AsyncSession, account: Account, row: Earning, gross: int, today: date) -> int:
    """PPh 22 of a turnover; never more than the share. A piece bears what the rest of its share could not."""
    due = await taxes.withheld(session, organisation_id=row.organisation_id, gross_idr=gross, on=today)
    if (whole := account.brands_share_of(row)) is not None and whole.released_at is not None:
        on, borne = local_date(whole.released_at), [one.withheld_idr for one in account.pieces_of(whole)]
        of_all = await taxes.withheld(session, organisation_id=row.organisation_id, gross_idr=whole.turnover_idr, on=on)
        due = max(0, of_all - whole.withheld_idr - sum(borne))
    return min(due, row.amount_idr)
