"""Who moves the money of a process is chosen by its settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clothingline.cli import installation, logs, running, wiring
from clothingline.cli.serve import serve
from clothingline.integrations import messaging, payments
from clothingline.integrations.payments.fake import FakeInProduction, FakeProvider
from clothingline.integrations.payments.stripe import notices
from clothingline.kit import storage
from clothingline.kit.db.embedded import Server
from clothingline.settings import DatabaseSettings, PaymentSettings, Settings, settings

STRIPE = PaymentSettings.model_validate(
    {
        "provider": "stripe",
        "stripe_key": "sk_test_contoh",
        "stripe_notice_secret": "whsec_contoh",
        "stripe_connect_notice_secret": "whsec_penerima",
    }
)


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is chosen here is chosen for no other test; lines of the log stay as they are."""
    monkeypatch.setattr(logs, "configure", lambda _: None)
    monkeypatch.setattr(messaging, "use", lambda chosen: chosen)
    monkeypatch.setattr(storage, "use", lambda chosen: chosen)
    monkeypatch.setattr(payments.port, "_in_use", [])
    yield
    settings.cache_clear()


def test_whoever_comes_back_from_the_provider_comes_to_the_port_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch, server: Server, database_name: str
) -> None:
    chosen, back = Settings(database=DatabaseSettings(url=server.url(database_name))), []
    monkeypatch.setattr(installation, "read_settings", lambda: chosen)
    monkeypatch.setattr(
        running, "serve", lambda opened, at, **_: back.append((opened.settings.public_url, at.getsockname()[1]))
    )
    serve(port=0)
    [(address, port)] = back
    assert address == f"http://127.0.0.1:{port}"


def test_the_provider_that_ships_has_pages_below_the_address(tmp_path: Path) -> None:
    provider = wiring.connect(Settings(home=tmp_path), address="http://toko.test")
    assert isinstance(provider, FakeProvider)
    assert provider.books.pages == "http://toko.test/bayar"
    assert payments.current() is provider


async def test_stripe_is_used_when_it_is_chosen_and_has_no_pages_of_ours(tmp_path: Path) -> None:
    assert wiring.connect(Settings(home=tmp_path, payments=STRIPE), address="http://toko.test") is None
    provider = payments.current()
    assert (provider.name, provider.livemode, provider.methods) == ("stripe", False, ("card",))
    await provider.close()  # type: ignore[attr-defined]  # Stripe's has connections


@pytest.mark.parametrize("secret", ["whsec_contoh", "whsec_penerima"])
async def test_stripe_is_believed_at_each_of_its_two_endpoints(tmp_path: Path, secret: str) -> None:
    wiring.connect(Settings(home=tmp_path, payments=STRIPE), address="http://toko.test")
    body = b'{"id": "evt_1", "type": "account.updated", "livemode": false, "data": {"object": {"id": "acct_1"}}}'
    header = {notices.HEADER: notices.sign(secret, timestamp=100, body=body)}
    assert payments.current().read_notice(header, body, 100).notice == "evt_1"
    await payments.current().close()  # type: ignore[attr-defined]  # Stripe's has connections


def test_production_refuses_the_provider_that_moves_no_money(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOTHINGLINE_ENVIRONMENT", "production")
    settings.cache_clear()
    with pytest.raises(FakeInProduction):
        wiring.connect(Settings(home=tmp_path), address="http://toko.test")
