"""A tailor who is paid on demand asks for the money on the page on which it stands."""

from dataclasses import dataclass
from datetime import timedelta

import httpx
from fastapi import FastAPI

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import advance_business_time
from clothingline.kit.ids import new_id, show
from tests import parties
from tests.cast import Cast
from tests.payouts.stage import Drain, Stage, enrol, owe, payouts, set_up
from tests.web.desk import Desk, desk_of, words_of

MONEY = "/t/uang"


@dataclass
class Purse:
    """A workshop with money that is ready, and the phones of its tailor and of another."""

    stage: Stage
    desk: Desk
    other: Desk

    @property
    def path(self) -> str:
        """Where the money is asked for."""
        return f"{MONEY}/{show('pye', self.stage.tailor)}/kirim"


async def purse(app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain, *, cadence: str) -> Purse:
    stage = await set_up(provider)
    async with db.transaction() as session:
        siti, budi = [
            await parties.member(cast, session, f"0812-3456-788{n}", Role.TAILOR, tailor, name="Siti")
            for n, tailor in enumerate(stage.scene.tailors)
        ]
    await enrol(provider, [stage.tailor], drain, cadence=cadence)
    await owe(stage.scene.order, stage.tailor, 250_000)
    return Purse(stage, desk_of(app, siti), desk_of(app, budi))


async def rest() -> None:
    """The account is no longer new."""
    async with db.transaction() as session:
        await advance_business_time(session, by=timedelta(hours=25))


async def test_what_is_ready_leaves_by_a_button_once(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    mine = await purse(app, cast, provider, drain, cadence="on_demand")
    await rest()
    assert "Kirim Rp 250.000 ke rekening saya" in words_of(await mine.desk.page(MONEY))
    page = words_of(await mine.desk.follow(await mine.desk.send(mine.path, on=MONEY)))
    assert "Rp 250.000 sedang dikirim ke rekening Anda." in page
    assert "ke rekening saya" not in page
    assert [one.amount_idr for one in await payouts(mine.stage.tailor)] == [250_000]
    again = await mine.desk.client.post(mine.path, data={"kunci": "lagi-1"})
    assert again.status_code == 409


async def test_each_figure_says_whether_it_is_owed_on_its_way_or_sent(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    mine = await purse(app, cast, provider, drain, cadence="weekly")
    await owe(mine.stage.scene.order, mine.stage.scene.tailors[1], 180_000)
    for desk, figure, today in (
        (mine.desk, "Siap dikirim Rp 250.000", "Rp 250.000 dikirim"),
        (mine.other, "Siap dikirim Rp 180.000", "Rp 180.000 menjadi hak Anda, dikirim sesudah rekening siap."),
    ):
        money, first = words_of(await desk.page(MONEY)), words_of(await desk.page("/t"))
        assert money.count(figure) == 2, "in the sums and at the job"
        assert "Sudah dikirim Rp 0" in money
        assert today in first
        for page in (money, first):
            assert "Dibayar" not in page
            assert "Uang muncul di sini setelah" not in page


async def test_a_new_account_waits_and_the_page_says_until_when(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    mine = await purse(app, cast, provider, drain, cadence="on_demand")
    page = words_of(await mine.desk.page(MONEY))
    assert "Uang dikirim paling cepat" in page
    assert "ke rekening saya" not in page
    refused = await mine.desk.client.post(mine.path, data={"kunci": "lagi-1"})
    assert (refused.status_code, "Rekening baru saja diganti." in words_of(refused.text)) == (409, True)
    assert await payouts() == []


async def test_whose_money_leaves_by_itself_has_no_button(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    mine = await purse(app, cast, provider, drain, cadence="weekly")
    await rest()
    assert "ke rekening saya" not in words_of(await mine.desk.page(MONEY))


async def test_nobody_asks_for_the_money_of_another_or_of_nobody(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    mine = await purse(app, cast, provider, drain, cadence="on_demand")
    await rest()
    for desk, path in ((mine.other, mine.path), (mine.desk, f"{MONEY}/{show('pye', new_id())}/kirim")):
        answer: httpx.Response = await desk.client.post(path, data={"kunci": "lagi-1"})
        assert answer.status_code == 404
    assert await payouts() == []
