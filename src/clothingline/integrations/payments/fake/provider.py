"""The provider that ships for development, the demo and the tests. It keeps its own books and signs its notices."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from clothingline.integrations.payments.fake import asking, charges, movements, payees, payouts, refunds
from clothingline.integrations.payments.fake.books import Books
from clothingline.integrations.payments.fake.clerk import ACCOUNT, Clerk
from clothingline.integrations.payments.fake.pages import pages
from clothingline.integrations.payments.fake.telling import Deliver, deliver_waiting, read
from clothingline.integrations.payments.port import (
    BankPayout,
    Charge,
    Dispute,
    MoneyBack,
    Movement,
    Payee,
    Told,
    Transfer,
    Wish,
)
from clothingline.settings import settings

P = ParamSpec("P")
T = TypeVar("T")
FILE = "fake-provider-books.db"


class FakeInProduction(RuntimeError):
    """The fake provider moves no money and therefore refuses to serve production."""


class FakeProvider:
    """A `PaymentProvider` with its own SQLite file, pages (`app`) and signed notices.

    `deliver` takes body and headers of a notice (see `post_to`), `pages_url` is where `app` is served, `style` the
    address of the pages' style sheet, `path` the file of the books (default: in the home folder). What payers, banks
    and owners do is done by hand, on `books`; then `deliver_waiting` tells the shop, or `happen` does both. Raises
    `FakeInProduction`.
    """

    name, account, livemode, methods = "fake", ACCOUNT, False, charges.METHODS

    def __init__(self, deliver: Deliver, *, pages_url: str, path: Path | None = None, style: str = "") -> None:
        if settings().environment == "production":
            raise FakeInProduction("the fake payment provider does not serve production")
        self.books = Books(path or settings().home / FILE, pages_url)
        self.style, self.app = style, pages(self)
        self._deliver = deliver

    def play(self, mode: str, on: str | None = None, times: int = 1) -> None:
        """Let something go wrong the next `times` times that `on` is asked for: see `modes`."""
        self.books.play(mode, on, times)

    async def happen(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Something happens by hand and the shop is told: `await fake.happen(fake.books.confirm_payout, payout.id)`."""
        done = await asyncio.to_thread(act, *args, **kwargs)
        await self.deliver_waiting()
        return done

    async def pay(self, charge_id: str, method: str | None = None) -> Charge:
        """What the button of the pay page does: take the money, then tell the shop."""
        return await self.happen(self.books.pay, charge_id, method)

    async def deliver_waiting(self) -> int:
        """Try every notice that is due once; returns how many were acknowledged."""
        return await deliver_waiting(self.books, self._deliver)

    def read_notice(self, headers: Mapping[str, str], body: bytes, now: int) -> Told:
        """Verify the raw bytes. Raises `NotSigned`."""
        return read(headers, body, now)

    async def open_charge(self, wish: Wish) -> Charge:
        """A page to pay on."""
        said = tuple(asdict(wish).values())
        return await self._make("open_charge", wish.reference, said, lambda clerk: charges.open_charge(clerk, wish))

    async def fetch_charge(self, charge_id: str) -> Charge:
        """How a charge stands."""
        return await self._ask("fetch_charge", lambda clerk: charges.get(clerk, charge_id))

    async def find_charge(self, reference: str) -> Charge | None:
        """The charge of a reference of the shop's."""
        return await self._ask("find_charge", lambda clerk: charges.find(clerk, reference))

    async def capture(self, charge_id: str, reference: str, amount_idr: int) -> Charge:
        """Take what is held."""
        said = (charge_id, amount_idr)
        return await self._make("capture", reference, said, lambda clerk: charges.capture(clerk, *said))

    async def close_charge(self, charge_id: str) -> Charge:
        """End a charge that is not paid."""
        return await self._ask("close_charge", lambda clerk: charges.close(clerk, charge_id))

    async def refund(self, charge_id: str, reference: str, amount_idr: int) -> MoneyBack:
        """Pay back a part or all."""
        said = (charge_id, reference, amount_idr)
        return await self._make("refund", reference, said, lambda clerk: refunds.refund(clerk, *said))

    async def find_refund(self, charge_id: str, reference: str) -> MoneyBack | None:
        """The refund of a reference."""
        return await self._ask("find_refund", lambda clerk: refunds.find(clerk, charge_id, reference))

    async def fetch_refund(self, refund_id: str) -> MoneyBack:
        """How a refund stands."""
        return await self._ask("fetch_refund", lambda clerk: refunds.get(clerk, refund_id))

    async def fetch_dispute(self, dispute_id: str) -> Dispute:
        """How a chargeback stands."""
        return await self._ask("fetch_dispute", lambda clerk: refunds.get_dispute(clerk, dispute_id))

    async def open_payee(self, reference: str, name: str) -> Payee:
        """An account for somebody who is to be paid."""
        said = (reference, name)
        return await self._make("open_payee", reference, said, lambda clerk: payees.open_payee(clerk, *said))

    async def fetch_payee(self, payee_id: str) -> Payee:
        """How an account stands."""
        return await self._ask("fetch_payee", lambda clerk: payees.get(clerk, payee_id))

    async def onboarding_link(self, payee_id: str, back_url: str) -> str:
        """The page with one button."""
        return await self._ask("onboarding_link", lambda clerk: payees.link(clerk, payee_id, back_url))

    async def transfer(self, reference: str, destination: str, amount_idr: int) -> Transfer:
        """Move money from our account to a payee's."""
        said = (reference, destination, amount_idr)
        return await self._make("transfer", reference, said, lambda clerk: payouts.transfer(clerk, *said))

    async def find_transfer(self, reference: str) -> Transfer | None:
        """The transfer of a reference."""
        return await self._ask("find_transfer", lambda clerk: payouts.find_transfer(clerk, reference))

    async def fetch_transfer(self, transfer_id: str) -> Transfer:
        """How a transfer stands."""
        return await self._ask("fetch_transfer", lambda clerk: payouts.get_transfer(clerk, transfer_id))

    async def take_back(self, transfer_id: str, reference: str, amount_idr: int) -> Transfer:
        """Move money of a transfer back to our account."""
        said = (transfer_id, reference, amount_idr)
        return await self._make("take_back", reference, said, lambda clerk: payouts.take_back(clerk, *said))

    async def pay_out(self, reference: str, destination: str, amount_idr: int) -> BankPayout:
        """Move money from a payee's account to the bank; it is pending until the bank speaks (`books.bank_day`)."""
        said = (reference, destination, amount_idr)
        return await self._make("pay_out", reference, said, lambda clerk: payouts.pay_out(clerk, *said))

    async def find_payout(self, destination: str, reference: str, since: datetime) -> BankPayout | None:
        """The payout of a reference."""
        asked = (destination, reference, int(since.timestamp()))
        return await self._ask("find_payout", lambda clerk: payouts.find_payout(clerk, *asked))

    async def fetch_payout(self, destination: str, payout_id: str) -> BankPayout:
        """How a payout stands."""
        return await self._ask("fetch_payout", lambda clerk: payouts.get_payout(clerk, destination, payout_id))

    async def balance(self) -> int:
        """What is ours at the provider."""
        return await self._ask("balance", movements.balance)

    async def connected_balance(self, destination: str) -> int:
        """What is a payee's at the provider."""
        return await self._ask("connected_balance", lambda clerk: payees.holds(clerk, destination))

    async def movements(
        self, since: datetime, until: datetime, after: str | None, destination: str | None = None
    ) -> tuple[list[Movement], str | None]:
        """What moved the balance."""
        asked = (since, until, after, destination or ACCOUNT)
        return await self._ask("movements", lambda clerk: movements.page(clerk, *asked))

    async def _make(
        self, act: str, reference: str, said: tuple[object, ...], work: Callable[[Clerk], asking.Made]
    ) -> asking.Made:
        return await asking.make(self.books, act, reference, said, work)

    async def _ask(self, act: str, work: Callable[[Clerk], T]) -> T:
        return await asking.ask(self.books, act, work)
