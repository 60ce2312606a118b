"""Money that an officer sends back: a part by one person, much of it by two, never more than is left."""

import pytest
from fastapi import FastAPI

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from clothingline.kit.ids import show
from clothingline.payments.models import Payment
from tests.cast import Cast
from tests.conftest import database_name
from tests.parties import member
from tests.payments.fixtures import _only_money_reacts, books, provider
from tests.payments.stage import Scene, refunds
from tests.payments.test_requests import Drain, paid
from tests.web.desk import Desk, desk_of, words_of

__all__ = ["_only_money_reacts", "books", "database_name", "provider"]

CASES = "/admin/sengketa"


@pytest.fixture
async def wahyu(app: FastAPI, cast: Cast) -> Desk:
    """An officer at a browser."""
    async with db.transaction() as session:
        return desk_of(app, await member(cast, session, "081200000091", Role.ADMIN, name="Wahyu"))


@pytest.fixture
async def sekar(app: FastAPI, cast: Cast) -> Desk:
    """Another officer."""
    async with db.transaction() as session:
        return desk_of(app, await member(cast, session, "081200000092", Role.ADMIN, name="Sekar"))


@pytest.fixture
async def retno(app: FastAPI, cast: Cast) -> Desk:
    """An auditor."""
    async with db.transaction() as session:
        return desk_of(app, await member(cast, session, "081200000093", Role.AUDITOR, name="Retno"))


@pytest.fixture
async def eight_million(provider: FakeProvider, drain: Drain) -> tuple[Scene, Payment]:
    """An order of which Rp 8,000,000 were paid."""
    return await paid(provider, drain)


def page_of(payment: Payment) -> str:
    return f"{CASES}/baru/{show('pay', payment.id)}"


async def test_the_order_leads_to_the_page_and_shows_what_became_of_it(
    wahyu: Desk, eight_million: tuple[Scene, Payment]
) -> None:
    scene, payment = eight_million
    order, path = f"/admin/pesanan/{scene.code}", page_of(payment)
    assert f'href="{path}"' in await wahyu.page(order)
    page = await wahyu.page(path)
    assert "Paling banyak Rp 8.000.000" in words_of(page)
    assert f'href="{order}"' in page
    answer = await wahyu.send(path, on=path, amount="Rp 1.500.000", reason="Jahitan lepas")
    assert answer.headers["location"] == order
    said = words_of(await wahyu.follow(answer))
    assert "Pengembalian uang sedang dikirim" in said
    assert "Rp 1.500.000 Disetujui Jahitan lepas" in said
    assert "diminta oleh Wahyu" in said
    assert await refunds() == [("Jahitan lepas", 1_500_000, "approved")]
    assert "Paling banyak Rp 6.500.000" in words_of(await wahyu.page(path))


async def test_from_the_limit_on_it_waits_for_another_officer(
    wahyu: Desk, sekar: Desk, eight_million: tuple[Scene, Payment]
) -> None:
    scene, payment = eight_million
    path = page_of(payment)
    assert "Mulai Rp 5.000.000 pengembalian menunggu orang kedua" in words_of(await wahyu.page(path))
    answer = await wahyu.send(path, on=path, amount="5.000.000", reason="Salah ukur")
    assert answer.headers["location"] == CASES
    assert "Orang kedua harus menyetujui" in words_of(await wahyu.follow(answer))
    assert await refunds() == [("Salah ukur", 5_000_000, "requested")]
    assert "Rp 5.000.000 sudah diminta dan menunggu persetujuan" in words_of(await wahyu.page(path))
    assert "Menunggu persetujuan Salah ukur" in words_of(await wahyu.page(f"/admin/pesanan/{scene.code}"))
    [waiting] = [one for one in (await sekar.page(CASES)).split('"') if one.endswith("/setuju")]
    assert (await sekar.send(waiting, on=CASES)).status_code == 303
    assert await refunds() == [("Salah ukur", 5_000_000, "approved")]


async def test_a_refund_that_was_refused_names_who_asked_and_who_refused(
    wahyu: Desk, sekar: Desk, eight_million: tuple[Scene, Payment]
) -> None:
    scene, payment = eight_million
    await wahyu.send(page_of(payment), on=page_of(payment), amount="5.000.000", reason="Salah ukur")
    [refusing] = [one for one in (await sekar.page(CASES)).split('"') if one.endswith("/tolak")]
    assert (await sekar.send(refusing, on=CASES)).status_code == 303
    said = words_of(await wahyu.page(f"/admin/pesanan/{scene.code}"))
    assert "diminta oleh Wahyu" in said
    assert "ditolak oleh Sekar" in said
    assert "disetujui oleh" not in said


