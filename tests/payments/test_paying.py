"""From check-out to money in escrow, and everything that may go wrong between."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from clothingline.integrations.payments import FakeProvider, signing
from clothingline.kit import db
from clothingline.kit.clock import milliseconds
from clothingline.kit.ids import show
from clothingline.orders.events import OrderCancelled, OrderCheckedOut, OrderReady
from clothingline.payments import tasks
from clothingline.payments.models import LedgerTransaction, NoticeVerdict, Payment, ProviderNotice
from tests.cast import Cast
from tests.payments.stage import Scene, bring, checked_out, ledger, order_state, payments, refunds, tell

Drain = Callable[[], Awaitable[None]]
Falsify = Callable[[str, str, object], None]


async def open_payment(scene: Scene, drain: Drain) -> Payment:
    await tell(OrderCheckedOut(scene.order, scene.quote))
    await drain()
    return (await payments(scene))[-1]


async def verdicts() -> list[tuple[str, str | None]]:
    async with db.transaction() as session:
        rows = await session.execute(select(NoticeVerdict.verdict, NoticeVerdict.reason).order_by(NoticeVerdict.id))
        return [(row.verdict, row.reason) for row in rows]


async def test_a_checked_out_order_gets_a_page_to_pay_its_price_on(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    assert (payment.state, payment.instalment, payment.amount_idr) == ("open", "full", 1_131_400)
    charge = await provider.find_charge(show("pay", payment.id))
    assert charge is not None
    assert (payment.charge, payment.pay_url) == (charge.id, f"http://bayar.test/charges/{charge.id}")


async def test_asking_twice_opens_one_payment_and_one_charge(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    first = await open_payment(scene, drain)
    again = await open_payment(scene, drain)
    assert (again.id, again.charge, len(await payments(scene))) == (first.id, first.charge, 1)


async def test_a_new_price_ends_the_payment_of_the_old_one(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await open_payment(scene, drain)
    await bring(scene, "checkout", price_idr=1_200_000, deposit_idr=1_200_000)
    await open_payment(scene, drain)
    assert [(one.state, one.amount_idr) for one in await payments(scene)] == [
        ("expired", 1_131_400),
        ("open", 1_200_000),
    ]


async def test_an_order_that_is_a_draft_again_is_asked_for_nothing(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await bring(scene, "cancel")
    await tell(OrderCheckedOut(scene.order, scene.quote))
    await drain()
    assert await payments(scene) == []


async def test_a_paid_charge_places_the_order_and_stands_in_escrow(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured"]
    assert await order_state(scene) == ("placed", 1_131_400)
    assert await ledger() == {"clearing:provider": 1_131_400, f"escrow:{scene.code}": -1_131_400}
    assert await verdicts() == [("captured", None)]


async def test_money_that_arrives_before_we_knew_the_charge_counts(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    async with db.transaction() as session:
        session.add(Payment(order_id=scene.order, instalment="full", amount_idr=1_131_400, state="wished"))
    [wished] = await payments(scene)
    charge = await provider.open_charge(show("pay", wished.id), 1_131_400, "Pesanan")
    await provider.pay(charge.id)
    await drain()
    [payment] = await payments(scene)
    assert (payment.state, payment.charge) == ("captured", charge.id)


async def test_a_repeated_notice_is_taken_and_changes_nothing(
    provider: FakeProvider, client: httpx.AsyncClient, drain: Drain
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    async with db.transaction() as session:
        notice = (await session.scalars(select(ProviderNotice))).one()
    body = b'{"type":"charge.paid","data":{"charge":"%s"}}' % str(payment.charge).encode()
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
    body, name = b'{"type":"charge.paid","data":{"charge":"%s"}}' % charge.encode(), f"ntc_{uuid4().hex}"
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
        booked = await session.scalar(select(func.count()).select_from(LedgerTransaction))
    assert (booked, await order_state(scene)) == (1, ("placed", 1_131_400))
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
    assert (await order_state(scene), await ledger()) == (("pending_payment", 0), {})
    assert [one.state for one in await payments(scene)] == ["open"]


async def test_a_small_payment_that_points_at_another_orders_payment_is_quarantined(
    provider: FakeProvider, drain: Drain, falsify: Falsify
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    small = await provider.open_charge("someone-else", 1_131_400, "Pesanan lain")
    falsify(str(payment.charge), "reference", "moved-away")
    falsify(small.id, "reference", show("pay", payment.id))
    await provider.pay(small.id)
    await drain()
    assert (await verdicts(), await order_state(scene)) == ([("quarantined", "charge")], ("pending_payment", 0))


async def test_a_notice_of_a_charge_that_is_not_paid_is_only_a_hint(
    provider: FakeProvider, client: httpx.AsyncClient, drain: Drain
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await another_notice(client, str(payment.charge))
    await drain()
    assert (await verdicts(), await order_state(scene)) == ([("unpaid", None)], ("pending_payment", 0))


BODY = b'{"type":"charge.paid","data":{"charge":"chg_1"}}'


@pytest.mark.parametrize(
    "headers",
    [
        signed("ntc_1", BODY, secret=b"another"),
        signed("ntc_1", BODY, ago=301),
        signed("ntc_1", BODY, ago=-360),
        signed("ntc_1", BODY + b" "),
        {**signed("ntc_1", BODY), "webhook-id": "ntc_2"},
    ],
    ids=["other_secret", "too_old", "from_the_future", "other_bytes", "other_id"],
)
async def test_a_notice_that_is_not_signed_over_its_raw_bytes_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await client.post("/v1/payment-notices", content=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "notice_not_signed")
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(ProviderNotice)) == 0


async def test_a_payment_that_is_not_paid_in_time_ends(
    provider: FakeProvider, drain: Drain, advance: Callable[..., Awaitable[None]]
) -> None:
    scene = await checked_out()
    await open_payment(scene, drain)
    assert await tasks.expire_payments() == 0
    await advance(minutes=15, seconds=1)
    assert (await tasks.expire_payments(), await tasks.expire_payments()) == (1, 0)
    assert [one.state for one in await payments(scene)] == ["expired"]


@pytest.mark.parametrize("swept", [True, False])
async def test_money_that_arrives_after_the_deadline_goes_back(
    provider: FakeProvider, drain: Drain, advance: Callable[..., Awaitable[None]], *, swept: bool
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await advance(minutes=16)
    if swept:
        await tasks.expire_payments()
    await provider.pay(str(payment.charge))
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured_late"]
    assert await refunds() == [("late", 1_131_400, "settled")]
    assert (await order_state(scene), await ledger()) == (("pending_payment", 0), {})
    assert (await provider.fetch_charge(str(payment.charge))).status == "refunded"


async def test_money_for_an_order_that_was_cancelled_meanwhile_goes_back(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await bring(scene, "cancel")
    await provider.pay(str(payment.charge))
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured_late"]
    assert (await refunds(), await ledger()) == ([("late", 1_131_400, "settled")], {})


async def test_a_cancelled_order_is_asked_for_no_more_money(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await open_payment(scene, drain)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    assert [one.state for one in await payments(scene)] == ["expired"]


async def test_a_deposit_places_the_order_and_the_balance_follows_when_it_is_ready(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await checked_out(price=4_000_001, deposit=2_000_001)
    deposit = await open_payment(scene, drain)
    await provider.pay(str(deposit.charge))
    await drain()
    await bring(scene, "all_packed", OrderReady(scene.order))
    await drain()
    balance = (await payments(scene))[-1]
    assert (deposit.instalment, balance.instalment, balance.amount_idr) == ("deposit", "balance", 2_000_000)
    await provider.pay(str(balance.charge))
    await drain()
    assert await order_state(scene) == ("ready", 4_000_001)
    assert await ledger() == {"clearing:provider": 4_000_001, f"escrow:{scene.code}": -4_000_001}


async def test_an_order_that_is_paid_in_full_is_asked_for_no_balance(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    await bring(scene, "all_packed", OrderReady(scene.order))
    await drain()
    assert [one.instalment for one in await payments(scene)] == ["full"]


async def test_a_consumer_sees_the_own_payments_and_nobody_elses(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, dewi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Dewi")
    scene = await checked_out(consumer=rina.account)
    payment = await open_payment(scene, drain)
    path = f"/v1/payments/{show('pay', payment.id)}"
    [listed] = (await rina.get(f"/v1/payments?order={show('ord', scene.order)}")).json()["data"]
    assert (listed["order_code"], listed["pay_url"], listed["amount"]) == (
        scene.code,
        payment.pay_url,
        {"amount": 1_131_400, "currency": "IDR"},
    )
    assert (await rina.get(path)).json() == listed
    assert (await dewi.get("/v1/payments")).json()["data"] == []
    other, missing = await dewi.get(path), await dewi.get(f"/v1/payments/{show('pay', uuid4())}")
    assert (other.status_code, other.json()["detail"]) == (404, missing.json()["detail"])
