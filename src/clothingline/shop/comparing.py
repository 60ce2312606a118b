"""A plan beside what could be had otherwise, in prices that would be paid: never in what only steers the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.queries import list_taxed
from clothingline.reference.taxes import ppn
from clothingline.routing.models import Plan
from clothingline.routing.why import Bill, Why
from clothingline.shop.offering import OWN


@dataclass(frozen=True)
class Saving:
    """What one change would take off the price that is paid, in rupiah (> 0)."""

    words: str
    n: int
    idr: int


@dataclass(frozen=True)
class Compared:
    """The price of the best other plan less that of this one (None: there is no other), and what would save money."""

    next_idr: int | None
    savings: Sequence[Saving]


@dataclass(frozen=True)
class Prices:
    """What a buyer pays for a bill: with the options of the order, and PPN on top where the brand adds it."""

    options_idr: int
    taxed: frozenset[UUID]
    today: date

    def of(self, bill: Bill) -> int:
        """The whole price, in rupiah."""
        before = bill.paid_idr + self.options_idr
        return before + (ppn(before, self.today).tax_idr if bill.brand in self.taxed else 0)


async def compare(session: AsyncSession, plan: Plan, why: Why, today: date) -> Compared:
    """What the best other plan would cost more or less, and which change would make this price lower."""
    bills = [*why.open_now, *(one.bill for one in why.changes), why.next_bill]
    taxed = await list_taxed(session, {bill.brand for bill in bills if bill}, on=today)
    prices = Prices(sum(part["amount"] for part in plan.parts if part["code"] == "options"), frozenset(taxed), today)
    next_idr = prices.of(why.next_bill) - plan.price_idr if why.next_bill else None
    return Compared(next_idr, list(savings(plan.price_idr, why, prices)))


def savings(price_idr: int, why: Why, prices: Prices) -> Iterator[Saving]:
    """The consumer's own changes after which the best plan costs less than this one and than all that can be had now.

    Where it is not known what can be had now, nothing is said.
    """
    least = min((prices.of(one) for one in why.open_now), default=0)
    for one in (each for each in why.changes if each.code in OWN):
        price = prices.of(one.bill) if one.bill else least
        if price < min(least, price_idr):
            yield Saving(one.words, one.n, price_idr - price)
