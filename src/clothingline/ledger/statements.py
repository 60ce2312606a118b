"""What the ledger says of a span of time. A transaction belongs to the moment of its place in the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import WIB
from clothingline.kit.errors import Invalid
from clothingline.kit.page import Page, Window, encode
from clothingline.ledger.models import LedgerAccount, LedgerEntry, LedgerLink, LedgerTransaction

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Balance:
    """What an account held at a moment, in minor units: debits positive."""

    account_id: UUID
    code: str
    kind: str
    currency: str
    amount: int


@dataclass(frozen=True)
class KindBalance:
    """Accounts of a kind that are not zero: how many, and the sums of those in debit (≥ 0) and in credit (≤ 0)."""

    kind: str
    currency: str
    accounts: int
    debit: int
    credit: int


@dataclass(frozen=True)
class Line:
    """An entry in the statement of an account, and the balance after it."""

    id: UUID
    transaction_id: UUID
    position: int
    at: datetime
    source_type: str
    kind: str
    amount: int
    balance: int


@dataclass(frozen=True)
class Statement:
    """A page of an account's lines, newest first, between its balances before and after the whole span."""

    opening: int
    closing: int
    page: Page[Line]


@dataclass(frozen=True)
class Entry:
    """An entry with all that a bookkeeper asks of it."""

    position: int
    at: datetime
    transaction_id: UUID
    source_type: str
    kind: str
    step: int
    code: str
    amount: int
    currency: str


def begin_of(day: date) -> datetime:
    """The first moment of a day in western Indonesian time."""
    return datetime.combine(day, time.min, WIB)


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return begin_of(day + timedelta(days=1))


def check_span(since: date, until: date, *, most_days: int) -> None:
    """Raises `Invalid` for a span that ends before it begins, or is longer."""
    if not 0 <= (until - since).days < most_days:
        words = f"Rentang 1 sampai {most_days} hari", f"A span has 1 to {most_days} days"
        raise Invalid("/until", *words, code="out_of_range")


async def await_writers(session: AsyncSession) -> datetime:
    """Business time now, after everybody who is about to get an earlier place in the chain has committed."""
    now: datetime = (await session.scalars(select(func.await_ledger_links()))).one()
    return now


async def trial_balance(session: AsyncSession, *, until: datetime) -> list[Balance]:
    """Every account that was not zero just before `until`, by code; per currency they sum to zero.

    Call `await_writers` first where `until` may lie in this very moment.
    """
    rows = await session.execute(_balances(until).order_by(LedgerAccount.code))
    return [Balance(row.id, row.code, row.kind, row.currency, int(row.amount)) for row in rows]


def _balances(until: datetime) -> Select[UUID, str, str, str, int]:
    amount = func.sum(LedgerEntry.amount)
    return (
        select(LedgerAccount.id, LedgerAccount.code, LedgerAccount.kind, LedgerAccount.currency, amount.label("amount"))
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .join(LedgerLink, LedgerLink.transaction_id == LedgerEntry.transaction_id)
        .where(LedgerLink.at < until)
        .group_by(LedgerAccount.id)
        .having(amount != 0)
    )


async def trial_balance_by_kind(session: AsyncSession, *, until: datetime) -> list[KindBalance]:
    """The same, summed by kind of account."""
    of = _balances(until).subquery()
    debit = func.coalesce(func.sum(of.c.amount).filter(of.c.amount > 0), 0)
    credit = func.coalesce(func.sum(of.c.amount).filter(of.c.amount < 0), 0)
    query = select(of.c.kind, of.c.currency, func.count(), debit, credit).group_by(of.c.kind, of.c.currency)
    rows = await session.execute(query.order_by(of.c.currency, of.c.kind))
    return [KindBalance(kind, currency, number, int(plus), int(minus)) for kind, currency, number, plus, minus in rows]


async def statement(
    session: AsyncSession, *, account_id: UUID, since: datetime | None, until: datetime, asked: Window
) -> Statement:
    """The entries of an account in a span, newest first, each with the balance after it. At most three statements."""
    query = _lines(account_id).where(LedgerLink.at < until)
    if since is not None:
        query = query.where(LedgerLink.at >= since)
    if asked.after is not None:
        query = query.where(_is_before(await _position_of(session, asked.after), asked.after))
    latest = query.order_by(LedgerLink.position.desc(), LedgerEntry.id.desc()).limit(asked.limit + 1)
    rows = (await session.execute(latest)).all()
    later = ~_is_before(rows[0].position, rows[0].id) & (LedgerEntry.id != rows[0].id) if rows else false()
    opening, closing, skipped = await _sums(session, account_id, since, until, later)
    balance = closing - skipped
    lines = []
    for row in rows[: asked.limit]:
        lines.append(Line(**row._asdict(), balance=balance))
        balance -= row.amount
    cursor = encode(lines[-1].id) if len(rows) > asked.limit else None
    return Statement(opening, closing, Page(lines, cursor))


def _lines(account_id: UUID) -> Select[UUID, UUID, int, datetime, str, str, int]:
    return (
        select(
            LedgerEntry.id,
            LedgerEntry.transaction_id,
            LedgerLink.position,
            LedgerLink.at,
            LedgerTransaction.source_type,
            LedgerTransaction.kind,
            LedgerEntry.amount,
        )
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerLink, LedgerLink.transaction_id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account_id == account_id)
    )


async def _position_of(session: AsyncSession, entry_id: UUID) -> int:
    query = select(LedgerLink.position).join(LedgerEntry, LedgerEntry.transaction_id == LedgerLink.transaction_id)
    return await session.scalar(query.where(LedgerEntry.id == entry_id)) or 0


def _is_before(position: int, entry_id: UUID) -> ColumnElement[bool]:
    same = LedgerLink.position == position
    return or_(LedgerLink.position < position, and_(same, LedgerEntry.id < entry_id))


async def _sums(
    session: AsyncSession, account_id: UUID, since: datetime | None, until: datetime, later: ColumnElement[bool]
) -> tuple[int, int, int]:
    """Balances before `since` and before `until`, and the sum of what is `later` than the page and before `until`."""
    before, within = LedgerLink.at < since if since is not None else false(), LedgerLink.at < until
    opening, closing, skipped = (
        func.coalesce(func.sum(LedgerEntry.amount).filter(one), 0) for one in (before, within, within & later)
    )
    query = (
        select(opening, closing, skipped)
        .select_from(LedgerEntry)
        .join(LedgerLink, LedgerLink.transaction_id == LedgerEntry.transaction_id)
    )
    found = (await session.execute(query.where(LedgerEntry.account_id == account_id))).one()
    return int(found[0]), int(found[1]), int(found[2])


async def list_entries(session: AsyncSession, *, since: datetime, until: datetime, most: int) -> Sequence[Entry]:
    """At most so many entries of a span, the oldest first; of a transaction the debits first."""
    query = (
        select(
            LedgerLink.position,
            LedgerLink.at,
            LedgerEntry.transaction_id,
            LedgerTransaction.source_type,
            LedgerTransaction.kind,
            LedgerTransaction.step,
            LedgerAccount.code,
            LedgerEntry.amount,
            LedgerEntry.currency,
        )
        .join(LedgerTransaction, LedgerTransaction.id == LedgerLink.transaction_id)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerLink.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerLink.at >= since, LedgerLink.at < until)
        .order_by(LedgerLink.position, LedgerEntry.amount < 0, LedgerAccount.code, LedgerEntry.id)
        .limit(most)
    )
    return [Entry(**row._asdict()) for row in await session.execute(query)]
