"""At acceptance the whole price finds its owners, once; and who may read what of it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from clothingline.earnings import service, tasks
from clothingline.earnings.errors import FundShort
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.ids import show
from clothingline.ledger.errors import EscrowShort
from clothingline.orders import queries as orders
from clothingline.orders.events import OrderAccepted
from clothingline.orders.models import Order
from clothingline.orders.service import adjust_price_lines
from clothingline.orders.waterfall import Claim
from clothingline.payments import service as refunding
from tests.cast import Cast
from tests.earnings.scenes import BRAND, CLOTH, PRICE, Drain, accepted, balance, confirmed
from tests.parties import member
from tests.payments.stage import bring, earnings, ledger, payments


async def test_acceptance_releases_every_share_and_leaves_escrow_empty(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, price=1_131_400 + 124_454, fee_permille=30, ppn=124_454)
    await accepted(scene, drain)
    assert {state for rows in (await earnings(scene)).values() for _, state in rows} == {"available"}
    balances = await ledger()
    assert {
        code: amount for code, amount in balances.items() if code.partition(":")[0] not in ("provider", "cost")
    } == {
        f"available:{show('org', scene.tailors[0])}": -400_000,
        f"available:{show('org', scene.tailors[1])}": -150_000,
        f"available:{show('org', scene.supplier)}": -CLOTH,
        f"available:{show('org', scene.brand)}": -(BRAND - 33_132 - 3_644),
        f"transport:{scene.code}": -27_000,
        "income:platform_fee": -33_132,
        "ppn:idr": -(124_454 + 3_644),
    }
    assert sum(balances.values()) == 0


async def test_a_release_that_is_repeated_by_many_at_once_pays_once(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await bring(scene, "accept")
    await asyncio.gather(*(tasks.release_earnings(order_id=str(scene.order)) for _ in range(6)))
    before = await ledger()
    await tasks.release_earnings(order_id=str(scene.order))
    assert (await ledger(), sum(before.values())) == (before, 0)
    assert f"escrow:{scene.code}" not in before


async def test_an_order_that_is_not_accepted_releases_nothing(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await bring(scene, "last_delivered", OrderAccepted(scene.order))
    await drain()
    assert {state for rows in (await earnings(scene)).values() for _, state in rows} == {"expected"}


async def test_shares_that_escrow_does_not_hold_are_not_released(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await bring(scene, "accept")
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, scene.order, lock=True)
        frozen = await orders.find_frozen_price(session, scene.order)
        assert frozen is not None
        dearer = {**frozen.lines, Claim("ppn"): 1}
        await adjust_price_lines(session, order=order, wanted=dearer, reason="change", by=None)
    with pytest.raises(EscrowShort):
        await tasks.release_earnings(order_id=str(scene.order))
    assert (await ledger())[f"escrow:{scene.code}"] == -PRICE


@pytest.mark.parametrize("first", ["release", "refund"])
async def test_what_goes_back_and_what_is_released_come_of_the_same_money_once(
    provider: FakeProvider, drain: Drain, first: str
) -> None:
    """The second waits for the first, and finds the margin of the brand gone, or the price lower."""
    scene = await confirmed(provider, drain)
    await bring(scene, "accept")
    [payment] = await payments(scene)
    entered = asyncio.Event()

    async def release() -> None:
        async with db.transaction() as session:
            await service.release_order(session, order_id=scene.order)
            entered.set()
            await asyncio.sleep(0.2)

    async def refund() -> None:
        async with db.transaction() as session:
            await refunding.refund_payment(session, payment_id=payment.id, reason="forced", amount_idr=BRAND)
            entered.set()
            await asyncio.sleep(0.2)

    async def later(act: Callable[[], Awaitable[None]]) -> None:
        async with asyncio.timeout(20):
            await entered.wait()
        await act()

    acts = (release(), later(refund)) if first == "release" else (refund(), later(release))
    one, other = await asyncio.gather(*acts, return_exceptions=True)
    assert one is None
    assert isinstance(other, FundShort) if first == "release" else other is None
    balances = await ledger()
    assert (f"escrow:{scene.code}" in balances, sum(balances.values())) == (False, 0)
    assert await balance("available", scene.brand) == (-BRAND if first == "release" else 0)
    assert [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]


async def test_a_tailor_sees_the_own_earnings_with_order_state_and_day(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    async with db.transaction() as session:
        siti = await member(cast, session, "081234567803", Role.TAILOR, scene.tailors[0])
        promise = (await session.get_one(Order, scene.order)).promise_on
    rows = (await siti.get("/v1/earnings")).json()["data"]
    assert [(row["order_code"], row["state"], row["amount"]["amount"], row["source"]) for row in rows] == [
        (scene.code, "expected", 400_000, "job")
    ]
    assert promise is not None
    assert rows[0]["expected_on"] > promise.isoformat()
    assert (await siti.get("/v1/earnings?state=available")).json()["data"] == []


async def test_an_auditor_reads_the_ledger_and_a_tailor_may_not(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    async with db.transaction() as session:
        auditor = await member(cast, session, "081234567804", Role.AUDITOR)
        siti = await member(cast, session, "081234567803", Role.TAILOR, scene.tailors[0])
    accounts = (await auditor.get("/v1/ledger-accounts")).json()["data"]
    moved = {row["code"]: row["balance"]["amount"] for row in accounts if row["balance"]["amount"]}
    assert moved == await ledger()
    transactions = (await auditor.get("/v1/ledger-transactions")).json()["data"]
    assert {(one["source"], one["kind"]) for one in transactions} >= {("payment", "capture"), ("earning", "expect")}
    assert all(sum(entry["amount"]["amount"] for entry in one["entries"]) == 0 for one in transactions)
    assert len((await auditor.get("/v1/earnings")).json()["data"]) == 4
    assert (await siti.get("/v1/ledger-accounts")).status_code == 403
    assert (await siti.get("/v1/ledger-transactions")).status_code == 403
