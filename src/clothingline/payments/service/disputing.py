"""Chargebacks: the payer's bank takes money back; until it is decided what escrow can spare of it stands aside."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.integrations.payments import Dispute as Told
from clothingline.kit import alarms
from clothingline.kit.events import emit
from clothingline.kit.failpoints import syncpoint
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.events import DisputeLost, DisputeOpened, DisputeWon
from clothingline.payments.machines import ARRIVED
from clothingline.payments.models import DISPUTE, Dispute, Payment
from clothingline.payments.service.refunding import is_taken, lock_payment, refund_payment

Lines = list[tuple[chart.Account, int]]


async def follow_dispute(session: AsyncSession, *, payment_id: UUID, dispute: Told) -> tuple[str, UUID | None]:
    """Open or end the chargeback of a payment as the provider shows it; returns the verdict and our row.

    Without a row the verdict says why it fits nothing: it disputes more than is left, or says something else than
    before of what has ended.
    """
    order, payment = await lock_payment(session, payment_id)
    row, verdict = await queries.find_dispute(session, dispute.id), "repeated"
    if row is None:
        if not await _count(session, payment_id, dispute.amount_idr):
            return "exceeds", None
        row, verdict = await _open(session, order, payment, dispute), "opened"
    if (row.payment_id, row.amount_idr) != (payment_id, dispute.amount_idr):
        return "amount", None
    if dispute.status == row.state or (dispute.status == "open" and verdict == "opened"):
        return verdict, row.id
    if row.state != "open":
        return "status", None
    await (_win if dispute.status == "won" else _lose)(session, order, row, dispute)
    return dispute.status, row.id


async def _count(session: AsyncSession, payment_id: UUID, amount_idr: int) -> bool:
    gone = Payment.refunded_idr + Payment.disputed_idr
    statement = (
        update(Payment)
        .where(Payment.id == payment_id, Payment.state.in_(ARRIVED), gone + amount_idr <= Payment.captured_idr)
        .values(disputed_idr=Payment.disputed_idr + amount_idr)
        .returning(Payment.id)
        .execution_options(synchronize_session=False)
    )
    return await session.scalar(statement) is not None


async def _open(session: AsyncSession, order: Order, payment: Payment, dispute: Told) -> Dispute:
    amount, fee, escrow = dispute.amount_idr, dispute.fee_idr, chart.escrow(order)
    held = min(amount, await _spare(session, order, payment))
    await syncpoint("payments.dispute:held")
    row = Dispute(
        id=new_id(),
        payment_id=payment.id,
        provider_id=dispute.id,
        amount_idr=amount,
        fee_idr=fee,
        held_idr=held,
        respond_by=dispute.respond_by,
        state="open",
    )
    session.add(row)
    taken = [(chart.clearing("dispute", row.id), amount), (chart.DISPUTE_COST, fee), (chart.PROVIDER, -amount - fee)]
    await _book(session, row, "open", [*taken, (escrow, held), (chart.disputed(row.id), -held)])
    await emit(session, DisputeOpened(row.id, payment.id, order.id))
    await alarms.sound(session, name="dispute_open", subject=show("dsp", row.id), detail={"amount_idr": amount})
    return row


async def _spare(session: AsyncSession, order: Order, payment: Payment) -> int:
    """Rupiah that escrow can do without: of an order that goes on, what is nobody's pay and no tax."""
    if await is_taken(session, order, payment.id):
        return await earnings.spare(session, order.id, beside_idr=await queries.beside_idr(session, order.id))
    return await ledger.held(session, chart.escrow(order))


async def _win(session: AsyncSession, order: Order, row: Dispute, dispute: Told) -> None:
    back = row.fee_idr - dispute.fee_idr
    await move(session, DISPUTE, Dispute, "win", Dispute.id == row.id, fee_idr=dispute.fee_idr)
    counted = update(Payment).where(Payment.id == row.payment_id)
    await session.execute(counted.values(disputed_idr=Payment.disputed_idr - row.amount_idr))
    amount, flight = row.amount_idr, chart.clearing("dispute", row.id)
    returned = [(chart.PROVIDER, amount + back), (flight, -amount), (chart.DISPUTE_COST, -back)]
    freed = [(chart.disputed(row.id), row.held_idr), (chart.escrow(order), -row.held_idr)]
    lifted = await earnings.lift(session, order_id=order.id, dispute_id=row.id)
    await _book(session, row, "won", [*returned, *freed], lifted)
    await emit(session, DisputeWon(row.id, row.payment_id, order.id))
    await alarms.clear(session, name="dispute_open", subject=show("dsp", row.id))
    await _pass_on(session, order, row)


async def _pass_on(session: AsyncSession, order: Order, row: Dispute) -> None:
    """What came back of a payment that does not pay for its order goes back to the consumer."""
    if not await is_taken(session, order, row.payment_id):
        await refund_payment(session, payment_id=row.payment_id, reason=f"dispute_won_{show('dsp', row.id)}")


async def _lose(session: AsyncSession, order: Order, row: Dispute, dispute: Told) -> None:
    """What stood aside is gone; the rest is the fund's, at the brand's debt, and what the fund lacks is written off."""
    taken = await is_taken(session, order, row.payment_id)
    escrow = chart.escrow(order)
    more = 0 if taken else min(row.amount_idr - row.held_idr, await ledger.held(session, escrow))
    rest = row.amount_idr - row.held_idr - more
    fund = min(rest, await ledger.held(session, chart.GUARANTEE))
    await syncpoint("payments.lose:held")
    borne = [(chart.disputed(row.id), row.held_idr), (escrow, more), (chart.GUARANTEE, fund)]
    gone = [*borne, (chart.WRITTEN_OFF, rest - fund), (chart.clearing("dispute", row.id), -row.amount_idr)]
    held, this = row.held_idr, Dispute.id == row.id
    await move(session, DISPUTE, Dispute, "lose", this, held_idr=held + more, from_fund_idr=fund)
    loss = {"held_idr": held, "fund_idr": fund}
    lost = await earnings.lose(session, order_id=order.id, dispute_id=row.id, **loss) if taken else ()
    await _book(session, row, "lost", gone, lost)
    await emit(session, DisputeLost(row.id, row.payment_id, order.id))
    await alarms.clear(session, name="dispute_open", subject=show("dsp", row.id))


async def _book(session: AsyncSession, row: Dispute, kind: str, lines: Lines, others: Sequence[Posting] = ()) -> None:
    said = tuple((account, amount) for account, amount in lines if amount)
    await ledger.book_all(session, [Posting("dispute", row.id, kind, said), *others])
