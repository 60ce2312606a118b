"""What payments do when others have spoken. Every job may run twice; ids arrive as text."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.integrations import payments as providers
from clothingline.integrations.payments import Charge, MoneyBack, Wish
from clothingline.kit import alarms, db, sweeping
from clothingline.kit.clock import business_now
from clothingline.kit.failpoints import failpoint
from clothingline.kit.ids import show
from clothingline.kit.jobs import cause_of, task
from clothingline.orders import queries as orders
from clothingline.payments import queries, service
from clothingline.payments.models import Dispute, Payment, ProviderNotice
from clothingline.payments.service.returning import Sending
from clothingline.settings import settings

# A wish that is older may have been asked for before, by a worker that died: the provider is asked what it knows.
FRESH = timedelta(minutes=1)


@task
async def open_payment(*, order_id: str, quote_id: str) -> None:
    """The order was checked out: ask the provider for a pay page for its first instalment."""
    async with db.transaction() as session:
        now, minutes = await business_now(session), settings().orders.payment_minutes
        wished = await service.wish_instalments(
            session, order_id=UUID(order_id), quote_id=UUID(quote_id), now=now, minutes=minutes
        )
    await _open_all(wished)


@task
async def open_balance(*, order_id: str) -> None:
    """The order is ready: ask for what is still owed."""
    async with db.transaction() as session:
        wished = await service.wish_balance(session, order_id=UUID(order_id))
    await _open_all(wished)


@task
async def open_part(*, payment_id: str, order_id: str) -> None:
    """A part is to be paid, in a way that was chosen or because it is still missing: ask for its pay page."""
    async with db.transaction() as session:
        wished = await session.get_one(Payment, UUID(payment_id))
    await _open_all([wished])


async def _open_all(wished: Sequence[Payment]) -> None:
    for payment in wished:
        if payment.state == "wished":
            await _open(payment)


async def _open(payment: Payment) -> None:
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, payment.order_id)
        known = await business_now(session) - payment.created_at > FRESH
    await failpoint("payments.open_charge:wished")
    provider = providers.current()
    charge = await provider.find_charge(show("pay", payment.id)) if known else None
    charge = charge or await provider.open_charge(_wish(payment, order.code))
    await failpoint("payments.open_charge:opened")
    async with db.transaction() as session:
        await service.record_charge(session, payment_id=payment.id, charge=charge)


def _wish(payment: Payment, code: str) -> Wish:
    chosen = settings().payments
    offered = providers.current().methods
    fitting = service.offered_for(payment.amount_idr, methods=offered, qris_most_idr=chosen.qris_most_idr)
    return Wish(
        show("pay", payment.id),
        payment.amount_idr,
        f"Pesanan {code}",
        order_code=code,
        methods=(payment.method,) if payment.method else fitting,
        capture=chosen.capture,
        back_url=f"{settings().public_url}/pesan/{code}/selesai",
    )


@task
async def settle_notice(*, notice_id: str) -> None:
    """The provider has told us something: fetch the object, compare, and act."""
    async with db.transaction() as session:
        notice = await queries.find_notice(session, UUID(notice_id))
    if notice is None:
        return
    await failpoint("payments.settle_notice:read")
    try:
        act = await FETCH[notice.object_kind](notice)
    except (providers.ObjectUnknown, providers.NotWholeRupiah) as fault:
        broken = isinstance(fault, providers.NotWholeRupiah)
        reason = "amount" if broken else f"{notice.object_kind}_unknown"
        async with db.transaction() as session:
            await service.quarantine(session, notice_id=notice.id, reason=reason)
        return
    await failpoint("payments.settle_notice:fetched")
    async with db.transaction() as session:
        await act(session)


Act = Callable[[AsyncSession], Awaitable[str]]


async def _charge(notice: ProviderNotice) -> Act:
    charge = await providers.current().fetch_charge(notice.object)
    return lambda session: service.settle(session, notice_id=notice.id, charge=charge)


async def _refund(notice: ProviderNotice) -> Act:
    back = await providers.current().fetch_refund(notice.object)
    return lambda session: service.settle_refund_notice(session, notice_id=notice.id, back=back)


async def _dispute(notice: ProviderNotice) -> Act:
    dispute = await providers.current().fetch_dispute(notice.object)
    charge = await providers.current().fetch_charge(dispute.charge)
    return lambda session: service.settle_dispute_notice(session, notice_id=notice.id, dispute=dispute, charge=charge)


FETCH: dict[str, Callable[[ProviderNotice], Awaitable[Act]]] = {
    "charge": _charge,
    "refund": _refund,
    "dispute": _dispute,
}


@task
async def capture_charge(*, payment_id: str, order_id: str) -> None:
    """The money is held: take what its instalment needs, if the order still waits for it."""
    async with db.transaction() as session:
        held = await service.decide_capture(session, payment_id=UUID(payment_id))
    if held is None:
        return
    await failpoint("payments.capture_charge:decided")
    charge = await _captured(held)
    await failpoint("payments.capture_charge:captured")
    async with db.transaction() as session:
        await service.settle_asked(session, payment_id=held.id, charge=charge)


async def _captured(held: Payment) -> Charge:
    provider, name, amount = providers.current(), str(held.charge), held.capture_idr or held.amount_idr
    charge = await provider.fetch_charge(name)
    if charge.status != "authorised":
        return charge
    try:
        return await provider.capture(name, show("pay", held.id), amount)
    except providers.Refused:
        return await provider.fetch_charge(name)


@task
async def close_charge(*, payment_id: str, order_id: str) -> None:
    """A payment has ended: nobody should pay its charge any more. What was paid after all goes back."""
    async with db.transaction() as session:
        payment = await session.get_one(Payment, UUID(payment_id))
    try:
        charge = await providers.current().close_charge(str(payment.charge))
    except (providers.ObjectUnknown, providers.Refused):
        return
    async with db.transaction() as session:
        await service.settle_asked(session, payment_id=payment.id, charge=charge)


@task
async def refund_order(*, order_id: str) -> None:
    """The order is cancelled: nothing more is asked for, nothing is expected, and what was paid goes back."""
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, UUID(order_id), lock=True)
        if order.state == "cancelled":
            await service.drop_due(session, order)
            await service.refund_order(session, order_id=order.id, reason="order_cancelled")
            await service.repay_fund(session, order)
            await earnings.void(session, order_id=order.id)


@task
async def send_refund(*, refund_id: str, order_id: str) -> None:
    """Money is set aside to go back: ask the provider, under the refund's own id."""
    await _send(UUID(refund_id))


