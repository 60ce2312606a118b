"""Genuine notices, signed by the provider, that do not fit what we asked for: none of them pays for anything (M5)."""

import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import Charge, Told
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import new_id, show
from clothingline.ledger.models import LedgerTransaction
from clothingline.orders.models import Order
from clothingline.payments import service, tasks
from clothingline.payments.models import Payment, ProviderNotice
from tests.payments.counting import alarms, all_of
from tests.payments.stage import Scene, checked_out, open_payment, verdicts

Drain = Callable[[], Awaitable[None]]
EACH = 50
FIELDS = (
    "amount",
    "captured",
    "currency",
    "account",
    "livemode",
    "reference",
    "object",
    "kind",
    "status",
    "order",
)


class Lying(FakeProvider):
    """Shows of a charge what a test has put into `shown`, whatever name it is asked for by."""

    shown: Charge

    async def fetch_charge(self, charge_id: str) -> Charge:
        """What was put there."""
        return self.shown


@pytest.fixture
def lying(provider: FakeProvider) -> Lying:
    """The provider in use, with the same books."""
    chosen = Lying(provider._deliver, pages_url="http://bayar.test", path=provider.books.path)
    providers.use(chosen)
    return chosen


def wrong(field: str, charge: Charge, others: list[Payment], dice: random.Random) -> Iterator[tuple[Charge, Told]]:
    """What the provider shows and tells when one field is wrong, ever anew."""
    while True:
        yield WRONG[field](charge, others, dice)


def _shown(**changes: Callable[[Charge, random.Random], Any]) -> Callable[..., tuple[Charge, Told]]:
    def make(charge: Charge, _: list[Payment], dice: random.Random) -> tuple[Charge, Told]:
        shown = replace(charge, **{name: change(charge, dice) for name, change in changes.items()})
        return shown, told(charge)

    return make


def told(charge: Charge, **changes: Any) -> Told:
    """A notice of a paid charge."""
    named = {"object_kind": "charge", "object": charge.id, "account": "acct_fake", "livemode": False}
    return Told(f"ntc_{uuid4().hex}", **{**named, **changes}, body={"type": "charge.paid"})


def _other(amount: int, dice: random.Random) -> int:
    return dice.choice([1, amount * 100, amount - 1, amount + 1, -amount, dice.randrange(1, amount), 10**15])


def _order(charge: Charge, others: list[Payment], dice: random.Random) -> tuple[Charge, Told]:
    """A charge of one order, known as such, that says it pays another order of the same price."""
    return replace(charge, reference=show("pay", dice.choice(others).id)), told(charge)


def _object(charge: Charge, _: list[Payment], dice: random.Random) -> tuple[Charge, Told]:
    """A notice about another thing than the one that is shown for its name."""
    if dice.random() < 0.5:
        return charge, told(charge, object=f"chg_{dice.randbytes(8).hex()}")
    return replace(charge, id=f"chg_{dice.randbytes(8).hex()}"), told(charge)


def _kind(charge: Charge, _: list[Payment], dice: random.Random) -> tuple[Charge, Told]:
    """A notice that calls a charge a refund or a chargeback."""
    return charge, told(charge, object_kind=dice.choice(["refund", "dispute"]))


def _account(charge: Charge, _: list[Payment], dice: random.Random) -> tuple[Charge, Told]:
    """In the account of somebody else, in the notice, in the books, or in both."""
    other, ours = f"acct_{dice.randbytes(6).hex()}", charge.account
    inside, outside = dice.choice([(other, ours), (ours, other), (other, other)])
    return replace(charge, account=inside), told(charge, account=outside)


def _livemode(charge: Charge, _: list[Payment], dice: random.Random) -> tuple[Charge, Told]:
    inside, outside = dice.choice([(True, False), (False, True), (True, True)])
    return replace(charge, livemode=inside), told(charge, livemode=outside)


WRONG: dict[str, Callable[[Charge, list[Payment], random.Random], tuple[Charge, Told]]] = {
    "amount": _shown(amount_idr=lambda charge, dice: _other(charge.amount_idr, dice)),
    "captured": _shown(captured_idr=lambda charge, dice: _other(charge.amount_idr, dice)),
    "currency": _shown(currency=lambda _, dice: dice.choice(["USD", "idr", "", "IDRT", "SGD", "XXX"])),
    "account": _account,
    "livemode": _livemode,
    "reference": _shown(
        reference=lambda charge, dice: dice.choice(
            [show("pay", new_id()), "", charge.reference + " ", charge.reference.upper(), dice.randbytes(8).hex()]
        )
    ),
    "object": _object,
    "kind": _kind,
    "status": _shown(status=lambda _, dice: dice.choice(["refunded", "succeeded", "PAID", "", "expired", "open"])),
    "order": _order,
}


async def tell(said: Told) -> None:
    """The notice is stored as if it had come in, and its job runs."""
    async with db.transaction() as session:
        assert await service.keep_notice(session, said, signature=b"v1,")
        row = (await session.scalars(select(ProviderNotice.id).where(ProviderNotice.notice == said.notice))).one()
    await tasks.settle_notice(notice_id=str(row))


@pytest.mark.parametrize("field", FIELDS)
async def test_five_hundred_genuine_but_wrong_notices_mark_nothing_paid(lying: Lying, drain: Drain, field: str) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"{field}: seed {seed}")
    scenes = [await checked_out() for _ in range(3)]
    opened = [await open_payment(scene, drain) for scene in scenes]
    lying.books.pay(str(opened[0].charge))
    paid = await super(Lying, lying).fetch_charge(str(opened[0].charge))
    source = wrong(field, paid, opened[1:], random.Random(seed))
    for _ in range(EACH):
        lying.shown, said = next(source)
        await tell(said)
    found = await verdicts()
    assert (len(found), {verdict for verdict, _ in found}) == (EACH, {"quarantined"})
    assert await alarms() == ["notice_quarantined"] * EACH
    assert await untouched(scenes)


async def untouched(scenes: list[Scene]) -> bool:
    """No order is paid, no payment has money, and the ledger says nothing."""
    rows: list[Order] = [row for row in await all_of(Order) if row.id in {scene.order for scene in scenes}]
    money = [(one.state, one.captured_idr) for one in await all_of(Payment)]
    return (
        {(row.state, row.paid_idr) for row in rows} == {("pending_payment", 0)}
        and set(money) == {("open", 0)}
        and await all_of(LedgerTransaction) == []
    )


async def test_the_right_notice_after_all_the_wrong_ones_pays(lying: Lying, drain: Drain) -> None:
    scene = await checked_out()
    opened = await open_payment(scene, drain)
    lying.books.pay(str(opened.charge))
    paid = await super(Lying, lying).fetch_charge(str(opened.charge))
    for field in FIELDS[:5]:
        lying.shown, said = next(wrong(field, paid, [opened], random.Random(1)))
        await tell(said)
    lying.shown = paid
    await tell(told(paid))
    assert [verdict for verdict, _ in await verdicts()].count("captured") == 1
    [payment] = await all_of(Payment)
    assert (payment.state, payment.captured_idr) == ("captured", 1_131_400)
