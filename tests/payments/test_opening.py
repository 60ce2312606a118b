"""Asking the provider for a page: once, whatever dies or ends in between."""

from collections.abc import Awaitable, Callable

from clothingline.integrations.payments import Wish
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.payments import service, tasks
from clothingline.payments.models import Payment
from tests.payments.counting import wish
from tests.payments.stage import Scene, checked_out, payments

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
A_DAY_AND_AN_HOUR = 25 * 3600


async def wished() -> tuple[Scene, Payment]:
    """An order with a payment that nobody has asked the provider for."""
    scene = await checked_out()
    await wish(scene)
    return scene, (await payments(scene))[0]


async def test_an_older_wish_is_looked_up_before_it_is_asked_for_again(
    provider: FakeProvider, advance: Advance
) -> None:
    scene, payment = await wished()
    first = await provider.open_charge(Wish(show("pay", payment.id), payment.amount_idr, "Pesanan"))
    provider.books.advance(A_DAY_AND_AN_HOUR)
    await advance(minutes=2)
    await tasks.open_part(payment_id=str(payment.id), order_id=str(scene.order))
    with provider.books.reading() as clerk:
        charges = [row["id"] for row in clerk.rows("SELECT id FROM charge")]
    assert (charges, [one.charge for one in await payments(scene)]) == ([first.id], [first.id])


async def test_the_charge_of_a_payment_that_ended_while_it_was_opened_is_closed(
    provider: FakeProvider, drain: Drain
) -> None:
    _, payment = await wished()
    charge = await provider.open_charge(Wish(show("pay", payment.id), payment.amount_idr, "Pesanan"))
    async with db.transaction() as session:
        assert len(await service.expire_payments(session, Payment.id == payment.id)) == 1
    async with db.transaction() as session:
        assert not await service.record_charge(session, payment_id=payment.id, charge=charge)
    await drain()
    assert (await provider.fetch_charge(charge.id)).status == "expired"
