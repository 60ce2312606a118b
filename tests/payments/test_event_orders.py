"""Whatever the order in which the provider's notices come, the ledger ends the same (M8)."""

import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import permutations
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from clothingline.integrations.payments import Told
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_now
from clothingline.ledger.models import LedgerAccount, LedgerEntry
from clothingline.orders.events import OrderCancelled
from clothingline.payments import service
from clothingline.payments.models import Dispute, Payment, Refund
from tests.payments.stage import Scene, bring, checked_out, open_payment, payments
from tests.payments.test_wrong_notices import tell

Drain = Callable[[], Awaitable[None]]
Lifecycle = Callable[[FakeProvider, Scene, str, Drain], Awaitable[None]]
EVENTS, TRIED = 6, 5
PARTS = 15_000_000


async def tries(provider: FakeProvider, _: Scene, charge: str, __: Drain) -> None:
    """The payer leaves the bank's page, is declined, and then transfers."""
    books = provider.books
    for mode in ("needs_action", "decline", "pending"):
        books.play(mode)
        books.pay(charge, "transfer")
        if mode == "needs_action":
            books.answer_bank(charge, agreed=False)
    books.arrive(charge)


async def disputed_and_won(provider: FakeProvider, _: Scene, charge: str, __: Drain) -> None:
    """A chargeback that we win."""
    provider.books.pay(charge)
    provider.books.close_dispute(provider.books.open_dispute(charge).id, won=True, fee_comes_back=True)


async def disputed_and_lost(provider: FakeProvider, _: Scene, charge: str, __: Drain) -> None:
    """A chargeback that we lose."""
    provider.books.pay(charge)
    provider.books.close_dispute(provider.books.open_dispute(charge, 300_000).id, won=False)


async def disputed_twice(provider: FakeProvider, _: Scene, charge: str, __: Drain) -> None:
    """Two chargebacks of parts, one lost and one won."""
    provider.books.pay(charge)
    for amount, won in ((200_000, False), (100_000, True)):
        provider.books.close_dispute(provider.books.open_dispute(charge, amount).id, won=won)


async def _sent_back(provider: FakeProvider, scene: Scene, charge: str, drain: Drain) -> str:
    """Paid, cancelled, and on its way back; returns the provider's refund."""
    await provider.pay(charge)
    provider.books.play("slow_refund")
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    async with db.transaction() as session:
        newest = await session.scalars(select(Refund.provider_id).order_by(Refund.id.desc()).limit(1))
        return str(newest.one())


async def sent_back(provider: FakeProvider, scene: Scene, charge: str, drain: Drain) -> None:
    """A refund that arrives later."""
    provider.books.end_refund(await _sent_back(provider, scene, charge, drain))


async def not_sent_back(provider: FakeProvider, scene: Scene, charge: str, drain: Drain) -> None:
    """A refund that fails."""
    provider.books.end_refund(await _sent_back(provider, scene, charge, drain), arrived=False)


async def come_back(provider: FakeProvider, scene: Scene, charge: str, drain: Drain) -> None:
    """A refund that fails after it had arrived."""
    refund = await _sent_back(provider, scene, charge, drain)
    provider.books.end_refund(refund)
    provider.books.end_refund(refund, arrived=False)


async def in_parts(provider: FakeProvider, scene: Scene, _: str, drain: Drain) -> None:
    """Two parts by QRIS, one of them under way for a while."""
    [whole] = await payments(scene)
    async with db.transaction() as session:
        await service.choose_method(
            session,
            payment_id=whole.id,
            method="qris",
            reach=Reach(everything=True),
            now=await business_now(session),
            most_idr=10_000_000,
            offered=provider.methods,
        )
    await drain()
    first, last = [str(one.charge) for one in await payments(scene) if one.state == "open"]
    provider.books.pay(first, "qris")
    provider.books.play("pending")
    provider.books.pay(last, "qris")
    provider.books.arrive(last)


