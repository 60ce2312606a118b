"""Orders as officers look for them, and one with everything that has happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account, Organisation
from clothingline.garments.models import Design
from clothingline.kit.page import Page, Window, take
from clothingline.orders.models import Order, OrderLine
from clothingline.payments.models import Payment, Refund
from clothingline.production.models import Run

MOST = 20


@dataclass(frozen=True)
class Wanted:
    """What an officer looks for; what is None is not asked. `words`: part of a code or of a name of design or brand."""

    words: str | None = None
    state: str | None = None
    needed_by: date | None = None

    def limits(self) -> list[ColumnElement[bool]]:
        """The same as conditions."""
        found: list[ColumnElement[bool]] = []
        if self.state:
            found.append(Order.state == self.state)
        if self.needed_by:
            found.append(Order.needed_by <= self.needed_by)
        if self.words:
            named = select(Organisation.id).where(Organisation.name.icontains(self.words, autoescape=True))
            designed = select(Design.id).where(Design.name.icontains(self.words, autoescape=True))
            lines = select(OrderLine.order_id).where(OrderLine.design_id.in_(designed))
            code = Order.code.icontains(self.words, autoescape=True)
            found.append(or_(code, Order.brand_id.in_(named), Order.id.in_(lines)))
        return found


@dataclass(frozen=True)
class Row:
    """An order in a list."""

    order: Order
    design: str
    pieces: int
    brand: str | None


async def list_orders(session: AsyncSession, wanted: Wanted, *, asked: Window) -> Page[Row]:
    """Orders, newest first. Two statements."""
    page = await take(session, select(Order).where(*wanted.limits()), key=Order.id, asked=asked)
    query = (
        select(OrderLine.order_id, Design.name, OrderLine.pieces, Organisation.name)
        .join(Design, Design.id == OrderLine.design_id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(Organisation, Organisation.id == Order.brand_id)
        .where(OrderLine.order_id.in_([one.id for one in page.rows]))
    )
    said = {order_id: (design, pieces, brand) for order_id, design, pieces, brand in await session.execute(query)}
    return Page([Row(one, *said[one.id]) for one in page.rows], page.next_cursor)


@dataclass(frozen=True)
class Sheet:
    """One order with what the houses know of it."""

    row: Row
    consumer: str
    payments: Sequence[Payment]
    refunds: Sequence[Refund]
    runs: Sequence[Run]


async def sheet_of(session: AsyncSession, order: Order, *, money: bool) -> Sheet:
    """The run of an order, who is in it, and with `money` its payments and refunds. At most four statements."""
    query = (
        select(Design.name, Account.name, Organisation.name)
        .select_from(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Design, Design.id == OrderLine.design_id)
        .join(Account, Account.id == Order.consumer_id)
        .outerjoin(Organisation, Organisation.id == Order.brand_id)
        .where(Order.id == order.id)
    )
    design, consumer, brand = (await session.execute(query)).one()
    payments, refunds = await _money_of(session, order) if money else ((), ())
    runs = (await session.scalars(select(Run).where(Run.order_id == order.id).order_by(Run.id))).all()
    return Sheet(Row(order, design, order.line.pieces, brand), consumer, payments, refunds, runs)


async def _money_of(session: AsyncSession, order: Order) -> tuple[Sequence[Payment], Sequence[Refund]]:
    payments = (await session.scalars(select(Payment).where(Payment.order_id == order.id).order_by(Payment.id))).all()
    of_order = Refund.payment_id.in_([one.id for one in payments])
    return payments, (await session.scalars(select(Refund).where(of_order).order_by(Refund.id))).all()


@dataclass(frozen=True)
class Hit:
    """A party that was found by a part of its name."""

    id: UUID
    name: str
    kind: str


async def find_parties(session: AsyncSession, words: str) -> list[Hit]:
    """Brands, suppliers, workshops and sentra by a part of their name; at most 20."""
    query = select(Organisation.id, Organisation.name, Organisation.kind)
    named = query.where(Organisation.name.icontains(words, autoescape=True))
    return [Hit(*row) for row in await session.execute(named.order_by(Organisation.name).limit(MOST))]
