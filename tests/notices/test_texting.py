"""Text messages: who is told of what and once, not at night, not what is over, and in the reader's own language."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from clothingline.accounts.models import Account
from clothingline.integrations import messaging
from clothingline.kit import db, ids
from clothingline.kit.clock import WIB
from clothingline.kit.states import move
from clothingline.notices import tasks, texts
from clothingline.notices.models import TEXTS, TextMessage
from clothingline.notices.nights import awake_by, awake_from, is_quiet
from clothingline.orders.models import ORDER, Order
from clothingline.settings import settings
from tests.cast import Cast
from tests.fulfilment.test_shipping import PROOF, shipped
from tests.production.scene import set_scene
from tests.routing.conftest import provider, street
from tests.routing.street import Street, move_clock, now, pass_time, settle

__all__ = ["provider", "street"]

Said = list[tuple[str, str]]
Messenger = messaging.ConsoleMessenger
MORNING, AFTERNOON, EVENING, NIGHT = 9, 14, 22, 3


@pytest.fixture
def said(messages: Messenger) -> Said:
    """What was sent: (phone, text), oldest first."""
    return messages.sent


async def be(hour: int) -> None:
    """Wait for the next time at which clocks in Jakarta show this hour."""
    here = (await now()).astimezone(WIB)
    there = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    await move_clock(seconds=((there - here) % timedelta(days=1)).total_seconds())


async def phone_of(account: str) -> str:
    """The number of an account."""
    async with db.transaction() as session:
        return (await session.get_one(Account, ids.read("acc", account))).phone


async def rows(**having: object) -> int:
    """How many texts are written with these values."""
    async with db.transaction() as session:
        query = select(func.count()).select_from(TextMessage).filter_by(**having)
        return int((await session.scalars(query)).one())


def about(said: Said, words: str) -> list[str]:
    """The numbers to which something with these words was sent."""
    return [phone for phone, text in said if words in text]


async def test_a_tailor_without_pushed_messages_is_told_once_of_an_offer_what_it_pays_and_until_when(
    street: Street, said: Said
) -> None:
    await be(MORNING)
    order = await street.placed()
    await settle()
    [offer] = await street.offers(order, kind="tailor")
    tailor = await phone_of(street.party(offer).account)
    [text] = [text for phone, text in said if phone == tailor]
    assert text.startswith("Tawaran jahit baru: Kemeja Kerja, 12 potong, upah Rp ")
    assert re.search(r"Jawab sebelum \w{3}, \d+ \w+, 09\.\d\d WIB: ", text)
    assert text.endswith(f"{settings().public_url}/t/tawaran/{offer['id']}")
    assert text.isascii()
    await tasks.text_offer(offer_id=str(ids.read("off", offer["id"])))
    await settle()
    assert len([phone for phone, _ in said if phone == tailor]) == 1


async def test_only_tailors_are_told_of_offers(street: Street, said: Said) -> None:
    await be(MORNING)
    await street.placed()
    await settle()
    assert len(about(said, "Tawaran")) == 1


async def test_whoever_reads_english_is_told_in_english(street: Street, said: Said) -> None:
    await be(MORNING)
    async with db.transaction() as session:
        await session.execute(update(Account).values(language="en"))
    await street.placed()
    await settle()
    assert len(about(said, "New sewing offer: Kemeja Kerja, 12 pieces, pay Rp ")) == 1


async def test_at_night_nobody_is_told_before_six_in_the_morning(street: Street, said: Said) -> None:
    await be(EVENING)
    await street.placed()
    await settle()
    assert about(said, "Tawaran") == []
    await move_clock(hours=7, minutes=50)
    await settle()
    assert about(said, "Tawaran") == []
    await pass_time(minutes=11)
    assert len(about(said, "Tawaran")) == 1


async def test_what_was_answered_before_the_morning_is_dropped(street: Street, said: Said) -> None:
    await be(EVENING)
    order = await street.placed()
    await street.accept_all(order)
    await be(MORNING)
    await settle()
    assert about(said, "Tawaran") == []
    assert await rows(kind="offer", sent_at=None) == 1
    async with db.transaction() as session:
        assert await session.scalar(select(TextMessage.dropped_at).where(TextMessage.kind == "offer"))


async def until(offer: dict[str, Any], *, before: timedelta) -> None:
    """Wait until so long before the end of an offer."""
    there = datetime.fromisoformat(offer["answer_by"]) - before
    await move_clock(seconds=(there - await now()).total_seconds())


async def test_four_hours_before_its_end_an_unanswered_offer_is_told_of_once_more(street: Street, said: Said) -> None:
    await be(AFTERNOON)
    [offer] = await street.offers(await street.placed(), kind="tailor")
    await until(offer, before=timedelta(hours=4, minutes=1))
    await settle()
    assert about(said, "menunggu sampai") == []
    await pass_time(minutes=2)
    await pass_time(minutes=30)
    assert len(about(said, "menunggu sampai")) == 1


async def test_an_offer_that_ends_before_the_morning_is_told_of_in_the_evening(street: Street, said: Said) -> None:
    await be(NIGHT)
    [offer] = await street.offers(await street.placed(), kind="tailor")
    assert datetime.fromisoformat(offer["answer_by"]).astimezone(WIB).hour == NIGHT
    await until(offer, before=timedelta(hours=6, minutes=35))
    await settle()
    assert about(said, "menunggu sampai") == []
    await pass_time(minutes=10)
    assert len(about(said, "menunggu sampai")) == 1


async def test_an_offer_that_was_answered_is_told_of_no_more(street: Street, said: Said) -> None:
    await be(AFTERNOON)
    order = await street.placed()
    [offer] = await street.offers(order, kind="tailor")
    await street.accept_all(order)
    await until(offer, before=timedelta(hours=3))
    await settle()
    assert about(said, "menunggu sampai") == []


async def test_a_text_whose_try_comes_at_night_waits_for_the_morning(street: Street, messages: Messenger) -> None:
    await be(AFTERNOON)
    await street.placed()
    await settle()
    async with db.transaction() as session:
        given_back = {"sent_at": None, "queued_at": func.business_now()}
        query = update(TextMessage).where(TextMessage.kind == "offer").values(**given_back)
        text_id = await session.scalar(query.returning(TextMessage.id))
    messages.sent.clear()
    await be(EVENING)
    await tasks.send_text(text_id=str(text_id))
    await settle()
    assert about(messages.sent, "Tawaran") == []
    await be(MORNING)
    await settle()
    assert len(about(messages.sent, "Tawaran")) == 1


async def test_the_promised_day_is_told_in_the_morning_although_cutting_has_begun(cast: Cast, said: Said) -> None:
    await be(EVENING)
    scene = await set_scene(cast, stage="confirmed")
    await tasks.text_order(order_id=str(scene.order_id))
    async with db.transaction() as session:
        await move(session, ORDER, Order, "first_cut", Order.id == scene.order_id)
    await be(MORNING)
    await settle()
    assert about(said, f"Penjahit pesanan {scene.code} sudah pasti. ") == [await phone_of(scene.rina.account)]


async def test_a_disabled_account_is_told_nothing(street: Street, said: Said) -> None:
    await be(MORNING)
    makers = [ids.read("acc", street.people[one.id].account) for one in street.tailors]
    async with db.transaction() as session:
        await session.execute(update(Account).values(disabled_at=func.now()).where(Account.id.in_(makers)))
    await street.placed()
    await settle()
    assert await rows(kind="offer", sent_at=None) == 1
    assert about(said, "Tawaran") == []


async def test_a_consumer_is_told_that_the_money_has_come_and_that_the_tailors_are_sure(
    street: Street, said: Said
) -> None:
    await be(MORNING)
    order = await street.confirmed()
    code = (await street.order(order))["code"]
    rina = await phone_of(street.rina.account)
    money, sure = [text for phone, text in said if phone == rina]
    link = f"{settings().public_url}/pesanan/{code}"
    assert re.fullmatch(rf"Pembayaran Rp [\d.]+ untuk pesanan {code} sudah diterima: {link}", money)
    assert re.fullmatch(rf"Penjahit pesanan {code} sudah pasti. Sampai paling lambat \w+, \d+ \w+ \d+: {link}", sure)


async def test_a_consumer_is_asked_where_nothing_fits(street: Street, said: Said) -> None:
    await be(MORNING)
    order = await street.placed()
    for _ in range(9):
        for offer in await street.offers(order, kind="tailor"):
            await street.decline(offer)
        await settle()
    found = await street.order(order)
    assert found["status"] == "action_required"
    assert about(said, f"Pesanan {found['code']} perlu jawaban Anda: ") == [await phone_of(street.rina.account)]


async def test_of_the_states_that_an_order_runs_through_at_night_only_the_last_is_told(cast: Cast, said: Said) -> None:
    await be(EVENING)
    scene = await set_scene(cast, stage="ready")
    shipment = await shipped(scene)
    await settle()
    assert (await scene.dewi.post(f"/v1/shipments/{shipment}/delivery", PROOF)).status_code == 201
    await settle()
    await be(MORNING)
    await settle()
    rina = await phone_of(scene.rina.account)
    assert [text for phone, text in said if phone == rina] == [
        (
            f"Pesanan {scene.code} sudah tiba. Periksa, lalu terima atau laporkan masalah: "
            f"{settings().public_url}/pesanan/{scene.code}"
        )
    ]
    assert await rows(kind="shipped", sent_at=None) == 1


async def test_a_parcel_that_leaves_by_day_is_told_of(cast: Cast, said: Said) -> None:
    await be(MORNING)
    scene = await set_scene(cast, stage="ready")
    await shipped(scene)
    await settle()
    assert len(about(said, f"Pesanan {scene.code} sudah dikirim: ")) == 1


async def test_a_gateway_that_is_away_is_asked_again_and_what_it_took_is_sent_no_more(
    street: Street, monkeypatch: pytest.MonkeyPatch, messages: Messenger
) -> None:
    await be(MORNING)
    with monkeypatch.context() as away:

        async def refuse(phone: str, text: str) -> None:
            raise ConnectionError(phone)

        away.setattr(messages, "send", refuse)
        await street.placed()
        await settle()
        assert await rows(kind="offer", sent_at=None) == 1
    async with db.transaction() as session:
        text_id = await session.scalar(select(TextMessage.id).where(TextMessage.kind == "offer"))
    for _ in range(2):
        await tasks.send_text(text_id=str(text_id))
    assert len(about(messages.sent, "Tawaran")) == 1


def test_everything_that_may_be_told_has_words_in_both_languages() -> None:
    assert {kind: set(words) for kind, words in texts.WORDS.items()} == {kind: {"id", "en"} for kind in TEXTS}


@pytest.mark.parametrize(("hour", "quiet"), [(20, False), (21, True), (0, True), (5, True), (6, False)])
def test_people_sleep_from_nine_to_six(hour: int, quiet: bool) -> None:
    moment = datetime(2026, 6, 2, hour, 30, tzinfo=WIB)
    assert is_quiet(moment) is quiet
    awake = awake_from(moment)
    assert not is_quiet(awake)
    assert (awake == moment) is not quiet
    assert awake - moment <= timedelta(hours=9)
    evening = awake_by(moment)
    assert (evening == moment) is not quiet
    assert moment - evening <= timedelta(hours=9, minutes=30)
    assert not is_quiet(evening)
