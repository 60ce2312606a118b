"""Money that waits for people: two of them above the limit, each by a page, and nobody alone."""

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.ids import show
from clothingline.payouts.models import Payout
from clothingline.reconciliation.models import Difference
from tests.cast import Cast
from tests.conftest import database_name
from tests.parties import member
from tests.payments.fixtures import _only_money_reacts, books, provider
from tests.payouts.stage import Advance, Drain, collect, ready
from tests.reconciliation.stage import differences, reconcile
from tests.web.desk import Desk, desk_of, words_of

__all__ = ["_only_money_reacts", "books", "database_name", "provider"]

LARGE = 10_000_000


@pytest.fixture
async def two(app: FastAPI, cast: Cast) -> tuple[Desk, Desk]:
    """Two officers at their browsers."""
    async with db.transaction() as session:
        first = await member(cast, session, "081200000091", Role.ADMIN, name="Wahyu")
        second = await member(cast, session, "081200000092", Role.ADMIN, name="Sekar")
    return desk_of(app, first), desk_of(app, second)


async def payout_of(payout: Payout) -> Payout:
    """How it stands now."""
    async with db.transaction() as session:
        return await session.get_one(Payout, payout.id)


async def test_a_large_payout_leaves_when_two_people_have_agreed(
    two: tuple[Desk, Desk], provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, LARGE)
    [payout] = await collect(stage.tailor)
    assert payout
    act = f"/admin/uang/{show('out', payout.id)}/setuju"
    wahyu, sekar = two
    said = words_of(await wahyu.page("/admin/uang"))
    assert "Rp 10.000.000 dikirim ke" in said
    assert "tidak bisa ditarik kembali" in said
    answer = await wahyu.send(act, on="/admin/uang")
    page = await wahyu.follow(answer)
    assert "Orang kedua juga harus menyetujui" in words_of(page)
    assert act not in page
    assert (await payout_of(payout)).state == "draft"
    answer = await sekar.send(act, on="/admin/uang")
    assert "disetujui dan sedang dikirim" in words_of(await sekar.follow(answer))
    kept = await payout_of(payout)
    assert (kept.state, kept.approved_by == kept.second_by) == ("approved", False)


async def test_a_difference_is_proposed_by_one_and_agreed_by_another(
    two: tuple[Desk, Desk], provider: FakeProvider, drain: Drain
) -> None:
    provider.books.top_up(7_000)
    await reconcile(drain)
    [strange] = [one for one in await differences() if one.code == "unknown_object"]
    path = "/admin/uang/selisih"
    act = f"{path}/{show('dif', strange.id)}/jelaskan"
    wahyu, sekar = two
    assert "Uang yang tidak kita kenal" in words_of(await wahyu.page(path))
    short = await wahyu.send(act, on=path, resolution="suspend", reason="a")
    assert short.status_code == 422
    assert 'href="#f-reason"' in short.text
    assert 'id="f-reason"' in short.text
    answer = await wahyu.send(act, on=path, resolution="suspend", reason="Isi saldo tanpa pesanan")
    assert act not in await wahyu.follow(answer)
    page = await sekar.page(path)
    assert "Usul Wahyu:" in words_of(page)
    assert (await sekar.send(act, on=path, resolution="suspend", reason="Isi saldo tanpa pesanan")).status_code == 303
    async with db.transaction() as session:
        kept = await session.get_one(Difference, strange.id)
    assert kept.state == "resolved"


async def test_the_trial_balance_says_that_it_balances(
    two: tuple[Desk, Desk], provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    await ready(provider, drain, advance, LARGE)
    said = words_of(await two[0].page("/admin/uang/neraca"))
    assert "Seimbang" in said
    assert "Tidak seimbang" not in said


async def test_a_payout_that_is_not_there_is_not_found(two: tuple[Desk, Desk]) -> None:
    sent = await two[0].client.post(
        "/admin/uang/out_01kt0800000000000000000000/setuju", data={"kunci": "b" * 32}, follow_redirects=False
    )
    assert sent.status_code == 404
    async with db.transaction() as session:
        assert (await session.scalars(select(Payout.id))).all() == []
