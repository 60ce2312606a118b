"""Delivers what is due, for as long as something is: many at once, so that nobody waits for whoever hangs.

Tells people of offers, orders and money: by pushed messages, and by text messages in the words of the moment at which
they are sent.
"""

import asyncio
import random
from datetime import timedelta
from uuid import UUID

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries as accounts
from clothingline.accounts.models import Account, Organisation
from clothingline.integrations import messaging, push
from clothingline.kit import db, heartbeats, jobs, outgoing, sweeping
from clothingline.kit.clock import business_now, milliseconds, monotonic
from clothingline.kit.failpoints import failpoint
from clothingline.kit.jobs import cause_of, task
from clothingline.notices import message, service, telling, texts
from clothingline.notices.models import TextMessage
from clothingline.notices.nights import awake_from, is_quiet
from clothingline.notices.pauses import SHAKEN_PERMILLE
from clothingline.orders.models import Order
from clothingline.payments.models import Payment
from clothingline.payouts.models import Payout
from clothingline.routing.cards import cards_of
from clothingline.routing.models import OPEN, Offer
from clothingline.settings import reaches_private, settings

log = structlog.get_logger("webhooks")
MOST_AT_ONCE = 32
MOST_FAILING = 16
"""Of these; so half of the places are kept from endpoints that are known to fail."""
LOOK_EVERY_SECONDS = 1.0
BEAT, BEAT_EVERY = "webhooks", timedelta(minutes=1)
TIDY_EVERY_SECONDS = 10.0