@task
async def ask_refund(*, refund_id: str, order_id: str, turn: int) -> None:
    """A refund is not settled: ask the provider how it stands, and send again only what it does not know."""
    await _send(UUID(refund_id))


async def _send(refund_id: UUID) -> None:
    async with db.transaction() as session:
        sending = await service.send_refund(session, refund_id=refund_id)
    if sending is None:
        return
    await failpoint("payments.send_refund:marked")
    try:
        back = await _paid_back(sending)
    except providers.Refused as refusal:
        async with db.transaction() as session:
            await service.refuse_refund(session, refund_id=refund_id, code=refusal.code)
        return
    except providers.OutcomeUnknown:
        async with db.transaction() as session:
            await service.doubt_refund(session, refund_id=refund_id)
        return
    await failpoint("payments.send_refund:refunded")
    if back is not None:
        async with db.transaction() as session:
            await service.note_answer(session, refund_id=refund_id, back=back)


async def _paid_back(sending: Sending) -> MoneyBack | None:
    provider, words = providers.current(), (sending.charge, sending.reference, sending.amount_idr)
    if sending.first:
        return await provider.refund(*words)
    found = await provider.find_refund(sending.charge, sending.reference)
    if found is not None or sending.doubtful:
        return found
    # A stored answer may be older than what has become of it since.
    return await provider.fetch_refund((await provider.refund(*words)).id)


async def ask_again() -> int:
    """Ask the provider about payments of which it has told us nothing final; returns how many were captured.

    One without a good answer changes nothing and hinders no other: the next question comes after its pause.
    """
    async with db.transaction() as session:
        taken = await service.take_to_ask(session)
    return await sweeping.every(taken, _ask)


async def _ask(payment: Payment) -> bool:
    async with _answered("charge_unanswered", show("pay", payment.id)):
        charge = await providers.current().fetch_charge(str(payment.charge))
        async with db.transaction() as session:
            verdict = await service.settle_asked(session, payment_id=payment.id, charge=charge)
    return verdict in ("captured", "captured_late")


@asynccontextmanager
async def _answered(alarm: str, subject: str) -> AsyncIterator[None]:
    """The alarm stands from when an answer could not be used to when one can; a provider that is away sounds none."""
    try:
        yield
    except (providers.Busy, providers.OutcomeUnknown):
        raise
    except Exception as fault:
        async with db.transaction() as session:
            await alarms.sound(session, name=alarm, subject=subject, detail={"cause": cause_of(fault)})
        raise
    async with db.transaction() as session:
        await alarms.clear(session, name=alarm, subject=subject)


async def ask_about_refunds() -> int:
    """Call for an answer about refunds that are under way or unclear; returns how many."""
    async with db.transaction() as session:
        return await service.call_refunds(session)


async def ask_about_disputes() -> int:
    """Ask the provider about chargebacks that are open, once a day; returns how many have ended."""
    async with db.transaction() as session:
        taken = await service.take_disputes_to_ask(session)
    return await sweeping.every(taken, _follow)


async def _follow(dispute: Dispute) -> bool:
    async with _answered("dispute_unanswered", show("dsp", dispute.id)):
        told = await providers.current().fetch_dispute(dispute.provider_id)
        async with db.transaction() as session:
            verdict, _ = await service.follow_dispute(session, payment_id=dispute.payment_id, dispute=told)
    return verdict in ("won", "lost")


async def expire_payments() -> int:
    """End the payments that were not paid in time; returns how many."""
    async with db.transaction() as session:
        overdue = await queries.list_overdue(session)
    return await sweeping.each(overdue, _expire)


async def _expire(session: AsyncSession, payment_id: UUID) -> bool:
    return await service.expire_overdue(session, payment_id=payment_id)
