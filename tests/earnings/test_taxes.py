"""What the state gets of an earning, once the platform is appointed to withhold it."""

from datetime import date

import pytest

from clothingline.earnings import tasks
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.settings import settings
from tests.earnings.scenes import (
    BRAND,
    CLOTH,
    PRICE,
    Drain,
    accepted,
    balance,
    confirmed,
    dispute,
    earning_of,
    fund,
    pass_time,
    passed,
)
from tests.payments.stage import earnings, ledger


@pytest.fixture
def appointed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings().taxes, "withhold_from", date(2026, 1, 1))


@pytest.mark.usefixtures("appointed")
async def test_a_half_percent_is_withheld_of_what_each_party_turned_over(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, price=PRICE + 124_454, ppn=124_454)
    await passed(scene, drain, 0)
    await pass_time(days=40)
    assert await tasks.release_due() == 1
    assert await balance("available", scene.tailors[0]) == -(400_000 - 2_000)
    await accepted(scene, drain)
    assert await balance("available", scene.tailors[1]) == -(150_000 - 750)
    assert await balance("available", scene.supplier) == -(CLOTH - 1_451)
    assert await balance("available", scene.brand) == -(BRAND - 5_657)  # of the price without PPN
    assert (await ledger())["pph22:idr"] == -(2_000 + 750 + 1_451 + 5_657)
    brand = await earning_of(scene, "order")
    assert (brand.withheld_idr, brand.turnover_idr, brand.net_idr) == (5_657, PRICE, BRAND - 5_657)


async def test_nothing_is_withheld_without_an_appointment(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await accepted(scene, drain)
    assert "pph22:idr" not in await ledger()
    brand = await earning_of(scene, "order")
    assert (brand.withheld_idr, brand.turnover_idr, brand.net_idr) == (0, PRICE, BRAND)
    assert brand.released_at is not None


@pytest.mark.usefixtures("appointed")
async def test_tax_never_takes_more_than_there_is(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, price=PRICE - BRAND + 1)
    await accepted(scene, drain)
    brand = await earning_of(scene, "order")
    assert (brand.amount_idr, brand.withheld_idr, brand.net_idr) == (1, 1, 0)
    assert await balance("available", scene.brand) == 0


@pytest.mark.usefixtures("appointed")
@pytest.mark.parametrize(("piece", "withheld"), [(100_000, (5_657, 0)), (BRAND - 657, (657, 5_000))])
async def test_a_brand_has_turned_over_its_price_once_though_a_piece_of_its_share_is_paid_later(
    provider: FakeProvider, drain: Drain, piece: int, withheld: tuple[int, int]
) -> None:
    scene = await confirmed(provider, drain)
    await dispute(scene, piece)
    await accepted(scene, drain)
    await fund(piece)
    await pass_time(days=60)
    assert await tasks.lapse_holds() == 1
    assert (await earnings(scene))["held"] == [(piece, "available")]
    rest, held = await earning_of(scene, "order"), await earning_of(scene, "held")
    assert (rest.withheld_idr, held.withheld_idr) == withheld
    assert (rest.turnover_idr, held.turnover_idr) == (PRICE, 0)
