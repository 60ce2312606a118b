"""A tailor may be paid two working days after passing quality, whatever the consumer does."""

import asyncio
from datetime import UTC, date, datetime, time

import pytest

from clothingline.earnings import service, tasks
from clothingline.earnings.service.earning import payday
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import WIB
from clothingline.orders.events import OrderAccepted
from clothingline.reference.models import DayOff
from clothingline.tailors.models import TailorDayOff
from tests.earnings.scenes import Drain, balance, confirmed, dispute, earning_of, escrow, fund, now, pass_time, passed
from tests.parties import make_tailor
from tests.payments.stage import Scene, bring, earnings, ledger

FRIDAY, TUESDAY = date(2026, 12, 4), date(2026, 12, 8)


SIX_DAYS = (7_200,) * 6 + (0,)


async def day_of_pay(passed_at: datetime, *, off: tuple[date, ...] = (), week: tuple[int, ...] = SIX_DAYS) -> date:
    """When a workshop with these days off and hours of each weekday may be paid for what has passed then."""
    async with db.transaction() as session:
        tailor = await make_tailor(session, weekday_seconds=list(week))
        session.add_all(TailorDayOff(tailor_id=tailor.id, day=day) for day in off)
        await session.flush()
        at = await payday(session, tailor.id, passed_at)
    assert at.astimezone(WIB).time() == time(6)
    return at.astimezone(WIB).date()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), WIB)


@pytest.mark.usefixtures("database")
async def test_two_working_days_are_those_of_the_workshop() -> None:
    assert await day_of_pay(noon(FRIDAY)) == date(2026, 12, 7)  # Saturday, Monday
    assert await day_of_pay(noon(FRIDAY), week=(7_200,) * 5 + (0, 0)) == TUESDAY  # Monday, Tuesday
    assert await day_of_pay(noon(FRIDAY), off=(date(2026, 12, 7), TUESDAY)) == date(2026, 12, 9)  # own days off
    # 2027: Nyepi on 8 March, Lebaran on the 10th and 11th, cuti bersama on the 9th, 12th and 15th, Sunday the 14th.
    assert await day_of_pay(noon(date(2027, 3, 8))) == date(2027, 3, 16)
    assert await day_of_pay(noon(date(2027, 3, 5))) == date(2027, 3, 13)


@pytest.mark.usefixtures("database")
async def test_the_day_of_passing_is_that_of_western_indonesia() -> None:
    late = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)  # Friday, one in the morning
    assert await day_of_pay(late) == await day_of_pay(noon(FRIDAY))


@pytest.mark.usefixtures("database")
async def test_a_decreed_day_off_moves_the_day() -> None:
    async with db.transaction() as session:
        day = {"day": date(2026, 12, 7), "kind": "decree", "name": "Hari pemungutan suara"}
        session.add(DayOff(**day, source="Keppres", estimated=False))
    assert await day_of_pay(noon(FRIDAY)) == TUESDAY


async def sewn(provider: FakeProvider, drain: Drain) -> Scene:
    """Both jobs of a confirmed order have passed."""
    scene = await confirmed(provider, drain)
    await passed(scene, drain, 0, 1)
    return scene


async def until_payday(scene: Scene) -> None:
    """One second before the first maker may be paid."""
    at = (await earning_of(scene, "job", scene.jobs[0])).available_at
    assert at is not None
    await pass_time(seconds=(at - await now()).total_seconds() - 1)


async def is_paid_in_time(scene: Scene) -> bool:
    """Whether both makers may be paid when two working days are over, and not a moment before."""
    await until_payday(scene)
    before = await tasks.release_due(), await balance("available", scene.tailors[0])
    await pass_time(seconds=1)
    assert before == (0, 0)
    assert await tasks.release_due() == 2
    assert await tasks.release_due() == 0
    return [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]


async def test_an_order_that_is_never_accepted_pays_its_makers(provider: FakeProvider, drain: Drain) -> None:
    scene = await sewn(provider, drain)
    assert await is_paid_in_time(scene)
    assert await escrow(scene) == 1_131_400 - 550_000
    assert (await earnings(scene))["order"][0][1] == "expected"
    balances = await ledger()
    assert balances[f"committed:{scene.code}"] == 1_131_400 - 550_000 - 27_000
    assert await balance("earned", scene.tailors[0]) == 0


@pytest.mark.parametrize("stage", ["first_cut", "all_packed", "last_delivered"])
async def test_at_whatever_stage_the_order_stands(provider: FakeProvider, drain: Drain, stage: str) -> None:
    scene = await sewn(provider, drain)
    await bring(scene, stage)
    assert await is_paid_in_time(scene)


async def test_an_order_that_is_disputed_pays_its_makers(provider: FakeProvider, drain: Drain) -> None:
    """The bank may take all that escrow can spare, and even more: then the fund lends."""
    scene = await sewn(provider, drain)
    await dispute(scene, 1_000_000)
    await fund(1_000_000)
    assert await is_paid_in_time(scene)
    assert (await escrow(scene), (await ledger())["guarantee:fund"]) == (0, -(1_000_000 - 418_600))


async def test_an_order_whose_balance_is_unpaid_pays_its_makers(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain, price=1_131_400, deposit=565_700)
    await passed(scene, drain, 0, 1)
    assert await is_paid_in_time(scene)
    assert await escrow(scene) == 565_700 - 550_000


async def test_acceptance_pays_them_earlier(provider: FakeProvider, drain: Drain) -> None:
    scene = await sewn(provider, drain)
    await bring(scene, "accept", OrderAccepted(scene.order))
    await drain()
    assert [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]
    await pass_time(days=30)
    assert await tasks.release_due() == 0


async def test_many_sweeps_at_once_pay_once(provider: FakeProvider, drain: Drain) -> None:
    scene = await sewn(provider, drain)
    await pass_time(days=40)
    assert sum(await asyncio.gather(*(tasks.release_due() for _ in range(5)))) == 2
    assert await balance("available", scene.tailors[0]) == -400_000


async def test_nobody_is_paid_a_moment_earlier_whoever_asks(provider: FakeProvider, drain: Drain) -> None:
    scene = await sewn(provider, drain)
    await until_payday(scene)
    earning = await earning_of(scene, "job", scene.jobs[0])
    for due, seconds in ((False, 1), (True, 0)):
        async with db.transaction() as session:
            assert await service.release_due(session, earning_id=earning.id) is due
        await pass_time(seconds=seconds)
