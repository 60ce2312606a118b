"""Money that is taken only in part, and a fee that is counted later."""

from collections.abc import Awaitable, Callable

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.payments import service, tasks
from clothingline.payments.errors import RefundExceeds
from clothingline.payments.models import Payment
from clothingline.settings import settings
from tests.payments.counting import FEE, held, parts
from tests.payments.stage import Scene, checked_out, ledger, open_payment, order_state, payments, refunds, verdicts

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
Falsify = Callable[[str, str, object], None]


async def held_by_card(provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch) -> tuple[Scene, Payment]:
    """A payment of Rp 1,131,400 whose money the provider holds; nobody has decided to take it yet."""
    monkeypatch.setattr(settings().payments, "capture", "manual")
    scene = await checked_out()
    opened = await open_payment(scene, drain)
    provider.books.pay(str(opened.charge), "card")
    charge = await provider.fetch_charge(str(opened.charge))
    async with db.transaction() as session:
        await service.settle_asked(session, payment_id=opened.id, charge=charge)
    [authorised] = await payments(scene)
    assert authorised.state == "authorised"
    return scene, authorised


async def take_only(payment: Payment, amount_idr: int) -> None:
    """That much is to be taken of held money: what its instalment needed when that was decided."""
    async with db.transaction() as session:
        (await session.get_one(Payment, payment.id)).capture_idr = amount_idr


async def test_what_is_captured_in_part_is_refunded_in_part_at_most(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, payment = await held_by_card(provider, drain, monkeypatch)
    await take_only(payment, 800_000)
    async with db.transaction() as session:
        decided = await service.decide_capture(session, payment_id=payment.id)
    assert decided is not None
    assert decided.capture_idr == 800_000
    await drain()
    assert (await parts(scene))[0] == (1, 1_131_400, "captured")
    assert await held() == {f"escrow:{scene.code}": -800_000}
    async with db.transaction() as session:
        with pytest.raises(RefundExceeds):
            await service.refund_payment(session, payment_id=payment.id, reason="wish", amount_idr=800_001)
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="wish", amount_idr=500_000)
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="rest")
    await drain()
    assert await refunds() == [("wish", 500_000, "settled"), ("rest", 300_000, "settled")]
    assert (await held(), (await provider.fetch_charge(str(payment.charge))).refunded_idr) == ({}, 800_000)


async def test_what_a_capture_in_part_leaves_missing_is_asked_for_as_the_next_part(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, payment = await held_by_card(provider, drain, monkeypatch)
    await take_only(payment, 800_000)
    await drain()
    assert (await order_state(scene), await parts(scene)) == (
        ("pending_payment", 0),
        [(1, 1_131_400, "captured"), (2, 331_400, "open")],
    )
    await provider.pay(str((await payments(scene))[1].charge), "qris")
    await drain()
    assert (await order_state(scene), await held()) == (("placed", 1_131_400), {f"escrow:{scene.code}": -1_131_400})


async def test_a_capture_in_part_that_we_did_not_ask_for_pays_nothing(
    provider: FakeProvider, drain: Drain, falsify: Falsify
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    falsify(str(payment.charge), "captured_idr", 800_000)
    await drain()
    assert (await verdicts(), await held()) == ([("quarantined", "captured")], {})


async def test_a_capture_whose_answer_is_lost_is_taken_once(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, payment = await held_by_card(provider, drain, monkeypatch)
    provider.play("apply_then_drop", on="capture")
    job = {"payment_id": str(payment.id), "order_id": str(scene.order)}
    with pytest.raises(Exception, match="reply lost"):
        await tasks.capture_charge(**job)
    await tasks.capture_charge(**job)
    await drain()
    assert (await order_state(scene), await held()) == (("placed", 1_131_400), {f"escrow:{scene.code}": -1_131_400})


async def test_a_fee_that_is_counted_later_is_booked_then_and_once(
    provider: FakeProvider, drain: Drain, advance: Advance, falsify: Falsify
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    provider.books.pay(str(payment.charge))
    falsify(str(payment.charge), "fee_idr", None)
    await provider.deliver_waiting()
    await drain()
    clearing = f"clearing:charge:{show('pay', payment.id)}"
    assert await ledger() == {clearing: 1_131_400, f"escrow:{scene.code}": -1_131_400}
    falsify(str(payment.charge), "fee_idr", FEE)
    for _ in range(3):
        await advance(minutes=5)
        assert await tasks.ask_again() == 0
    assert await ledger() == {
        "provider:idr": 1_131_400 - FEE,
        "cost:provider": FEE,
        f"escrow:{scene.code}": -1_131_400,
    }
