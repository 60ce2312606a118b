"""What is known of an order's money while its row is locked, and what is to be booked of it at the end."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import queries
from clothingline.earnings.models import Debt, Earning
from clothingline.kit.ids import new_id
from clothingline.ledger import chart
from clothingline.ledger import queries as ledger_queries
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.waterfall import Lines, by_code

PAID_FOR = (
    "placed", "action_required", "confirmed", "in_production", "ready", "shipped", "delivered", "accepted",
)  # fmt: skip


@dataclass
class Account:
    """An order under its lock, what its price consists of, its earnings, and what has to be booked for them.

    Nothing else touches the escrow of an order whose row is locked, so that it may be read before it is booked. It is
    `closed` once everything has left it. `debts`: what those who are about to be paid owe, once it is locked.
    """

    order: Order
    lines: Lines
    rows: list[Earning]
    closed: bool
    debts: list[Debt] | None = None
    postings: list[Posting] = field(default_factory=list)

    def in_state(self, state: str, *sources: str) -> list[Earning]:
        """Its earnings that stand there, of these sources when any are given, in order of their ids."""
        found = [row for row in self.rows if row.state == state and (not sources or row.source_type in sources)]
        return sorted(found, key=lambda row: row.id)

    def find(self, source_type: str, source_id: UUID) -> Earning | None:
        """The earning of one thing."""
        return next((row for row in self.rows if (row.source_type, row.source_id) == (source_type, source_id)), None)

    def pieces_of(self, whole: Earning) -> list[Earning]:
        """What was cut from a share because of a chargeback."""
        return [row for row in self.rows if row.origin_id == whole.id]

    def brands_share_of(self, piece: Earning) -> Earning | None:
        """The brand's share from which this was cut; None for anything else."""
        return next((row for row in self.rows if row.id == piece.origin_id and row.source_type == "order"), None)

    @property
    def is_open(self) -> bool:
        """Whether the order is paid for and its price may still fall."""
        return bool(self.lines) and self.order.state in PAID_FOR and not self.closed

    @property
    def labour_reserve(self) -> int:
        """Makers' pay that has not left escrow."""
        out = sum(row.amount_idr for row in self.rows if row.source_type == "job" and row.is_out)
        return by_code(self.lines)["labour"] - out

    @property
    def closing(self) -> dict[str, int]:
        """What leaves escrow when the order is accepted, beside the earnings: couriers, platform, state."""
        sums = by_code(self.lines)
        tax = sums["ppn_fee"] + sums["ppn"]
        return {"transport": sums["transport"], "fee": sums["platform_fee"], "tax": tax}


async def open_account(session: AsyncSession, order_id: UUID) -> Account:
    """Lock an order and read what its money is about. Raises `OrderNotFound`."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    frozen = await orders.find_frozen_price(session, order_id)
    closed = order.state == "accepted" and await _is_closed(session, order_id)
    rows = await queries.list_earnings_of(session, order_id)
    return Account(order, frozen.lines if frozen else {}, rows, closed)


async def _is_closed(session: AsyncSession, order_id: UUID) -> bool:
    return await ledger_queries.find_ledger_transaction(session, "order", order_id, "close", 0) is not None


async def reread(session: AsyncSession, account: Account) -> None:
    """Its price may have changed in this transaction."""
    frozen = await orders.find_frozen_price(session, account.order.id)
    account.lines = frozen.lines if frozen else {}


async def held_in_escrow(session: AsyncSession, account: Account) -> int:
    """Rupiah that the order holds now, without what is still to be booked."""
    return await ledger.held(session, chart.escrow(account.order))


async def free_in_escrow(session: AsyncSession, account: Account) -> int:
    """What escrow holds beside the makers' pay (below 0: so much is missing).

    While a chargeback is open, what couriers, platform and state will get is not free either: the chargeback has taken
    of the rest, and at acceptance everybody else has to find their part.
    """
    free = await held_in_escrow(session, account) - account.labour_reserve
    if await queries.list_disputed(session, chart.escrow(account.order).code):
        free -= sum(account.closing.values())
    return free


async def spare(session: AsyncSession, order_id: UUID, *, beside_idr: int = 0) -> int:
    """What escrow can give to a chargeback (≥ 0): no maker's pay, nor what couriers, platform and state will get, nor
    the `beside_idr` there that do not pay for the order.

    Of an order that was closed all of it: only what did not arrive at its consumer is there.
    """
    account = await open_account(session, order_id)
    bound = 0 if account.closed else account.labour_reserve + sum(account.closing.values()) + beside_idr
    return max(0, await held_in_escrow(session, account) - bound)


async def born(session: AsyncSession, account: Account, **given: Any) -> Earning:
    """A new earning of the order."""
    fresh = {"id": new_id(), "step": 0, "batch": 0, "withheld_idr": 0, "recovered_idr": 0}
    row = Earning(order_id=account.order.id, **(fresh | given))
    session.add(row)
    await session.flush()
    account.rows.append(row)
    return row


async def amend(session: AsyncSession, row: Earning, **values: Any) -> None:
    """Change an earning that stands as it was read, under the lock of its order."""
    statement = update(Earning).where(Earning.id == row.id, Earning.state == row.state, Earning.step == row.step)
    await session.execute(statement.values(**values).execution_options(synchronize_session=False))
    await session.refresh(row, list(values))
