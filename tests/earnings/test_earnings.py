"""How the price of an order becomes everybody's money."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import delete, select, update

from clothingline.earnings import service, tasks
from clothingline.earnings.models import Earning
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, states
from clothingline.kit.access import Role
from clothingline.kit.ids import show
from clothingline.ledger.errors import EscrowShort
from clothingline.orders.errors import SplitExceedsPrice
from clothingline.orders.events import CuttingStarted, OrderAccepted, OrderConfirmed
from clothingline.orders.models import Order
from clothingline.payments import service as refunding
from clothingline.payments import tasks as paying
from clothingline.production.events import JobCancelled, JobMade, JobPassed
from clothingline.production.models import JOB, Job
from clothingline.routing.models import OFFER, Offer
from tests.cast import Cast
from tests.parties import member
from tests.payments.stage import Scene, bring, checked_out, earnings, ledger, make_job, payments, tell

Drain = Callable[[], Awaitable[None]]
CLOTH = 290_363  # 725 cm at Rp 40,050 a metre: 290,362.5
BRAND = 1_131_400 - 400_000 - 150_000 - CLOTH - 27_000


async def paid(provider: FakeProvider, drain: Drain, scene: Scene) -> Scene:
    await paying.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))
    [payment] = await payments(scene)
    await provider.pay(str(payment.charge))
    await drain()
    return scene


async def confirmed(provider: FakeProvider, drain: Drain) -> Scene:
    scene = await paid(provider, drain, await checked_out())
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    return scene


async def test_a_confirmed_order_says_what_each_party_will_have_earned(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    assert await earnings(scene) == {
        "order": [(BRAND, "expected")],
        "job": [(400_000, "expected"), (150_000, "expected")],
        "reservation": [(CLOTH, "expected")],
    }


async def test_nothing_is_expected_before_the_order_is_confirmed(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain, await checked_out())
    await tell(JobMade(scene.jobs[0], scene.order))
    await drain()
    assert await earnings(scene) == {}


async def test_a_job_that_passes_is_earned_once_and_no_other(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    for _ in range(2):
        await tell(JobPassed(scene.jobs[1], scene.order))
    await drain()
    assert (await earnings(scene))["job"] == [(400_000, "expected"), (150_000, "earned")]


async def test_cut_cloth_is_earned_by_its_supplier(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await tell(CuttingStarted(scene.order))
    await drain()
    assert (await earnings(scene))["reservation"] == [(CLOTH, "earned")]


async def test_what_was_done_is_earned_even_when_the_confirmation_was_not_heard_yet(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain, await checked_out())
    await bring(scene, "all_accepted")
    await tell(JobPassed(scene.jobs[0], scene.order))
    await drain()
    assert (await earnings(scene))["job"] == [(400_000, "earned"), (150_000, "expected")]


async def test_the_earning_of_a_replaced_maker_is_voided_and_the_brand_gets_the_difference(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    async with db.transaction() as session:
        [left] = await states.move(
            session, OFFER, Offer, "withdraw", Offer.organisation_id == scene.tailors[1], Offer.kind == "tailor"
        )
        await states.move(session, JOB, Job, "cancel", Job.id == scene.jobs[1])
        values = {name: getattr(left, name) for name in ("order_id", "plan_id", "kind", "share_id", "claim", "pieces")}
        new = Offer(
            **values,
            sizes={},
            organisation_id=scene.tailors[0],
            pay_idr=170_000,
            due_on=left.due_on,
            expires_at=left.expires_at,
            state="sent",
        )
        session.add(new)
        await session.flush()
        await states.move(session, OFFER, Offer, "accept", Offer.id == new.id, accepted_at=left.accepted_at)
        job = await make_job(session, new)
    await tell(JobCancelled(scene.jobs[1], scene.order))
    await tell(JobMade(job, scene.order))
    await drain()
    found = await earnings(scene)
    assert found["job"] == [(400_000, "expected"), (170_000, "expected"), (150_000, "voided")]
    assert found["order"] == [(BRAND - 20_000, "expected")]


async def test_a_brand_to_which_nothing_is_left_for_a_while_earns_the_rest_in_the_end(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    for more, state in ((BRAND, "voided"), (-BRAND, "expected")):
        async with db.transaction() as session:
            mine = Offer.organisation_id == scene.tailors[0]
            await session.execute(update(Offer).where(mine).values(pay_idr=Offer.pay_idr + more))
            await service.expect(session, order_id=scene.order)
        assert (await earnings(scene))["order"] == [(BRAND, state)]
    await bring(scene, "accept", OrderAccepted(scene.order))
    await drain()
    assert (await earnings(scene))["order"] == [(BRAND, "available")]


async def test_the_pay_of_a_maker_whose_job_is_not_made_yet_is_not_the_brands(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain, await checked_out())
    async with db.transaction() as session:
        await session.execute(delete(Job).where(Job.id == scene.jobs[1]))
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    found = await earnings(scene)
    assert (found["job"], found["order"]) == ([(400_000, "expected")], [(BRAND, "expected")])


async def test_shares_above_the_price_are_refused_and_nothing_is_expected(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain, await checked_out(price=800_000))
    await bring(scene, "all_accepted")
    with pytest.raises(SplitExceedsPrice):
        await tasks.expect_earnings(order_id=str(scene.order))
    assert await earnings(scene) == {}


async def test_acceptance_releases_every_share_and_leaves_escrow_empty(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await bring(scene, "accept", OrderAccepted(scene.order))
    await drain()
    assert {state for rows in (await earnings(scene)).values() for _, state in rows} == {"available"}
    assert await ledger() == {
        "provider:idr": 1_131_400,
        f"payable:{show('tlr', scene.tailors[0])}": -400_000,
        f"payable:{show('tlr', scene.tailors[1])}": -150_000,
        f"payable:{show('sup', scene.supplier)}": -CLOTH,
        f"payable:{show('brd', scene.brand)}": -BRAND,
        f"transport:{scene.code}": -27_000,
    }


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
    await bring(scene, "accept", price_idr=1_131_401)
    with pytest.raises(EscrowShort):
        await tasks.release_earnings(order_id=str(scene.order))
    assert (await ledger())[f"escrow:{scene.code}"] == -1_131_400


@pytest.mark.parametrize("first", ["release", "refund"])
async def test_of_release_and_refund_of_the_same_money_only_the_first_happens(
    provider: FakeProvider, drain: Drain, first: str
) -> None:
    """Both are forced, although no order is accepted and cancelled at once: escrow is the last guard."""
    scene = await confirmed(provider, drain)
    await bring(scene, "accept")
    [payment] = await payments(scene)
    entered = asyncio.Event()

    async def release() -> None:
        async with db.transaction() as session:
            await service.release(session, order_id=scene.order)
            entered.set()
            await asyncio.sleep(0.2)

    async def refund() -> None:
        async with db.transaction() as session:
            await refunding.refund_payment(session, payment_id=payment.id, reason="forced")
            entered.set()
            await asyncio.sleep(0.2)

    async def later(act: Callable[[], Awaitable[None]]) -> None:
        await entered.wait()
        await act()

    acts = (release(), later(refund)) if first == "release" else (refund(), later(release))
    one, other = await asyncio.gather(*acts, return_exceptions=True)
    assert one is None
    assert isinstance(other, EscrowShort)
    balances = await ledger()
    assert (f"escrow:{scene.code}" in balances, sum(balances.values())) == (False, 0)


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
    assert {row["code"]: row["balance"]["amount"] for row in accounts} == await ledger()
    [transaction] = (await auditor.get("/v1/ledger-transactions")).json()["data"]
    assert (transaction["source"], transaction["kind"]) == ("payment", "capture")
    assert sum(entry["amount"]["amount"] for entry in transaction["entries"]) == 0
    assert len((await auditor.get("/v1/earnings")).json()["data"]) == 4
    assert (await siti.get("/v1/ledger-accounts")).status_code == 403
    assert (await siti.get("/v1/ledger-transactions")).status_code == 403


async def test_a_share_that_is_earned_is_changed_by_nobody(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await tell(JobPassed(scene.jobs[0], scene.order))
    await drain()
    async with db.transaction() as session:
        await session.execute(update(Offer).where(Offer.organisation_id == scene.tailors[0]).values(pay_idr=1))
        await service.expect(session, order_id=scene.order)
        amount = await session.scalar(select(Earning.amount_idr).where(Earning.source_id == scene.jobs[0]))
    assert amount == 400_000
