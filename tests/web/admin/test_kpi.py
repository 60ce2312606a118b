"""Measures: what they count, and that few cases are never shown."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.fulfilment.models import Shipment
from clothingline.kit import db
from clothingline.orders.models import Order
from clothingline.reports import impact, measures
from clothingline.routing.models import Offer
from clothingline.tailors.models import Tailor
from tests.story_fixture import database_name, story_template
from tests.web.desk import Desk, words_of

__all__ = ["database_name", "story_template"]
pytestmark = pytest.mark.usefixtures("database")


async def figure(code: str, days: int = 365) -> measures.Figure:
    async with db.transaction() as session:
        return await measures.figure_of(session, code, days=days)


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "FEWEST", 1)


@pytest.mark.parametrize("code", measures.CODES)
async def test_few_cases_have_a_count_and_no_number(code: str) -> None:
    found = await figure(code)
    assert found.n < measures.FEWEST
    assert (found.value, found.weeks) == (None, ())


async def test_the_page_says_how_few_there_are(wahyu: Desk) -> None:
    found = await figure("on_time")
    assert f"Belum cukup data (n = {found.n})." in words_of(await wahyu.page("/admin/kpi"))


@pytest.mark.usefixtures("few_are_enough")
@pytest.mark.parametrize(("late_days", "share"), [(0, 100.0), (400, 0.0)])
async def test_a_parcel_is_on_time_until_the_promised_day(late_days: int, share: float) -> None:
    async with db.transaction() as session:
        order = (await session.scalars(select(Order).join(Shipment, Shipment.order_id == Order.id))).one()
        assert order.promise_on
        order.promise_on -= timedelta(days=late_days)
    found = await figure("on_time")
    assert (found.value, found.n) == (share, 1)
    assert [one.value for one in found.weeks] == [share]


@pytest.mark.usefixtures("few_are_enough")
async def test_time_to_match_counts_the_hours_from_payment_to_the_last_yes() -> None:
    found = await figure("time_to_match")
    assert found.n == 2
    assert found.value is not None
    assert found.value > 0


async def test_offers_are_shared_among_all_workshops_also_those_without_any() -> None:
    async with db.transaction() as session:
        workshops = len((await session.scalars(select(Tailor.id))).all())
        found = await measures.spread_of(session, "offers", days=365)
    assert len(found.values) == found.n == workshops
    assert found.values[0] == 0
    assert found.values[-1] > 0


async def test_nothing_that_was_shared_is_told_apart_from_too_few_who_could_share_it(wahyu: Desk) -> None:
    async with db.transaction() as session:
        await session.execute(update(Offer).values(created_at=Offer.created_at - timedelta(days=400)))
        found = await measures.spread_of(session, "offers", days=90)
    assert (found.values, found.is_of_few) == ((), False)
    said = words_of(await wahyu.page("/admin/kpi"))
    assert "Belum ada yang terbagi dalam masa ini." in said
    assert f"Belum cukup data (n = {found.n})." not in said


async def test_anybody_may_read_the_impact_without_signing_in(wahyu: Desk) -> None:
    wahyu.client.cookies.clear()
    assert "Apakah kita menepati janji?" in words_of(await wahyu.page("/dampak"))


async def test_the_impact_is_counted_once_in_a_while_however_often_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    impact.forget()
    counted, clock = list[str](), [1_000.0]
    count = measures.figure_of

    async def counting(session: AsyncSession, code: str, *, days: int) -> measures.Figure:
        counted.append(code)
        return await count(session, code, days=days)

    monkeypatch.setattr(measures, "figure_of", counting)
    monkeypatch.setattr(impact, "monotonic", lambda: clock[0])
    for later in (0, impact.KEPT_SECONDS - 1, 1):
        clock[0] += later
        async with db.transaction() as session:
            await impact.impact_of(session)
    impact.forget()
    assert counted == [*impact.OPEN, *impact.OPEN]


async def test_a_measure_that_does_not_exist_is_not_found(wahyu: Desk) -> None:
    await wahyu.page("/admin/kpi/untung", 404)
