"""What each party will have earned follows the price lines of its order."""

from sqlalchemy import delete, update

from clothingline.earnings import service
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.orders import queries as orders
from clothingline.orders.events import OrderConfirmed
from clothingline.orders.service import adjust_price_lines
from clothingline.orders.waterfall import Claim
from clothingline.production.events import JobCancelled, JobMade
from clothingline.production.models import Job
from clothingline.routing.models import Offer
from tests.earnings.replacing import replace_second
from tests.earnings.scenes import BRAND, CLOTH, PRICE, Drain, accepted, balance, confirmed, paid, passed
from tests.payments.stage import bring, checked_out, earnings, ledger, make_job, tell


async def test_a_confirmed_order_says_what_each_party_will_have_earned(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    assert await earnings(scene) == {
        "order": [(BRAND, "expected")],
        "job": [(400_000, "expected"), (150_000, "expected")],
        "reservation": [(CLOTH, "expected")],
    }
    balances = await ledger()
    assert balances[f"committed:{scene.code}"] == 400_000 + 150_000 + CLOTH + BRAND
    assert await balance("expected", scene.tailors[0]) == -400_000
    assert await balance("expected", scene.brand) == -BRAND


async def test_the_brand_gets_what_platform_and_tax_leave(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, fee_permille=30)
    assert (await earnings(scene))["order"] == [(BRAND - 33_132 - 3_644, "expected")]


async def test_nothing_is_expected_before_the_order_is_confirmed(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain, await checked_out())
    await tell(JobMade(scene.jobs[0], scene.order))
    await drain()
    assert await earnings(scene) == {}


async def test_a_job_that_passes_is_earned_once_and_no_other(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await passed(scene, drain, 1, 1)
    assert (await earnings(scene))["job"] == [(400_000, "expected"), (150_000, "earned")]
    assert await balance("earned", scene.tailors[1]) == -150_000
    assert await balance("expected", scene.tailors[1]) == 0


async def test_what_was_done_is_earned_even_when_the_confirmation_was_not_heard_yet(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain, await checked_out())
    await bring(scene, "all_accepted")
    await passed(scene, drain, 0)
    assert (await earnings(scene))["job"] == [(400_000, "earned"), (150_000, "expected")]


async def test_the_earning_of_a_replaced_maker_is_voided_and_the_brand_gets_the_difference(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    new = await replace_second(scene, 170_000)
    async with db.transaction() as session:
        job = await make_job(session, new)
    await tell(JobCancelled(scene.jobs[1], scene.order))
    await tell(JobMade(job, scene.order))
    await drain()
    found = await earnings(scene)
    assert found["job"] == [(400_000, "expected"), (170_000, "expected"), (150_000, "voided")]
    assert found["order"] == [(BRAND - 20_000, "expected")]
    assert await balance("expected", scene.tailors[1]) == 0
    assert (await ledger())[f"committed:{scene.code}"] == PRICE - 27_000


async def test_a_brand_to_which_nothing_is_left_for_a_while_earns_the_rest_in_the_end(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    brand, lot = Claim("brand_margin", scene.brand), Claim("transport")
    for less, state in ((BRAND, "voided"), (-BRAND, "expected")):
        async with db.transaction() as session:
            order = await orders.get_order_by_id(session, scene.order, lock=True)
            frozen = await orders.find_frozen_price(session, scene.order)
            assert frozen is not None
            wanted = {**frozen.lines, brand: frozen.lines.get(brand, 0) - less, lot: frozen.lines[lot] + less}
            await adjust_price_lines(session, order=order, wanted=wanted, reason="replacement", by=None)
            await service.expect(session, order_id=scene.order)
        assert (await earnings(scene))["order"] == [(BRAND, state)]
    await accepted(scene, drain)
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


async def test_a_share_that_is_earned_is_changed_by_nobody(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await passed(scene, drain, 0)
    async with db.transaction() as session:
        await session.execute(update(Offer).where(Offer.organisation_id == scene.tailors[0]).values(pay_idr=1))
        await service.expect(session, order_id=scene.order)
    assert (await earnings(scene))["job"] == [(400_000, "earned"), (150_000, "expected")]


async def test_a_cancelled_order_owes_nothing_any_more(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    async with db.transaction() as session:
        assert await service.void(session, order_id=scene.order) == 4
    assert {state for rows in (await earnings(scene)).values() for _, state in rows} == {"voided"}
    assert f"committed:{scene.code}" not in await ledger()
    assert await balance("expected", scene.brand) == 0
