"""What goes back to a consumer comes of the brand's margin, then of the guarantee fund, never of a maker's pay."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service
from clothingline.earnings.errors import FundShort
from clothingline.earnings.models import Debt
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledgers
from clothingline.ledger.service import Posting
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.waterfall import by_code
from clothingline.payments.models import REFUND, Payment, Refund
from tests.earnings.scenes import BRAND, PRICE, Drain, accepted, balance, confirmed, escrow, fund, paid
from tests.payments.stage import Scene, bring, checked_out, earnings, ledger

CAUSE = ("refund", new_id())


async def go_back(scene: Scene, amount: int, step: int = 0) -> tuple[int, int]:
    """So much goes back to the consumer; (from escrow, from the fund)."""
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, scene.order, lock=True)
        found = await service.cover(session, order=order, amount_idr=amount, debtor=scene.brand, cause=CAUSE)
        given = [(chart.escrow(order), found.from_escrow_idr), (chart.GUARANTEE, found.from_fund_idr)]
        await _counted(session, scene, amount, found)
        lines = (*((account, part) for account, part in given if part), (chart.clearing("refund", CAUSE[1]), -amount))
        await ledgers.book_all(session, [Posting(*CAUSE, "reserve", lines, step), *found.postings])
    return found.from_escrow_idr, found.from_fund_idr


async def _counted(session: AsyncSession, scene: Scene, amount: int, found: service.Cover) -> None:
    """The refund as a row, tried anew when it stands, and counted on its payment."""
    payment = (await session.scalars(select(Payment).where(Payment.order_id == scene.order))).one()
    payment.refunded_idr += amount
    sources = {"from_escrow_idr": found.from_escrow_idr, "from_fund_idr": found.from_fund_idr}
    this = Refund.id == CAUSE[1]
    if not await move(session, REFUND, Refund, "retry", this, by=None, amount_idr=amount, **sources):
        told = {"payment_id": payment.id, "amount_idr": amount, "reason": "claim"}
        session.add(Refund(id=CAUSE[1], state="approved", **told, **sources))


async def come_back(scene: Scene, escrow_idr: int, fund_idr: int) -> None:
    """The bank of the consumer has refused it."""
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, scene.order, lock=True)
        await move(session, REFUND, Refund, "send", Refund.id == CAUSE[1])
        [refund] = await move(session, REFUND, Refund, "fail", Refund.id == CAUSE[1])
        (await session.get_one(Payment, refund.payment_id)).refunded_idr -= refund.amount_idr
        undone = await service.uncover(session, order=order, cause=CAUSE)
        given = [(chart.escrow(order), -escrow_idr), (chart.GUARANTEE, -fund_idr)]
        back = (chart.clearing("refund", CAUSE[1]), escrow_idr + fund_idr)
        lines = (*((account, part) for account, part in given if part), back)
        await ledgers.book_all(session, [Posting(*CAUSE, "reversal", lines), *undone])


async def priced(scene: Scene) -> tuple[int, int, int]:
    """Price, what counts as paid, and the sum of the lines."""
    async with db.transaction() as session:
        order, frozen = await session.get_one(Order, scene.order), await orders.find_frozen_price(session, scene.order)
        assert frozen is not None
        return order.price_idr or 0, order.paid_idr, sum(frozen.lines.values())


async def debts() -> list[tuple[int, int]]:
    """(amount, still open) of every debt."""
    async with db.transaction() as session:
        return [(row.amount_idr, row.open_idr) for row in await session.scalars(select(Debt).order_by(Debt.id))]


async def test_a_part_of_the_price_that_goes_back_is_the_brands(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    assert await go_back(scene, 100_000) == (100_000, 0)
    assert await priced(scene) == (PRICE - 100_000,) * 3
    assert (await earnings(scene))["order"] == [(BRAND - 100_000, "expected")]
    await accepted(scene, drain)
    assert (await escrow(scene), await balance("available", scene.brand)) == (0, -(BRAND - 100_000))


async def test_what_the_margin_lacks_the_fund_gives_and_the_brand_owes(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    with pytest.raises(FundShort):
        await go_back(scene, BRAND + 30_000)
    assert await priced(scene) == (PRICE,) * 3
    await fund(50_000)
    assert await go_back(scene, BRAND + 30_000) == (BRAND, 30_000)
    assert await priced(scene) == (PRICE - BRAND,) * 3
    assert (await debts(), await balance("debt", scene.brand)) == ([(30_000, 30_000)], 30_000)
    await accepted(scene, drain)
    assert await escrow(scene) == 0
    assert [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]


async def test_between_acceptance_and_release_it_is_still_the_brands_margin(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    await bring(scene, "accept")
    assert await go_back(scene, 100_000) == (100_000, 0)
    await accepted(scene, drain)
    assert (await escrow(scene), await balance("available", scene.brand)) == (0, -(BRAND - 100_000))


async def test_after_acceptance_the_fund_gives_all_of_it(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await accepted(scene, drain)
    await fund(100_000)
    assert await go_back(scene, 100_000) == (0, 100_000)
    assert (await priced(scene), await debts()) == ((PRICE,) * 3, [(100_000, 100_000)])


async def test_of_a_deposit_only_what_is_not_the_makers_goes_back(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, deposit=600_000)
    await fund(100_000)
    assert await go_back(scene, 80_000) == (50_000, 30_000)
    assert await priced(scene) == (PRICE - 50_000, 550_000, PRICE - 50_000)


async def test_a_taxable_brand_gives_back_the_tax_in_it(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, price=1_131_400 + 124_454, ppn=124_454)
    assert await go_back(scene, 111_000) == (111_000, 0)
    async with db.transaction() as session:
        frozen = await orders.find_frozen_price(session, scene.order)
    assert frozen is not None
    assert (by_code(frozen.lines)["ppn"], by_code(frozen.lines)["brand_margin"]) == (124_454 - 11_000, BRAND - 100_000)


async def test_money_that_did_not_arrive_makes_price_share_and_debt_what_they_were(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    await fund(50_000)
    before = await ledger(), await earnings(scene)
    given = await go_back(scene, BRAND + 30_000)
    await come_back(scene, *given)
    assert (await priced(scene), await debts()) == ((PRICE,) * 3, [(30_000, 0)])
    assert (await ledger(), await earnings(scene)) == before
    assert await go_back(scene, BRAND + 20_000, step=1) == (BRAND, 20_000)
    assert (await debts(), await balance("debt", scene.brand)) == ([(50_000, 20_000)], 20_000)


async def test_before_a_price_is_agreed_escrow_gives_what_it_holds(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain, await checked_out())
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, scene.order, lock=True)
        assert order.state == "placed"
    assert await go_back(scene, 100_000) == (100_000, 0)
    assert await priced(scene) == (PRICE - 100_000,) * 3
