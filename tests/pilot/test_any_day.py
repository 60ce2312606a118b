"""The story of the demo holds on every day of the calendar, or says in a line why it stops."""

import io
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from rich.console import Console

from clothingline import pilot
from clothingline.cli.demo import making, story
from clothingline.cli.demo.outside import by_hand
from clothingline.cli.demo.payday import Closing
from clothingline.cli.demo.stage import Stage, Unexpected
from clothingline.cli.demo.telling import Teller
from clothingline.integrations import messaging
from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db
from clothingline.kit.clock import WIB, advance_business_time, business_now, local_date
from clothingline.pilot import cast
from clothingline.reference.national_days import holidays_of

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OF_THE_YEAR = ("12-20", "12-22", "12-23", "12-24", "12-26", "12-31", "01-31", "02-28", "04-30", "08-16")
FROM_LEBARAN = (-27, -12, -5, -4, -2, 0, 5)
FROM_IDUL_ADHA = (-9, -2)
HOURS = (time(0, 20), time(3, 47), time(9, 30), time(16, 59), time(23, 40))
SOON, LEAST_TO_LEBARAN = timedelta(days=1), timedelta(days=28)
SEED = 20_261_122


def on_weekday(number: int, today: date) -> date:
    """The next such weekday, Monday 0."""
    return next_day(today, lambda day: day.weekday() == number)


def on_day(month_day: str, today: date) -> date:
    """The next such day of the year."""
    return next_day(today, lambda day: f"{day:%m-%d}" == month_day)


def next_day(today: date, fits: Callable[[date], bool]) -> date:
    """The first day from the day after tomorrow on that fits."""
    days = (today + SOON + timedelta(days=step) for step in range(1, 400))
    return next(day for day in days if fits(day))


def feast(today: date, name: str) -> date:
    """The first day of the next feast with this English name that is weeks ahead."""
    days = (one.day for year in range(3) for one in holidays_of(today.year + year) if one.name_en == name)
    return next(day for day in days if day > today + LEAST_TO_LEBARAN)


def around(name: str, days: int, today: date) -> date:
    """So many days from the next feast with this English name that is weeks ahead."""
    return feast(today, name) + timedelta(days=days)


def in_days(days: int, today: date) -> date:
    """So many days ahead."""
    return today + timedelta(days=days)


STARTS: dict[str, Callable[[date], date]] = {
    **{name: partial(on_weekday, number) for number, name in enumerate(WEEK)},
    **{name: partial(on_day, name) for name in OF_THE_YEAR},
    **{f"Lebaran {days:+}": partial(around, "Eid al-Fitr", days) for days in FROM_LEBARAN},
    **{f"Idul Adha {days:+}": partial(around, "Eid al-Adha", days) for days in FROM_IDUL_ADHA},
    **{f"in {days} days": partial(in_days, days) for days in random.Random(SEED).sample(range(10, 400), 4)},
}
"""Days ahead by name: each weekday, the ends of years and months, the days around the long holidays, any others."""

# One of them in every run of the tests.
CASES = [
    pytest.param(name, HOURS[n % len(HOURS)], marks=pytest.mark.prove if n else ()) for n, name in enumerate(STARTS)
]


@pytest.fixture
def stage(app: FastAPI, client: httpx.AsyncClient, messages: messaging.ConsoleMessenger, tmp_path: Path) -> Stage:
    """A stage in the same process, and what is told on it in `stage.tell.console.file`."""
    deliver = post_to("http://clothingline.test/v1/payment-notices", httpx.ASGITransport(app))
    provider = FakeProvider(deliver, pages_url="http://bayar.test", path=tmp_path / "provider.db")
    providers.use(provider)
    return Stage(client, messages, Teller(Console(file=io.StringIO(), width=110)), by_hand(provider))


def told(stage: Stage) -> str:
    """What was said so far."""
    assert isinstance(stage.tell.console.file, io.StringIO)
    return stage.tell.console.file.getvalue()


def put_out(folder: Path) -> list[bytes]:
    """How each paper that the story has put out begins."""
    return [path.read_bytes()[:5] for path in folder.glob("*.pdf")]


async def begin(name: str, at: time) -> None:
    """Move business time to a start and seed the pilot there."""
    async with db.transaction() as session:
        now = await business_now(session)
        start = datetime.combine(STARTS[name](local_date(now)), at, WIB)
        await advance_business_time(session, by=start - now)
    async with db.transaction() as session:
        await pilot.seed(session)


@pytest.mark.parametrize(("name", "at"), CASES)
async def test_the_demo_is_told_to_its_end_whatever_the_day(name: str, at: time, stage: Stage, tmp_path: Path) -> None:
    await begin(name, at)
    assert await story.tell_everything(stage, tmp_path) == Closing(0, 0, 0)
    assert put_out(tmp_path) == [b"%PDF-"]
    assert all(words in told(stage) for words in ("menolak (", "tidak menjawab (", "bisa membantu"))


async def test_a_story_without_a_replacement_ends_with_the_reason_in_words(stage: Stage) -> None:
    await begin("Monday", time(9))
    admin = await stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
    await stage.learn_phones(admin)
    bayu = await stage.sign_in(cast.COORDINATOR.phone, cast.COORDINATOR.name)
    needed_by = (local_date(await stage.now()) + timedelta(days=40)).isoformat()
    wish = {"design": "kemeja-batik-lengan-panjang", "sizes": {"M": 5}, "needed_by": needed_by}
    order = await bayu.do("/v1/orders", {**wish, "ship_to": story.OFFICE})
    quote = await bayu.do(f"/v1/orders/{order['id']}/quotes")
    await bayu.do(f"/v1/orders/{order['id']}/checkout", {"plan": quote["plans"][0]["id"]})
    await stage.settle()
    await stage.pay(bayu, order["id"], "full")
    await making.answer_offers(stage, admin, order["id"], lambda _offer, _number: "decline")
    with pytest.raises(Unexpected, match=r"CL-\d{4}-\d{4} menunggu pilihan Anda: .*sudah menolak") as stopped:
        await making.confirm(stage, bayu, order["id"])
    assert "\n" not in str(stopped.value)
