"""The pages of the provider that ships: paying in each way, the payer's bank, opening an account."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from clothingline.integrations.payments import Wish
from clothingline.integrations.payments.fake import FakeProvider


@pytest.fixture
def provider(tmp_path: Path) -> FakeProvider:
    """A provider with empty books."""

    async def nobody(body: bytes, headers: dict[str, str]) -> None:
        """Notices are not looked at here."""

    return FakeProvider(nobody, pages_url="http://bayar.test/bayar", path=tmp_path / "books.db")


@pytest.fixture
async def browser(provider: FakeProvider) -> AsyncIterator[httpx.AsyncClient]:
    """The consumer's; the pages are mounted below a folder, as in the service."""
    transport = httpx.ASGITransport(provider.app, root_path="/bayar")
    async with httpx.AsyncClient(transport=transport, base_url="http://bayar.test", follow_redirects=True) as opened:
        yield opened


BUTTON = re.compile(r'<form method="post" action="([^"]+)"><button name="(\w+)" value="(\w+)">([^<]+)</button></form>')


async def press(browser: httpx.AsyncClient, page: httpx.Response, value: str) -> httpx.Response:
    """Press the button of a page that says this."""
    [(action, name, said, _)] = [button for button in BUTTON.findall(page.text) if button[2] == value]
    return await browser.post(page.url.join(action), data={name: said})


async def test_the_pay_page_takes_the_money_by_its_button(browser: httpx.AsyncClient, provider: FakeProvider) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_080_000, "Pesanan CL-2606-0001"))
    page = await browser.get(charge.pay_url)
    assert "Pesanan CL-2606-0001: Rp 1.080.000" in page.text
    assert [button[3] for button in BUTTON.findall(page.text)] == [
        "Bayar Rp 1.080.000 dengan QRIS",
        "Bayar Rp 1.080.000 dengan transfer bank",
        "Bayar Rp 1.080.000 dengan kartu",
    ]
    paid = await press(browser, page, "transfer")
    assert (paid.status_code, str(paid.url)) == (200, charge.pay_url)
    assert "Sudah dibayar" in paid.text
    assert "<form" not in paid.text
    assert "Kembali ke toko" not in paid.text
    assert (await provider.fetch_charge(charge.id)).method == "transfer"


async def test_whoever_has_paid_finds_the_way_back_to_the_shop(
    browser: httpx.AsyncClient, provider: FakeProvider
) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan", back_url="http://toko.test/pesanan/CL-1"))
    page = await browser.get(charge.pay_url)
    assert "Kembali ke toko" not in page.text
    assert 'href="http://toko.test/pesanan/CL-1">Kembali ke toko' in (await press(browser, page, "card")).text


async def test_the_pages_wear_the_style_of_whoever_serves_them(
    browser: httpx.AsyncClient, provider: FakeProvider
) -> None:
    provider.style = "/static/1/style.css"
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    assert '<link rel="stylesheet" href="/static/1/style.css">' in (await browser.get(charge.pay_url)).text


@pytest.mark.parametrize(
    ("amount", "offered"), [(10_000_000, ["qris", "transfer", "card"]), (10_000_001, ["transfer", "card"])]
)
async def test_more_than_ten_million_is_not_offered_by_qris(
    browser: httpx.AsyncClient, provider: FakeProvider, amount: int, offered: list[str]
) -> None:
    charge = await provider.open_charge(Wish("pay_1", amount, "Pesanan"))
    page = await browser.get(charge.pay_url)
    assert [button[2] for button in BUTTON.findall(page.text)] == offered
    refused = await browser.post(f"{charge.pay_url}/payment", data={"method": "qris"})
    assert (refused.status_code == 200) is ("qris" in offered)
    assert (await provider.fetch_charge(charge.id)).status == ("paid" if "qris" in offered else "open")


async def test_only_the_wished_methods_are_offered_and_a_form_without_one_takes_the_first(
    browser: httpx.AsyncClient, provider: FakeProvider
) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan", methods=("card", "qris")))
    page = await browser.get(charge.pay_url)
    assert [button[2] for button in BUTTON.findall(page.text)] == ["card", "qris"]
    await browser.post(f"{charge.pay_url}/payment")
    assert (await provider.fetch_charge(charge.id)).method == "card"


async def test_a_declined_payer_is_shown_the_same_page_and_may_try_again(
    browser: httpx.AsyncClient, provider: FakeProvider
) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    provider.play("decline")
    again = await press(browser, await browser.get(charge.pay_url), "card")
    assert len(BUTTON.findall(again.text)) == 3
    await press(browser, again, "card")
    assert (await provider.fetch_charge(charge.id)).status == "paid"


@pytest.mark.parametrize(("said", "status"), [("yes", "paid"), ("no", "open")])
async def test_the_payers_bank_asks_on_a_page_of_its_own(
    browser: httpx.AsyncClient, provider: FakeProvider, said: str, status: str
) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    provider.play("needs_action")
    bank = await press(browser, await browser.get(charge.pay_url), "card")
    acting = await provider.fetch_charge(charge.id)
    assert (acting.status, acting.redirect_url) == ("acting", str(bank.url))
    assert "Menunggu bank Anda" in (await browser.get(charge.pay_url)).text
    back = await press(browser, bank, said)
    assert (str(back.url), (await provider.fetch_charge(charge.id)).status) == (charge.pay_url, status)
    assert str((await browser.get(f"{charge.pay_url}/bank")).url) == charge.pay_url


async def test_money_under_way_is_said_to_be_under_way(browser: httpx.AsyncClient, provider: FakeProvider) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    provider.play("pending")
    page = await press(browser, await browser.get(charge.pay_url), "qris")
    assert "dalam perjalanan" in page.text
    assert "<form" not in page.text


async def test_one_button_opens_an_account(browser: httpx.AsyncClient, provider: FakeProvider) -> None:
    payee = await provider.open_payee("org_1", "Siti <b>")
    page = await browser.get(await provider.onboarding_link(payee.id, "http://toko.test/rekening"))
    assert "Siti &lt;b&gt;" in page.text
    done = await press(browser, page, "yes")
    assert "rekening siap" in done.text
    assert 'href="http://toko.test/rekening"' in done.text
    assert (await provider.fetch_payee(payee.id)).can_pay_out


async def test_a_button_names_another_bank_account_for_one_that_is_open(
    browser: httpx.AsyncClient, provider: FakeProvider
) -> None:
    payee = await provider.open_payee("org_1", "Siti")
    page = await browser.get(await provider.onboarding_link(payee.id, "http://toko.test/rekening"))
    opened = await press(browser, page, "yes")
    changed = await press(browser, opened, "other")
    assert "•••• 4471" in changed.text
    assert (await provider.fetch_payee(payee.id)).bank_last4 == "4471"
    assert "•••• 4242" in (await press(browser, changed, "other")).text


@pytest.mark.parametrize("path", ["charges/chg_1", "charges/chg_1/bank", "payees/acct_1"])
async def test_the_page_of_nothing_is_not_found(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(f"/bayar/{path}")).status_code == 404


@pytest.mark.parametrize("path", ["charges/chg_1/payment", "charges/chg_1/answer", "payees/acct_1/account"])
async def test_nothing_is_pressed_on_the_page_of_nothing(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.post(f"/bayar/{path}")).status_code == 404


async def test_the_pay_page_shows_a_description_as_text(browser: httpx.AsyncClient, provider: FakeProvider) -> None:
    charge = await provider.open_charge(Wish("pay_1", 1_000, "<script>alert(1)</script>"))
    assert "<script>" not in (await browser.get(charge.pay_url)).text
