"""What payers, payees and banks do at the provider that ships: on its pages, or by hand in the same process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from clothingline.integrations.payments.fake import FakeProvider

Page = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Outside:
    """`pay` and `open_account` take the address of a page; after `bank_day` the banks have what was on its way."""

    pay: Page
    open_account: Page
    bank_day: Callable[[], Awaitable[None]]


def by_hand(provider: FakeProvider) -> Outside:
    """Without pages: the books are changed, and the shop is told."""

    async def pay(url: str) -> None:
        await provider.pay(_named(url))

    async def open_account(url: str) -> None:
        await provider.happen(provider.books.allow, _named(url))

    return Outside(pay, open_account, _bank_day(provider))


def on_pages(provider: FakeProvider, http: httpx.AsyncClient) -> Outside:
    """As people do it: by the buttons of the pages."""

    def press(button: str) -> Page:
        async def pressed(url: str) -> None:
            answer = await http.post(f"{url}/{button}", follow_redirects=True)
            answer.raise_for_status()

        return pressed

    return Outside(press("payment"), press("account"), _bank_day(provider))


def _bank_day(provider: FakeProvider) -> Callable[[], Awaitable[None]]:
    async def pass_day() -> None:
        await provider.happen(provider.books.bank_day)

    return pass_day


def _named(url: str) -> str:
    """The id of the thing whose page it is."""
    return url.rsplit("/", 1)[-1]
