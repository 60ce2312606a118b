"""Accounts and transactions of the ledger with the names that people know them by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.accounts.queries import names_of
from clothingline.kit.page import Page, Window, take
from clothingline.ledger import queries
from clothingline.ledger.chart import FIXED
from clothingline.ledger.models import LedgerAccount


@dataclass(frozen=True)
class Named:
    """An account, and whose or what it is; nothing for those that there is one of."""

    account: LedgerAccount
    subject: str


@dataclass(frozen=True)
class Row:
    """An account in a list; `balance` in whole rupiah, debits positive."""

    named: Named
    balance: int


async def list_accounts(session: AsyncSession, *, kind: str | None, words: str | None, asked: Window) -> Page[Row]:
    """Accounts, newest first: of a kind, and by a part of their code or of the name of whose they are."""
    query = select(LedgerAccount)
    if kind:
        query = query.where(LedgerAccount.kind == kind)
    if words:
        theirs = select(Organisation.id).where(Organisation.name.icontains(words, autoescape=True))
        code = LedgerAccount.code.icontains(words, autoescape=True)
        query = query.where(or_(code, LedgerAccount.organisation_id.in_(theirs)))
    page = await take(session, query, key=LedgerAccount.id, asked=asked)
    named = await name_all(session, page.rows)
    balances = await queries.balances(session, [one.id for one in page.rows])
    return Page([Row(named[one.code], balances.get(one.id, 0)) for one in page.rows], page.next_cursor)


async def name_all(session: AsyncSession, accounts: Collection[LedgerAccount]) -> dict[str, Named]:
    """Accounts with their names, by code. One statement."""
    names = await names_of(session, {one.organisation_id for one in accounts if one.organisation_id})
    return {one.code: Named(one, _subject(one, names)) for one in accounts}


def _subject(one: LedgerAccount, names: dict[UUID, str]) -> str:
    if one.organisation_id is not None:
        return names[one.organisation_id]
    alone = one.code in FIXED and one.kind not in ("income", "cost")
    return "" if alone else one.code.partition(":")[2]


@dataclass(frozen=True)
class Leg:
    """One side of a transaction, whole rupiah, debits positive."""

    code: str
    amount: int


@dataclass(frozen=True)
class Legs:
    """The legs of transactions by their id, and every account in them by code."""

    of: dict[UUID, list[Leg]]
    accounts: dict[str, Named]

    def against(self, transaction_id: UUID, line: int) -> list[Named]:
        """The accounts on the other side of an entry of so many rupiah."""
        codes = dict.fromkeys(one.code for one in self.of[transaction_id] if (one.amount > 0) != (line > 0))
        return [self.accounts[code] for code in codes]

    def total(self, transaction_id: UUID) -> int:
        """The debits of a transaction, as much as its credits."""
        return sum(one.amount for one in self.of[transaction_id] if one.amount > 0)


async def legs_of(session: AsyncSession, transaction_ids: Sequence[UUID]) -> Legs:
    """What these transactions say, debits first. Three statements."""
    entries = await queries.entries_of(session, list(dict.fromkeys(transaction_ids)))
    codes = {code for legs in entries.values() for code, _, _ in legs}
    accounts = await queries.list_accounts_named(session, codes)
    legs = {one: [Leg(code, amount) for code, amount, _ in sorted(said, key=_place)] for one, said in entries.items()}
    return Legs(legs, await name_all(session, accounts))


def _place(entry: tuple[str, int, str]) -> tuple[bool, str]:
    code, amount, _ = entry
    return amount < 0, code
