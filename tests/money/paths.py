"""Eight paths to the money of one payment, and an order on which each of them may be taken."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import text

from clothingline.earnings import tasks as earning
from clothingline.integrations.payments import Dispute
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.errors import Refusal
from clothingline.orders.events import OrderCancelled
from clothingline.payments import service, tasks
from clothingline.payments.models import Payment
from tests.earnings.scenes import PRICE, Drain, confirmed, fund, pass_time, passed
from tests.payments.stage import Scene, bring, payments

LENT = 3 * PRICE
LIMITS = service.Limits(officer_from_idr=10**9, two_people_from_idr=10**9)
# Money of one payment by the rows of the trade, not by the ledger: what came, what has left escrow, what the fund lent.
LEFT = text(
    """
    SELECT payment.captured_idr,
      (SELECT coalesce(sum(from_escrow_idr), 0) FROM refund WHERE state NOT IN ('requested', 'rejected', 'failed'))
      + (SELECT coalesce(sum(held_idr), 0) FROM dispute WHERE state IN ('open', 'lost'))
      + (SELECT coalesce(sum(amount_idr), 0) FROM earning WHERE state IN ('available', 'in_batch', 'paid'))
      + (SELECT coalesce(sum(entry.amount), 0) FROM ledger_entry entry JOIN ledger_transaction booked
         ON booked.id = entry.transaction_id WHERE booked.kind = 'close' AND entry.amount > 0),
      (SELECT coalesce(sum(amount_idr - repaid_idr), 0) FROM advance),
      payment.refunded_idr + payment.disputed_idr
    FROM payment
    """
)


@dataclass
class Stake:
    """One paid order, one maker's pay that is due, one chargeback that the bank has decided but nobody told us."""

    provider: FakeProvider
    scene: Scene
    payment: Payment
    lost: Dispute


async def stake(provider: FakeProvider, drain: Drain) -> Stake:
    """An order of which everything may still be asked.

    In the trade nothing is sewn before the order can no longer be cancelled; here both may happen, which is harder.
    """
    scene = await confirmed(provider, drain)
    await fund(LENT)
    await passed(scene, drain, 0)
    await pass_time(days=7)
    [payment] = await payments(scene)
    told = await provider.happen(provider.books.open_dispute, str(payment.charge), 100_000)
    await drain()
    lost = provider.books.close_dispute(told.id, won=False)
    return Stake(provider, scene, (await payments(scene))[0], lost)


async def _ask(one: Stake, reason: str, amount: int | None, *, case: str | None = None) -> None:
    async with db.transaction() as session:
        decided = None if case is None else (case, one.payment.id)
        await service.request_refund(
            session, payment_id=one.payment.id, reason=reason, amount_idr=amount, limits=LIMITS, case=decided
        )


async def _follow(one: Stake, told: Dispute) -> None:
    async with db.transaction() as session:
        await service.follow_dispute(session, payment_id=one.payment.id, dispute=told)


async def _cancel(one: Stake) -> None:
    await bring(one.scene, "cancel", OrderCancelled(one.scene.order))
    await tasks.refund_order(order_id=str(one.scene.order))


async def _accept(one: Stake) -> None:
    await bring(one.scene, "accept")
    await earning.release_earnings(order_id=str(one.scene.order))


async def _labour(_: Stake) -> None:
    await earning.release_due()


async def _chargeback(one: Stake) -> None:
    await _follow(one, one.provider.books.open_dispute(str(one.payment.charge), 300_000))


Path = Callable[[Stake], Awaitable[None]]
# Where each stands between its look and its act, and how it goes.
PATHS: dict[str, tuple[str, Path]] = {
    "cancel refund": ("payments.refund:summed", _cancel),
    "officer refund": ("payments.refund:summed", lambda one: _ask(one, "Semua salah", None)),
    "partial refund": ("payments.refund:summed", lambda one: _ask(one, "Kancing lepas", 400_000)),
    "acceptance": ("earnings.release:held", _accept),
    "labour in time": ("earnings.release:held", _labour),
    "dispute opened": ("payments.dispute:held", _chargeback),
    "dispute lost": ("payments.lose:held", lambda one: _follow(one, one.lost)),
    "price reduction": ("orders.reduce:read", lambda one: _ask(one, "Terlambat", 60_000, case="promise")),
}


async def taken(path: Path, one: Stake) -> str | None:
    """Go it; the code of the refusal where it is politely refused."""
    try:
        await path(one)
    except Refusal as refusal:
        return refusal.code
    return None


async def met_by_a_lock() -> bool:
    """Whether somebody waits for a row that another transaction holds."""
    async with db.transaction() as session:
        waiting = (
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND datname = current_database())"
        )
        return bool(await session.scalar(text(waiting)))


async def settle(one: Stake, drain: Drain) -> None:
    """What the sweeps do in time: due pay, whatever is asked again about refunds and chargebacks."""
    await drain()
    await earning.release_due()
    with suppress(Refusal):
        await tasks.refund_order(order_id=str(one.scene.order))
    await drain()


async def sums() -> tuple[int, int, int, int]:
    """Captured, left escrow, lent by the fund to makers, gone back or disputed: of the only payment."""
    async with db.transaction() as session:
        [row] = (await session.execute(LEFT)).all()
    captured, left, lent, back = (int(one) for one in row)
    return captured, left, lent, back