LIFECYCLES: dict[str, Lifecycle] = {
    "tries": tries,
    "disputed_and_won": disputed_and_won,
    "disputed_and_lost": disputed_and_lost,
    "disputed_twice": disputed_twice,
    "sent_back": sent_back,
    "not_sent_back": not_sent_back,
    "come_back": come_back,
    "in_parts": in_parts,
}


def take_notices(provider: FakeProvider) -> list[tuple[str, str]]:
    """(kind, object) of what the provider has to tell, which it will not tell by itself any more."""
    found = []
    for notice in provider.books.waiting():
        provider.books.acknowledge(notice.id)
        [(kind, thing)] = json.loads(notice.body)["data"].items()
        found.append((str(kind), str(thing)))
    return found


def six(told: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last events of a story, the newest repeated until there are six."""
    return [*told[-EVENTS:], *[told[-1 - place % len(told)] for place in range(EVENTS)]][:EVENTS]


async def play(
    provider: FakeProvider, drain: Drain, lifecycle: Lifecycle, order: Sequence[int]
) -> tuple[dict[str, int], list[str]]:
    """Let a story happen and tell it in this order; returns what the ledger has more by kind, and where all stands."""
    before = await by_kind()
    scene = await checked_out(price=PARTS if lifecycle is in_parts else 1_131_400)
    charge = str((await open_payment(scene, drain)).charge)
    await lifecycle(provider, scene, charge, drain)
    events = six(take_notices(provider))
    for place in order:
        kind, thing = events[place]
        await tell(Told(f"ntc_{uuid4().hex}", kind, thing, "acct_fake", False, {}))  # type: ignore[arg-type]  # a kind that the provider has told
    await drain()
    take_notices(provider)
    more = await by_kind()
    more.subtract(before)
    return {kind: idr for kind, idr in more.items() if idr}, await states(scene)


async def by_kind() -> Counter[str]:
    """Rupiah by kind of account, the things in flight together."""
    query = select(LedgerAccount.kind, func.sum(LedgerEntry.amount)).join(LedgerEntry).group_by(LedgerAccount.kind)
    async with db.transaction() as session:
        return Counter({kind: int(idr) for kind, idr in (await session.execute(query)).all()})


async def states(scene: Scene) -> list[str]:
    """Where payments, refunds and chargebacks of an order stand."""
    mine = select(Payment.id).where(Payment.order_id == scene.order)
    queries = (
        select(Payment.state).where(Payment.order_id == scene.order),
        select(Refund.state).where(Refund.payment_id.in_(mine)),
        select(Dispute.state).where(Dispute.payment_id.in_(mine)),
    )
    async with db.transaction() as session:
        return [state for query in queries for state in sorted(await session.scalars(query))]


async def all_end_alike(provider: FakeProvider, drain: Drain, name: str, orders: Iterable[Sequence[int]]) -> int:
    """Every order of telling ends as the story went; returns how many were played."""
    straight, played = await play(provider, drain, LIFECYCLES[name], range(EVENTS)), 0
    for order in orders:
        assert await play(provider, drain, LIFECYCLES[name], order) == straight, f"{name}: {order}"
        played += 1
    return played


@pytest.mark.parametrize("name", LIFECYCLES)
async def test_every_order_of_six_events_ends_in_one_ledger(provider: FakeProvider, drain: Drain, name: str) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"{name}: seed {seed}")
    every = list(permutations(range(EVENTS)))
    assert await all_end_alike(provider, drain, name, random.Random(seed).sample(every, TRIED)) == TRIED


@pytest.mark.prove
@pytest.mark.parametrize("name", LIFECYCLES)
async def test_all_720_orders_of_six_events_end_in_one_ledger(provider: FakeProvider, drain: Drain, name: str) -> None:
    played = await all_end_alike(provider, drain, name, permutations(range(EVENTS)))
    print(f"{name}: {played} orders, one ledger")
    assert played == 720