async def test_when_much_went_back_already_every_further_rupiah_needs_two(
    wahyu: Desk, eight_million: tuple[Scene, Payment]
) -> None:
    path = page_of(eight_million[1])
    await wahyu.send(path, on=path, amount="4999999", reason="Kain luntur")
    said = words_of(await wahyu.page(path))
    assert "Pengembalian menunggu orang kedua di Sengketa" in said
    assert "langsung dikirim" not in said
    answer = await wahyu.send(path, on=path, amount="1", reason="Kancing lepas")
    assert answer.headers["location"] == CASES
    assert ("Kancing lepas", 1, "requested") in await refunds()


@pytest.mark.parametrize(
    ("amount", "reason", "wrong", "says"),
    [
        ("8.000.001", "Jahitan lepas", "amount", "paling banyak"),
        ("0", "Jahitan lepas", "amount", "Sedikitnya 1"),
        ("banyak", "Jahitan lepas", "amount", "Harus bilangan bulat"),
        ("", "Jahitan lepas", "amount", "Wajib diisi"),
        ("1000", "", "reason", "Wajib diisi"),
        ("1000", "ya", "reason", "Terlalu pendek"),
    ],
)
async def test_what_cannot_be_comes_back_with_what_was_typed(
    wahyu: Desk, eight_million: tuple[Scene, Payment], amount: str, reason: str, wrong: str, says: str
) -> None:
    path = page_of(eight_million[1])
    answer = await wahyu.send(path, on=path, amount=amount, reason=reason)
    assert answer.status_code == 422
    assert f'href="#f-{wrong}"' in answer.text
    assert says.casefold() in words_of(answer.text).casefold()
    for typed in filter(None, (amount, reason)):
        assert f'value="{typed}"' in answer.text
    assert await refunds() == []


async def test_one_reason_counts_once(wahyu: Desk, eight_million: tuple[Scene, Payment]) -> None:
    path = page_of(eight_million[1])
    await wahyu.send(path, on=path, amount="1000", reason="Jahitan lepas")
    again = await wahyu.send(path, on=path, amount="2000", reason="Jahitan lepas")
    assert again.status_code == 422
    assert 'href="#f-reason"' in again.text
    assert "sebutkan alasan lain" in words_of(again.text)
    assert len(await refunds()) == 1


async def test_the_same_form_sent_twice_sends_money_once(wahyu: Desk, eight_million: tuple[Scene, Payment]) -> None:
    sent = {"kunci": "e" * 32, "amount": "1000", "reason": "Jahitan lepas"}
    answers = [await wahyu.client.post(page_of(eight_million[1]), data=sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert await refunds() == [("Jahitan lepas", 1_000, "approved")]


async def test_of_a_payment_with_nothing_left_the_page_says_so(
    wahyu: Desk, sekar: Desk, eight_million: tuple[Scene, Payment]
) -> None:
    scene, payment = eight_million
    path = page_of(payment)
    await wahyu.send(path, on=path, amount="8000000", reason="Batal")
    [waiting] = [one for one in (await sekar.page(CASES)).split('"') if one.endswith("/setuju")]
    await sekar.send(waiting, on=CASES)
    page = await wahyu.page(path)
    assert "Tidak ada uang yang bisa dikembalikan lagi" in words_of(page)
    assert f'action="{path}"' not in page
    assert path not in await wahyu.page(f"/admin/pesanan/{scene.code}")


async def test_an_auditor_sees_the_refunds_and_may_ask_for_none(
    wahyu: Desk, retno: Desk, eight_million: tuple[Scene, Payment]
) -> None:
    scene, payment = eight_million
    path = page_of(payment)
    await wahyu.send(path, on=path, amount="1000", reason="Jahitan lepas")
    page = await retno.page(f"/admin/pesanan/{scene.code}")
    assert "Jahitan lepas" in page
    assert path not in page
    await retno.page(path, 403)
    sent = await retno.client.post(path, data={"kunci": "f" * 32, "amount": "1", "reason": "Kain luntur"})
    assert sent.status_code == 403
    assert len(await refunds()) == 1


async def test_a_payment_that_is_not_there_is_not_found(wahyu: Desk) -> None:
    missing = f"{CASES}/baru/{show('pay', ids.new_id())}"
    await wahyu.page(missing, 404)
    sent = await wahyu.client.post(missing, data={"kunci": "f" * 32, "amount": "1", "reason": "Kain luntur"})
    assert sent.status_code == 404