class Round:
    """The tries that this process is making; `failing` are those to endpoints whose newest try had failed."""

    def __init__(self) -> None:
        self.usual: set[asyncio.Task[bool]] = set()
        self.failing: set[asyncio.Task[bool]] = set()
        self.tidy_from = 0.0

    async def begin(self) -> None:
        """Take what is due, as far as there is place."""
        free = MOST_AT_ONCE - len(self.usual) - len(self.failing)
        async with db.transaction() as session:
            await self._tidy(session)
            usual = await service.take_due(session, most=free, failing=False)
            left = min(free - len(usual), MOST_FAILING - len(self.failing))
            failing = await service.take_due(session, most=left, failing=True)
        self.usual |= {asyncio.create_task(_try(one)) for one in usual}
        self.failing |= {asyncio.create_task(_try(one)) for one in failing}

    async def _tidy(self, session: AsyncSession) -> None:
        """Show that deliveries are looked after, and end those that nobody wants any more."""
        if (now := monotonic()) >= self.tidy_from:
            self.tidy_from = now + TIDY_EVERY_SECONDS
            if await heartbeats.due(session, BEAT, every=BEAT_EVERY):
                await service.park_deleted(session)

    async def wait(self) -> int:
        """Until one of them has ended, or a second has gone by; returns how many have delivered."""
        running = self.usual | self.failing
        done, _ = await asyncio.wait(running, timeout=LOOK_EVERY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        self.usual -= done
        self.failing -= done
        return sum([one.result() for one in done])

    async def end(self) -> None:
        """Break off; whoever comes next takes what was held once its lease is over."""
        running = self.usual | self.failing
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def deliver() -> int:
    """Try what is due until nothing is left; returns how many were delivered."""
    this, delivered = Round(), 0
    try:
        await this.begin()
        while this.usual or this.failing:
            delivered += await this.wait()
            if sweeping.ending():
                break
            await this.begin()
    finally:
        await this.end()
    return delivered


async def _try(taken: service.Taken) -> bool:
    """One try and its record; where that cannot be written, the next try comes when its lease is over."""
    await failpoint("notices.deliver:taken")
    answered, cause = await _send(taken)
    await failpoint("notices.deliver:sent")
    try:
        return await _record(taken, answered, cause)
    except (SQLAlchemyError, psycopg.Error) as error:
        log.warning("try not recorded", delivery=str(taken.id), cause=cause_of(error))
        return False


async def _send(taken: service.Taken) -> tuple[int | None, str | None]:
    """(status of the answer, why it is none that counts); `fault` is one of ours, which is said and counts as a try."""
    try:
        body = message.body_of(taken)
        headers = message.headers_of(taken, body, timestamp=milliseconds() // 1_000)
        answer = await outgoing.post(taken.url, body=body, headers=headers, private=reaches_private())
    except outgoing.Unreached as error:
        return None, error.cause
    except Exception as error:  # noqa: BLE001  # whatever failed, the others have their turn
        log.error("try failed", delivery=str(taken.id), cause=cause_of(error))
        return None, "fault"
    return answer.status, None if 200 <= answer.status < 300 else "refused"


async def _record(taken: service.Taken, answered: int | None, cause: str | None) -> bool:
    shake = random.randint(-SHAKEN_PERMILLE, SHAKEN_PERMILLE)  # noqa: S311  # no secret, only no marching in step
    async with db.transaction() as session:
        if cause is None and answered is not None:
            return await service.record_delivered(session, taken=taken, answered=answered)
        now = await business_now(session)
        why = cause or "broken"
        await service.record_failed(session, taken=taken, answered=answered, cause=why, now=now, shake_permille=shake)
    return False


@task
async def push_offer(*, offer_id: str, **_: str) -> None:
    """Tell the phones of a tailor of an offer that waits. A repeat shows the same message in the place of the first."""
    async with db.transaction() as session:
        offer = await session.get(Offer, UUID(offer_id))
        if offer is None or offer.kind != "tailor" or offer.state not in OPEN:
            return
        targets = await service.list_targets(session, offer.organisation_id)
        spoken = {one.id: (await accounts.get_account(session, one.account_id)).language for one in targets}
        card = (await cards_of(session, [offer]))[offer.id]
        now = await business_now(session)
    gone = [
        one.id
        for one in targets
        if not await push.current().push(
            push.Target(one.endpoint, one.public, one.secret),
            telling.of_offer(offer, card, language=spoken[one.id], now=now),
        )
    ]
    async with db.transaction() as session:
        await service.drop_targets(session, gone)


@task
async def text_offer(*, offer_id: str, **_: str) -> None:
    """Tell the people of a tailor of an offer that waits, also those whose phone takes no pushed messages."""
    async with db.transaction() as session:
        offer = await session.get(Offer, UUID(offer_id))
        if offer is not None and offer.kind == "tailor" and offer.state in OPEN:
            people = await _people_of(session, offer.organisation_id)
            await service.write_texts(session, people, kind="offer", about=offer.id, since=offer.created_at)


async def _people_of(session: AsyncSession, organisation_id: UUID) -> list[UUID]:
    return [one.id for one in await accounts.contacts_of(session, organisation_id)]


@task
async def text_order(*, order_id: str, **_: str) -> None:
    """Tell the consumer of the state that an order has reached; a state that it has left meanwhile is not told."""
    async with db.transaction() as session:
        order = await session.get(Order, UUID(order_id))
        if order is not None and order.state in texts.TOLD_STATES:
            await service.write_texts(
                session, [order.consumer_id], kind=order.state, about=order.id, since=order.state_at
            )


@task
async def text_payment(*, payment_id: str, **_: str) -> None:
    """Tell the consumer that the money has arrived."""
    async with db.transaction() as session:
        payment = await session.get_one(Payment, UUID(payment_id))
        order = await session.get_one(Order, payment.order_id)
        await service.write_texts(
            session, [order.consumer_id], kind="payment", about=payment.id, since=payment.created_at
        )


@task
async def text_payout(*, payout_id: str, **_: str) -> None:
    """Tell a tailor or a supplier that money was sent."""
    async with db.transaction() as session:
        payout = await session.get_one(Payout, UUID(payout_id))
        payee = await session.get_one(Organisation, payout.payee_id)
        if payee.kind in texts.MONEY_OF:
            await service.write_texts(
                session, await _people_of(session, payee.id), kind="payout", about=payout.id, since=payout.created_at
            )


async def queue_texts() -> int:
    """Let what is due be sent, one job a text; returns how many."""
    async with db.transaction() as session:
        await service.remind_of_closing(session)
    async with db.transaction() as session:
        taken = await service.take_due_texts(session)
        await jobs.defer_all(session, send_text, [{"text_id": str(one)} for one in taken])
    return len(taken)


@task
async def send_text(*, text_id: str) -> None:
    """Send what still holds; a try that comes to it at night leaves it to the morning.

    A repeat after a death between sending and its record sends the same again.
    """
    async with db.transaction() as session:
        text = await session.get_one(TextMessage, UUID(text_id))
        if text.sent_at or text.dropped_at:
            return
        now = await business_now(session)
        if is_quiet(now):
            await service.put_off(session, text.id, awake_from(now))
            return
        account = await session.get_one(Account, text.account_id)
        said = await _words(session, text, account)
    if said is not None:
        await messaging.current().send(account.phone, said)
    async with db.transaction() as session:
        await service.end_text(session, text.id, sent=said is not None)


async def _words(session: AsyncSession, text: TextMessage, reader: Account) -> str | None:
    if reader.disabled_at is not None:
        return None
    return await texts.say(session, text, language=reader.language, address=settings().public_url)
