"""The provider that ships: what any provider must do, its own books, its pay page and its notices."""

import asyncio
import base64
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import httpx
import pytest

from clothingline.integrations.payments import Wish, signing
from clothingline.integrations.payments.fake import FakeInProduction, FakeProvider, post_to
from clothingline.settings import settings

SECRET = b"shared"


class Shop:
    """The receiving end: keeps what arrives, and may be closed."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, dict[str, str]]] = []
        self.closed = False

    async def take(self, body: bytes, headers: dict[str, str]) -> None:
        """One notice."""
        if self.closed:
            raise httpx.ConnectError("closed")
        self.taken.append((body, headers))


@pytest.fixture
def shop() -> Shop:
    """A shop that is open."""
    return Shop()


@pytest.fixture
def provider(shop: Shop, tmp_path: Path) -> FakeProvider:
    """A provider with empty books."""
    return FakeProvider(shop.take, pages_url="http://bayar.test", path=tmp_path / "books.db")


async def test_a_closed_charge_is_no_longer_paid(provider: FakeProvider, shop: Shop) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.close_charge(charge.id)
    assert (await provider.pay(charge.id)).status == "expired"
    assert [b"charge.expired" in body for body, _ in shop.taken] == [True]


async def test_paying_twice_tells_the_shop_once_and_the_notice_is_signed(provider: FakeProvider, shop: Shop) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.pay(charge.id)
    await provider.pay(charge.id)
    [(body, headers)] = shop.taken
    stamp = headers["webhook-timestamp"]
    signing.verify(
        signing.shared_secret(),
        notice=headers["webhook-id"],
        timestamp=stamp,
        signatures=headers["webhook-signature"],
        body=body,
        now=int(stamp),
    )
    assert charge.id.encode() in body


async def test_a_notice_that_found_the_shop_closed_is_delivered_later(provider: FakeProvider, shop: Shop) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    shop.closed = True
    assert (await provider.pay(charge.id)).status == "paid"
    assert await provider.deliver_waiting() == 0
    shop.closed = False
    assert (await provider.deliver_waiting(), await provider.deliver_waiting(), len(shop.taken)) == (1, 0, 1)


async def test_an_answer_that_is_not_ok_leaves_the_notice_waiting(tmp_path: Path) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(503))
    deliver = post_to("http://toko.test/v1/payment-notices", transport)
    provider = FakeProvider(deliver, pages_url="http://bayar.test", path=tmp_path / "books.db")
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.pay(charge.id)
    assert len(provider.books.waiting()) == 1


def _hammer(path: Path) -> str:
    """One process: open, pay, pay back, each with the references that all others use."""

    async def everything() -> str:
        provider = FakeProvider(Shop().take, pages_url="http://bayar.test", path=path)
        charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
        provider.books.pay(charge.id)
        for number in range(10):
            await provider.refund(charge.id, f"rfd_{number}", 10)
        return charge.id

    return asyncio.run(everything())


async def test_processes_that_share_the_books_open_pay_and_refund_once(provider: FakeProvider) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        answers = set(pool.map(_hammer, [provider.books.path] * 2))
    assert len(answers) == 1
    assert (await provider.fetch_charge(answers.pop())).refunded_idr == 100
    assert len(provider.books.waiting()) == 11


async def test_many_at_once_in_one_process_open_one_charge(provider: FakeProvider) -> None:
    opened = await asyncio.gather(*(provider.open_charge(Wish("pay_1", 1_000, "Pesanan")) for _ in range(8)))
    assert len({charge.id for charge in opened}) == 1


def test_production_is_not_served(monkeypatch: pytest.MonkeyPatch, shop: Shop, tmp_path: Path) -> None:
    monkeypatch.setenv("CLOTHINGLINE_ENVIRONMENT", "production")
    settings.cache_clear()
    try:
        with pytest.raises(FakeInProduction):
            FakeProvider(shop.take, pages_url="http://bayar.test", path=tmp_path / "books.db")
        with pytest.raises(RuntimeError, match="NOTICE_SECRET"):
            signing.shared_secret()
    finally:
        settings.cache_clear()


def test_the_shared_secret_is_read_as_the_provider_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOTHINGLINE_PAYMENTS__NOTICE_SECRET", "whsec_" + base64.b64encode(SECRET).decode())
    settings.cache_clear()
    try:
        assert signing.shared_secret() == SECRET
    finally:
        settings.cache_clear()


def test_a_signature_is_the_one_of_the_standard() -> None:
    """The example of the Standard Webhooks specification's reference libraries."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signature = signing.sign(
        secret, notice="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}'
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("stamp", ["", "-5", "1e9", "１６１４", "1614265631"])
def test_a_time_that_is_no_time_of_now_is_refused(stamp: str) -> None:
    with pytest.raises(signing.NotSigned):
        signing.verify(SECRET, notice="ntc_1", timestamp=stamp, signatures="v1,x", body=b"{}", now=1614265330)


def test_one_of_several_signatures_suffices_while_a_secret_is_changed() -> None:
    old, new = (signing.sign(secret, notice="ntc_1", timestamp=60, body=b"{}") for secret in (b"old", SECRET))
    signing.verify(SECRET, notice="ntc_1", timestamp="60", signatures=f"{old} {new}", body=b"{}", now=100)
    with pytest.raises(signing.NotSigned):
        signing.verify(SECRET, notice="ntc_1", timestamp="60", signatures=old, body=b"{}", now=100)
