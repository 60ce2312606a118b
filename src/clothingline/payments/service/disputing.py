"""Chargebacks: the payer's bank takes money back; until it is decided what escrow can spare of it stands aside."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Dispute as Told
from clothingline.kit import alarms
from clothingline.kit.events import emit
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
from clothingline.payments.service.refunding import lock_payment, refund_payment

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
    held = min(amount, await ledger.held(session, escrow))
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


async def _win(session: AsyncSession, order: Order, row: Dispute, dispute: Told) -> None:
    back = row.fee_idr - dispute.fee_idr
    await move(session, DISPUTE, Dispute, "win", Dispute.id == row.id, fee_idr=dispute.fee_idr)
    counted = update(Payment).where(Payment.id == row.payment_id)
    await session.execute(counted.values(disputed_idr=Payment.disputed_idr - row.amount_idr))
    amount, flight = row.amount_idr, chart.clearing("dispute", row.id)
    returned = [(chart.PROVIDER, amount + back), (flight, -amount), (chart.DISPUTE_COST, -back)]
    freed = [(chart.disputed(row.id), row.held_idr), (chart.escrow(order), -row.held_idr)]
    await _book(session, row, "won", [*returned, *freed])
    await emit(session, DisputeWon(row.id, row.payment_id, order.id))
    await alarms.clear(session, name="dispute_open", subject=show("dsp", row.id))
    await _pass_on(session, order, row)


async def _pass_on(session: AsyncSession, order: Order, row: Dispute) -> None:
    """What came back of a payment whose order does not take it goes back to the consumer."""
    payment = await queries.get_payment_for_update(session, row.payment_id)
    instalment = await queries.get_instalment(session, payment.instalment_id)
    if order.state == "cancelled" or payment.state == "captured_late" or instalment.state == "dropped":
        await refund_payment(session, payment_id=payment.id, reason=f"dispute_won_{show('dsp', row.id)}")


async def _lose(session: AsyncSession, order: Order, row: Dispute, dispute: Told) -> None:
    open_idr = row.amount_idr - row.held_idr
    fund = min(open_idr, await ledger.held(session, chart.GUARANTEE))
    await move(session, DISPUTE, Dispute, "lose", Dispute.id == row.id, from_fund_idr=fund)
    borne = [(chart.disputed(row.id), row.held_idr), (chart.GUARANTEE, fund), (chart.WRITTEN_OFF, open_idr - fund)]
    await _book(session, row, "lost", [*borne, (chart.clearing("dispute", row.id), -row.amount_idr)])
    await emit(session, DisputeLost(row.id, row.payment_id, order.id))
    await alarms.clear(session, name="dispute_open", subject=show("dsp", row.id))


async def _book(session: AsyncSession, row: Dispute, kind: str, lines: Lines) -> None:
    said = tuple((account, amount) for account, amount in lines if amount)
    await ledger.book_all(session, [Posting("dispute", row.id, kind, said)])
