"""Money that is ready leaves by a button of the desk, and stands in the list with what it was for."""

from datetime import timedelta

from fastapi import FastAPI

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import advance_business_time
from clothingline.kit.ids import show
from tests import parties
from tests.cast import Cast
from tests.payouts.stage import Drain, enrol, owe, payouts, set_up
from tests.web.desk import Desk, desk_of, words_of

MONEY = "/merek/uang"


async def owner(app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain, *, rests: bool) -> tuple[Desk, str]:
    """The owner of a brand to which Rp 250.000 are ready, with an account that has rested or is new."""
    stage = await set_up(provider)
    brand = stage.scene.brand
    async with db.transaction() as session:
        actor = await parties.member(cast, session, "0812-3456-7888", Role.BRAND_OWNER, brand, name="Dewi")
    await enrol(provider, [brand], drain)
    await owe(stage.scene.order, brand, 250_000)
    if not rests:
        async with db.transaction() as session:
            await advance_business_time(session, by=timedelta(hours=25))
    return desk_of(app, actor), f"{MONEY}/{show('pye', brand)}/kirim"


async def test_what_is_ready_leaves_by_a_button_once(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    desk, path = await owner(app, cast, provider, drain, rests=False)
    assert "Kirim Rp 250.000 sekarang" in words_of(await desk.page(MONEY))
    page = words_of(await desk.follow(await desk.send(path, on=MONEY)))
    assert "Rp 250.000 sedang dikirim." in page
    assert "Mesin Rp 250.000" in page
    assert [one.amount_idr for one in await payouts()] == [250_000]
    again = await desk.client.post(path, data={"kunci": "lagi-1"})
    assert again.status_code == 409


async def test_an_account_that_has_just_changed_waits_and_says_until_when(
    app: FastAPI, cast: Cast, provider: FakeProvider, drain: Drain
) -> None:
    desk, path = await owner(app, cast, provider, drain, rests=True)
    refused = await desk.send(path, on=MONEY)
    assert (refused.status_code, "Rekening baru saja diganti." in refused.text) == (409, True)
    assert await payouts() == []
