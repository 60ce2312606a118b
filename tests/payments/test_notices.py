"""Notices of the provider: signed, stored once, and never believed without asking."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from clothingline.integrations.payments import Wish, signing
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import milliseconds
from clothingline.kit.ids import show
from clothingline.ledger.models import LedgerTransaction
from clothingline.payments import tasks
from clothingline.payments.models import ProviderNotice
from tests.payments.counting import held
from tests.payments.stage import checked_out, open_payment, order_state, payments, verdicts

Drain = Callable[[], Awaitable[None]]
Falsify = Callable[[str, str, object], None]


async def test_a_repeated_notice_is_taken_and_changes_nothing(
    provider: FakeProvider, client: httpx.AsyncClient, drain: Drain
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    async with db.transaction() as session:
        notice = (await session.scalars(select(ProviderNotice))).one()
    body = (
        b'{"type":"charge.paid","account":"acct_fake","livemode":false,"data":{"charge":"%s"}}'
        % str(payment.charge).encode()
    )
    answer = await client.post("/v1/payment-notices", content=body, headers=signed(notice.notice, body))
    await drain()
    async with db.transaction() as session:
        kept = await session.scalar(select(func.count()).select_from(ProviderNotice))
    assert (answer.status_code, kept, await verdicts()) == (200, 1, [("captured", None)])


def signed(notice: str, body: bytes, *, secret: bytes | None = None, ago: int = 0) -> dict[str, str]:
    stamp = milliseconds() // 1000 - ago
    said = signing.headers(secret or signing.shared_secret(), notice=notice, timestamp=stamp, body=body)
    return {"content-type": "application/json", **said}


async def another_notice(client: httpx.AsyncClient, charge: str) -> UUID:
    """A second, genuine notice about a charge; returns its row."""
    body, name = (
        b'{"type":"charge.paid","account":"acct_fake","livemode":false,"data":{"charge":"%s"}}' % charge.encode(),
        f"ntc_{uuid4().hex}",
    )
    answer = await client.post("/v1/payment-notices", content=body, headers=signed(name, body))
    assert answer.status_code == 200, answer.text
    async with db.transaction() as session:
        return (await session.scalars(select(ProviderNotice.id).where(ProviderNotice.notice == name))).one()


async def test_captured_twice_at_once_is_captured_once(
    provider: FakeProvider, client: httpx.AsyncClient, drain: Drain
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    notices = [await another_notice(client, str(payment.charge)) for _ in range(4)]
    await asyncio.gather(*(tasks.settle_notice(notice_id=str(notice)) for notice in notices for _ in range(2)))
    await drain()
    async with db.transaction() as session:
        booked = await session.scalars(select(LedgerTransaction.kind).order_by(LedgerTransaction.kind))
    assert (booked.all(), await order_state(scene)) == (["capture", "settle"], ("placed", 1_131_400))
    assert sorted(verdict for verdict, _ in await verdicts()) == ["captured", *["repeated"] * 4]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("amount_idr", 1, "amount"),
        ("amount_idr", 1_131_401, "amount"),
        ("amount_idr", 113_140_000, "amount"),
        ("currency", "USD", "currency"),
        ("reference", "pay_00000000000000000000000000", "reference"),
        ("reference", "someone-else", "reference"),
        ("id", "chg_other", "charge_unknown"),
    ],
)
async def test_a_genuine_notice_that_does_not_fit_is_quarantined_and_pays_nothing(
    provider: FakeProvider, drain: Drain, falsify: Falsify, column: str, value: object, reason: str
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    falsify(str(payment.charge), column, value)
    await drain()
    assert await verdicts() == [("quarantined", reason)]
    assert (await order_state(scene), await held()) == (("pending_payment", 0), {})
    assert [one.state for one in await payments(scene)] == ["open"]


async def test_a_small_payment_that_points_at_another_orders_payment_is_quarantined(
    provider: FakeProvider, drain: Drain, falsify: Falsify
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    small = await provider.open_charge(Wish("someone-else", 1_131_400, "Pesanan lain"))
    falsify(str(payment.charge), "reference", "moved-away")
    falsify(small.id, "reference", show("pay", payment.id))
    await provider.pay(small.id)
    await drain()
    assert (await verdicts(), await order_state(scene)) == ([("quarantined", "charge")], ("pending_payment", 0))


@pytest.mark.parametrize(("status", "said"), [("open", []), ("expired", [("unpaid", None)])])
async def test_a_notice_of_a_charge_that_is_not_paid_is_only_a_hint_and_stays_open_while_it_may_be(
    provider: FakeProvider, client: httpx.AsyncClient, drain: Drain, falsify: Falsify, status: str, said: object
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    falsify(str(payment.charge), "status", status)
    await another_notice(client, str(payment.charge))
    await drain()
    assert (await verdicts(), await order_state(scene)) == (said, ("pending_payment", 0))


BODY = b'{"type":"charge.paid","account":"acct_fake","livemode":false,"data":{"charge":"chg_1"}}'


FORGERIES: dict[str, Callable[[], dict[str, str]]] = {
    "other_secret": lambda: signed("ntc_1", BODY, secret=b"another"),
    "too_old": lambda: signed("ntc_1", BODY, ago=301),
    "from_the_future": lambda: signed("ntc_1", BODY, ago=-360),
    "other_bytes": lambda: signed("ntc_1", BODY + b" "),
    "other_id": lambda: {**signed("ntc_1", BODY), "webhook-id": "ntc_2"},
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_notice_that_is_not_signed_over_its_raw_bytes_is_refused(
    client: httpx.AsyncClient, forgery: str
) -> None:
    answer = await client.post("/v1/payment-notices", content=BODY, headers=FORGERIES[forgery]())
    assert (answer.status_code, answer.json()["code"]) == (400, "notice_not_signed")
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(ProviderNotice)) == 0
