"""A share that a chargeback is about waits: only the disputed part, at most sixty days, never a maker's pay.

Every function answers what is to be booked, so that it stands in one call of the ledger with what the chargeback books.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import postings, queries
from clothingline.earnings.models import EARNING, Earning, EarningHold
from clothingline.earnings.service.account import Account, amend, born, held_in_escrow, open_account, reread
from clothingline.earnings.service.expecting import bring
from clothingline.earnings.service.owing import lock_debts, owe
from clothingline.earnings.service.releasing import fill_up, pay, repay
from clothingline.kit.clock import business_now, business_time, local_date
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders import service as order_steps
from clothingline.orders.waterfall import by_code
from clothingline.settings import settings

CHARGEBACK = "chargeback"
BEARERS = {"order": "brand_margin", "reservation": "cloth", "machine": "machine"}
"""Who loses to a chargeback, in this order, by the source of the earning; the code of its price line."""


async def carve(session: AsyncSession, account: Account, *, dispute_id: UUID, amount_idr: int, now: datetime) -> int:
    """Hold so much of what is earned in an accepted order, the brand's first; returns the rupiah that were found."""
    left = amount_idr
    for source in BEARERS:
        for row in account.in_state("earned", source):
            taken = 0 if await _is_held(session, row) else min(left, row.amount_idr)
            if taken:
                piece = row if taken == row.amount_idr else await _cut(session, account, row, taken)
                await hold(session, earning=piece, dispute_id=dispute_id, now=now)
                left -= taken
    return amount_idr - left


async def _is_held(session: AsyncSession, row: Earning) -> bool:
    return bool(await queries.list_live_holds(session, [row.id]))


async def _cut(session: AsyncSession, account: Account, row: Earning, taken: int) -> Earning:
    await amend(session, row, amount_idr=row.amount_idr - taken, step=row.step + 1)
    own = new_id()
    given = {"source_type": "held", "source_id": own, "organisation_id": row.organisation_id, "amount_idr": taken}
    return await born(session, account, id=own, state="earned", origin_id=row.id, **given)


async def hold(session: AsyncSession, *, earning: Earning, dispute_id: UUID, now: datetime) -> EarningHold:
    """Keep one earned share back; the database refuses a maker's pay and whatever is not (only) earned."""
    row = EarningHold(
        id=new_id(),
        earning_id=earning.id,
        amount_idr=earning.amount_idr,
        dispute_id=dispute_id,
        reason=CHARGEBACK,
        created_at=now,
        until=now + timedelta(days=settings().earnings.hold_days),
    )
    session.add(row)
    await session.flush()
    return row


async def lift(session: AsyncSession, *, order_id: UUID, dispute_id: UUID) -> tuple[Posting, ...]:
    """A chargeback is won: with what it gives back to escrow the held shares are paid, and what the fund lent for them.

    Before or after that money is booked in the same transaction.
    """
    account = await open_account(session, order_id)
    ended = await _end_holds(session, EarningHold.dispute_id == dispute_id)
    due = [row for row in account.in_state("earned") if row.id in ended]
    await lock_debts(session, account, due)
    aside = dict(await queries.list_disputed(session, chart.escrow(account.order).code))
    money = await held_in_escrow(session, account) + aside.get(dispute_id, 0)
    await repay(session, account, most=money - sum(row.amount_idr for row in due))
    await pay(session, account, due, today=local_date(await business_now(session)))
    return tuple(account.postings)


async def lapse_hold(session: AsyncSession, *, hold_id: UUID) -> bool:
    """Sixty days are over: the share is paid although the chargeback is not, out of the guarantee fund.

    False when it is not so (any more), or when the fund cannot: then the alarm sounds, and it is tried again.
    """
    held = await session.get_one(EarningHold, hold_id)
    order_id = await queries.find_order_of(session, held.earning_id)
    account, now = await open_account(session, order_id or held.earning_id), await business_now(session)
    [row] = [row for row in account.rows if row.id == held.earning_id]
    await lock_debts(session, account, [row])
    if row.state != "earned" or not await fill_up(session, account, row):
        return False
    if not await _end_holds(session, EarningHold.id == hold_id, EarningHold.until <= business_time()):
        return False
    await pay(session, account, [row], today=local_date(now))
    await ledger.book_all(session, account.postings)
    return True


async def _end_holds(session: AsyncSession, *where: ColumnElement[bool]) -> set[UUID]:
    live = update(EarningHold).where(EarningHold.released_at.is_(None), *where)
    ended = live.values(released_at=business_time()).returning(EarningHold.earning_id)
    return set(await session.scalars(ended.execution_options(synchronize_session=False)))


async def lose(
    session: AsyncSession, *, order_id: UUID, dispute_id: UUID, held_idr: int, fund_idr: int = 0
) -> tuple[Posting, ...]:
    """A chargeback is lost: of the order's price `held_idr` is gone, and the guarantee fund has given `fund_idr`.

    The brand bears it and then its supplier, never a maker. What they were paid already, and the fund's part, is from
    now on the brand's debt.
    """
    account = await open_account(session, order_id)
    ended = await _end_holds(session, EarningHold.dispute_id == dispute_id)
    borne = await _give_up(session, account, [row for row in account.in_state("earned") if row.id in ended])
    if account.is_open:
        borne = bearable(account, held_idr)
    else:  # what did not arrive at the consumer may stand aside too, and costs nobody
        held_idr = min(held_idr, await queries.sum_held_for(session, dispute_id))
    for code, amount in borne.items():
        await order_steps.reduce_price(
            session, order=account.order, amount_idr=amount, bearers=[code], cause_id=dispute_id
        )
    await reread(session, account)
    await bring(session, account)
    owed = held_idr - sum(borne.values()) + fund_idr
    if owed > 0 and account.order.brand_id is not None:
        account.postings.append(
            await owe(
                session,
                order=account.order,
                debtor=account.order.brand_id,
                cause=("dispute", dispute_id),
                amount_idr=owed,
            )
        )
    return tuple(account.postings)


async def _give_up(session: AsyncSession, account: Account, rows: Sequence[Earning]) -> Counter[str]:
    """Void held shares; returns what their parties lose, by the code of the price line."""
    lost = Counter[str]()
    for row in rows:
        origin = next((one for one in account.rows if one.id == row.origin_id), row)
        lost[BEARERS[origin.source_type]] += row.amount_idr
        await move(session, EARNING, Earning, "lose", Earning.id == row.id, step=Earning.step + 1)
        gone = postings.changed(account.order, row, "lose", before=row.amount_idr, after=0, state="earned")
        account.postings.append(gone)
    return lost


def bearable(account: Account, amount_idr: int, codes: Sequence[str] = tuple(BEARERS.values())) -> Counter[str]:
    """How an amount falls on the brand's margin, then on cloth and machines that are not paid yet; it may be less."""
    out = Counter[str]()
    for row in account.rows:
        if row.source_type in BEARERS and row.is_out:
            out[BEARERS[row.source_type]] += row.amount_idr
    borne, left = Counter[str](), amount_idr
    for code in codes:
        borne[code] = min(left, by_code(account.lines)[code] - out[code])
        left -= borne[code]
    return +borne
