"""What each party will have earned follows the price lines of its order: expected, changed, voided, owed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import queries
from clothingline.earnings.models import EARNING, Earning
from clothingline.earnings.postings import changed, expected
from clothingline.earnings.service.account import Account, amend, born, open_account
from clothingline.kit.states import move
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order

AGREED = ("confirmed", "in_production", "ready", "shipped", "delivered", "accepted")


@dataclass(frozen=True)
class Owed:
    """What one party is owed for one thing, in whole rupiah."""

    source_type: str
    source_id: UUID
    organisation_id: UUID
    amount_idr: int


async def expect(session: AsyncSession, *, order_id: UUID) -> Order:
    """Bring the expected earnings of an agreed order in line with its frozen price; returns the order, locked.

    May be repeated at any time: what is earned already stays, what belongs to a replaced party is voided, and what was
    voided but is owed again is expected once more. An order whose price is not frozen owes nothing.
    """
    account = await follow(session, order_id)
    await ledger.book_all(session, account.postings)
    return account.order


async def follow(session: AsyncSession, order_id: UUID) -> Account:
    """The same, with what is left to book: whoever earns or releases books all of it at once."""
    account = await open_account(session, order_id)
    await bring(session, account)
    return account


async def bring(session: AsyncSession, account: Account) -> None:
    """The same for an order that is locked already."""
    if account.lines and account.order.state in AGREED:
        owed = await _owed(session, account)
        await _end(session, account, owed)
        for one in owed:
            await _follow_one(session, account, one)


async def _owed(session: AsyncSession, account: Account) -> list[Owed]:
    """A maker's line without a job, or cloth without a reservation, waits: its money is nobody else's meanwhile."""
    things = await _things(session, account.order)
    found = []
    for claim, amount in account.lines.items():
        thing = things.get((claim.code, claim.source_id))
        if claim.payee_id is not None and thing is not None:
            found.append(Owed(*thing, claim.payee_id, amount - _carved(account, thing)))
    return [one for one in found if one.amount_idr > 0]


async def _things(session: AsyncSession, order: Order) -> dict[tuple[str, UUID | None], tuple[str, UUID]]:
    """(source type, source) of an earning by (code, source) of a price line."""
    found: dict[tuple[str, UUID | None], tuple[str, UUID]] = {("brand_margin", None): ("order", order.id)}
    for share, job in await queries.jobs_by_share(session, order.id):
        found["labour", share] = ("job", job)
    for lot, cut in await queries.reservations_by_lot(session, order.id):
        found["cloth", lot] = ("reservation", cut)
    return found


def _carved(account: Account, thing: tuple[str, UUID]) -> int:
    """Rupiah of its pieces that wait for a chargeback, or were given free after one."""
    origin = account.find(*thing)
    pieces = account.pieces_of(origin) if origin else []
    return sum(row.amount_idr for row in pieces if row.state != "voided")


async def _end(session: AsyncSession, account: Account, owed: Sequence[Owed]) -> None:
    kept = {(one.source_type, one.source_id) for one in owed}
    over = [row for row in account.in_state("expected") if (row.source_type, row.source_id) not in kept]
    account.postings += await void_rows(session, account.order, over)


async def void_rows(session: AsyncSession, order: Order, rows: Sequence[Earning]) -> list[Posting]:
    """End expected earnings; returns what has to be booked."""
    ids = [row.id for row in rows]
    moved = await move(session, EARNING, Earning, "void", Earning.id.in_(ids), step=Earning.step + 1) if ids else []
    return [changed(order, row, "void", before=row.amount_idr, after=0, state="expected") for row in moved]


async def _follow_one(session: AsyncSession, account: Account, one: Owed) -> None:
    """Make the earning of one thing what is owed for it, unless it is earned labour or has left the order."""
    row = account.find(one.source_type, one.source_id)
    if row is None:
        row = await born(session, account, state="expected", **vars(one))
        account.postings.append(expected(account.order, row))
    elif row.state == "voided":
        this = (Earning.id == row.id, Earning.step == row.step)
        again = {"amount_idr": one.amount_idr, "organisation_id": one.organisation_id, "step": Earning.step + 1}
        for row in await move(session, EARNING, Earning, "revive", *this, by=None, **again):
            account.postings.append(expected(account.order, row))
    elif _follows(row) and (row.amount_idr, row.organisation_id) != (one.amount_idr, one.organisation_id):
        account.postings.append(await _adjust(session, account.order, row, one))


def _follows(row: Earning) -> bool:
    return row.state == "expected" or (row.state == "earned" and row.source_type != "job")


async def _adjust(session: AsyncSession, order: Order, row: Earning, one: Owed) -> Posting:
    before, party = row.amount_idr, row.organisation_id
    values = {"amount_idr": one.amount_idr, "organisation_id": one.organisation_id, "step": row.step + 1}
    await amend(session, row, **values)
    return changed(order, row, "adjust", before=before, after=row.amount_idr, state=row.state, party=party)


async def void(session: AsyncSession, *, order_id: UUID) -> int:
    """Nothing was done: the expected earnings of an order end. Returns how many."""
    account = await open_account(session, order_id)
    postings = await void_rows(session, account.order, account.in_state("expected"))
    await ledger.book_all(session, postings)
    return len(postings)
