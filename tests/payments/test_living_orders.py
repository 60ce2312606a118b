"""Money goes back while the order lives on: the brand bears it, then the guarantee fund lends it."""

from collections.abc import Awaitable, Callable

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.errors import Conflict
from clothingline.kit.ids import show
from clothingline.ledger import chart
from clothingline.ledger import service as ledger_service
from clothingline.orders.events import OrderConfirmed
from clothingline.orders.models import Order
from clothingline.payments import service
from clothingline.payments.models import Payment
from tests.payments.counting import held
from tests.payments.stage import Scene, bring, checked_out, ledger, open_payment, payments, refunds

Drain = Callable[[], Awaitable[None]]
PRICE, LABOUR = 1_131_400, 550_000
LIMITS = service.Limits(officer_from_idr=10**9, two_people_from_idr=10**9)


async def paid(provider: FakeProvider, drain: Drain) -> tuple[Scene, Payment]:
    """A paid and confirmed order."""
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    return scene, (await payments(scene))[0]


async def fund(payment: Payment, amount_idr: int) -> None:
    """Give the guarantee fund money."""
    async with db.transaction() as session:
        lines = [(chart.PROVIDER, amount_idr), (chart.GUARANTEE, -amount_idr)]
        await ledger_service.book_all(session, [ledger_service.Posting("funding", payment.id, "fund", tuple(lines))])


async def refund(payment: Payment, reason: str, amount: int | None) -> str:
    """An officer's refund; says what came of it."""
    try:
        async with db.transaction() as session:
            await service.request_refund(
                session,
                payment_id=payment.id,
                reason=reason,
                amount_idr=amount,
                limits=LIMITS,
                case=("claim", payment.id),
            )
    except Conflict as refusal:
        return refusal.code
    return "approved"


async def test_a_refund_of_a_living_order_is_the_brands_and_lowers_its_price(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    assert await refund(payment, "Kancing lepas", 100_000) == "approved"
    await drain()
    async with db.transaction() as session:
        order = await session.get_one(Order, scene.order)
    assert (order.price_idr, order.paid_idr, await refunds()) == (
        PRICE - 100_000,
        PRICE - 100_000,
        [("Kancing lepas", 100_000, "settled")],
    )
    balances = await held()
    assert balances[f"escrow:{scene.code}"] == 100_000 - PRICE
    assert sum(idr for code, idr in balances.items() if code.startswith("clearing")) == 0


async def test_what_the_brand_cannot_bear_is_lent_by_the_fund_and_owed_by_the_brand(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    assert await refund(payment, "Semua salah", None) == "fund_short"
    assert (await refunds(), (await payments(scene))[0].refunded_idr) == ([], 0)
    await fund(payment, PRICE)
    assert await refund(payment, "Semua salah", None) == "approved"
    await drain()
    balances = await ledger()
    assert await refunds() == [("Semua salah", PRICE, "settled")]
    lent = PRICE + balances["guarantee:fund"]
    assert (balances[f"debt:{show('org', scene.brand)}"], -balances[f"escrow:{scene.code}"]) == (lent, lent)
    assert lent >= LABOUR


async def test_a_failed_refund_of_a_living_order_gives_price_and_debt_back(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    await fund(payment, PRICE)
    before = await ledger()
    provider.play("slow_refund")
    assert await refund(payment, "Semua salah", None) == "approved"
    await drain()
    assert (await payments(scene))[0].refunded_idr == PRICE
    with provider.books.reading() as clerk:
        [row] = clerk.rows("SELECT id FROM refund")
    await provider.happen(provider.books.end_refund, row["id"], arrived=False)
    await drain()
    async with db.transaction() as session:
        order = await session.get_one(Order, scene.order)
    assert (await ledger(), order.price_idr, order.paid_idr) == (before, PRICE, PRICE)
