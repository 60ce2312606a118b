"""Money goes back while a chargeback is open: at acceptance everybody still finds their part."""

from collections.abc import Awaitable, Callable

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from tests.earnings.scenes import BRAND, CLOTH, PRICE, TRANSPORT, accepted, balance, confirmed, escrow, fund
from tests.payments.counting import disputes
from tests.payments.stage import earnings, ledger, payments, refunds
from tests.payments.test_disputes import end, open_dispute
from tests.payments.test_living_orders import refund

Drain = Callable[[], Awaitable[None]]
DISPUTED = 500_000
LEFT = BRAND + CLOTH - DISPUTED
"""What brand and supplier have left beside the chargeback."""


@pytest.mark.parametrize("won", [True, False])
async def test_a_refund_beside_an_open_chargeback_takes_only_what_the_acceptance_does_not_need(
    provider: FakeProvider, drain: Drain, *, won: bool
) -> None:
    scene = await confirmed(provider, drain)
    await fund(100_000)
    [payment] = await payments(scene)
    told = await open_dispute(provider, payment, drain, DISPUTED)
    assert await refund(payment, "Kancing lepas", 80_000) == "approved"
    await drain()
    assert (await ledger())["guarantee:fund"] == -(100_000 - (80_000 - LEFT))
    await accepted(scene, drain)
    assert [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]
    assert ((await ledger())[f"transport:{scene.code}"], await escrow(scene)) == (-TRANSPORT, 0)
    await end(provider, told, drain, won=won)
    assert (await escrow(scene), await disputes()) == (0, [(DISPUTED, DISPUTED, "won" if won else "lost")])
    paid = sum(amount for rows in (await earnings(scene)).values() for amount, state in rows if state == "available")
    assert paid == PRICE - TRANSPORT - LEFT - (0 if won else DISPUTED)


async def test_without_the_fund_a_refund_beside_an_open_chargeback_is_refused_by_what_is_missing(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    [payment] = await payments(scene)
    await open_dispute(provider, payment, drain, DISPUTED)
    assert await refund(payment, "Kancing lepas", LEFT + 1) == "fund_short"
    assert await refund(payment, "Kancing lepas", LEFT) == "approved"
    await drain()
    assert [state for _, _, state in await refunds()] == ["settled"]
    await accepted(scene, drain)
    assert await escrow(scene) == 0
