"""Rows of papers, and what the ledger says that they may state. Whose a paper is stands in every query of a reach."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, func, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach, Role
from clothingline.kit.page import Page, Window, take
from clothingline.ledger.models import LedgerEntry, LedgerTransaction
from clothingline.papers.errors import DocumentNotFound
from clothingline.papers.models import Document

PAYEES = (Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER, Role.SENTRA_MANAGER)
_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('paper:' || :series, 0))")


async def list_documents(
    session: AsyncSession, reach: Reach, *, kind: str | None, order_id: UUID | None, asked: Window
) -> Page[Document]:
    """Papers within reach, newest first."""
    query = select(Document).where(_of(reach))
    if kind is not None:
        query = query.where(Document.kind == kind)
    if order_id is not None:
        query = query.where(Document.order_id == order_id)
    return await take(session, query, key=Document.id, asked=asked)


def _of(reach: Reach) -> ColumnElement[bool]:
    if reach.everything:
        return true()
    own = Document.organisation_id.in_(reach.of(*PAYEES))
    return own if reach.account is None else or_(own, Document.account_id == reach.account)


async def get_document(session: AsyncSession, document_id: UUID, reach: Reach) -> Document:
    """A paper within reach. Raises `DocumentNotFound`."""
    found = await session.scalar(select(Document).where(Document.id == document_id, _of(reach)))
    if found is None:
        raise DocumentNotFound
    return found


async def get_document_by_token(session: AsyncSession, token: str) -> Document:
    """The made paper that the code on it leads to, for whoever holds it. Raises `DocumentNotFound`."""
    found = await session.scalar(select(Document).where(Document.token == token, Document.state == "made"))
    if found is None:
        raise DocumentNotFound
    return found


async def find_document(session: AsyncSession, kind: str, subject: str) -> Document | None:
    """The paper of this kind about this thing."""
    return await session.scalar(select(Document).where(Document.kind == kind, Document.subject == subject))


async def find_unmade(session: AsyncSession, document_id: UUID) -> Document | None:
    """A paper that is not printed yet."""
    return await session.scalar(
        select(Document).where(Document.id == document_id, Document.state.in_(("wished", "failed")))
    )


async def take_turn(session: AsyncSession, series: str) -> None:
    """Wait until nobody else gives a number of this series; the turn ends with the transaction."""
    await session.execute(_IN_TURN, {"series": series})


class Booked(NamedTuple):
    """What moved, whole rupiah, when it did, and which time (step) of its source that was."""

    amount_idr: int
    at: datetime
    step: int


async def get_booked(session: AsyncSession, *, source_type: str, source_id: UUID, kind: str) -> Booked:
    """The debits of one source and kind, the last time that they were booked.

    Raises `LookupError` when nothing was booked.
    """
    query = (
        select(func.sum(LedgerEntry.amount), LedgerTransaction.at, LedgerTransaction.step)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(
            LedgerTransaction.source_type == source_type,
            LedgerTransaction.source_id == source_id,
            LedgerTransaction.kind == kind,
            LedgerEntry.amount > 0,
        )
        .group_by(LedgerTransaction.id)
    )
    found = (await session.execute(query.order_by(LedgerTransaction.step.desc()).limit(1))).one_or_none()
    if found is None:
        raise LookupError(f"{source_type} {source_id} {kind} is not in the ledger")
    return Booked(int(found[0]), found[1], found[2])


async def list_numbers_about(session: AsyncSession, *, kind: str, source_id: UUID, before: int) -> list[str]:
    """Numbers of the papers of this kind about earlier times (steps) of one source, oldest first."""
    step = func.coalesce(Document.facts["step"].as_integer(), 0)
    told = (Document.kind == kind, Document.facts["source_id"].astext == str(source_id), step < before)
    query = select(Document.number).where(*told).order_by(Document.id)
    return list(await session.scalars(query))


class Income(NamedTuple):
    """What became payable to a party in a month, whole rupiah: before anything was taken, and what was taken."""

    gross_idr: int
    withheld_idr: int
    recovered_idr: int


async def income_by_month(
    session: AsyncSession, *, organisation_id: UUID, months: Sequence[date]
) -> dict[date, Income]:
    """By first day of the month (western Indonesian time) of its release; empty months are left out."""
    released = LedgerTransaction.source_id == Earning.id
    first = cast(func.date_trunc("month", func.timezone("Asia/Jakarta", LedgerTransaction.at)), Date).label("first")
    sums = [func.sum(column) for column in (Earning.amount_idr, Earning.withheld_idr, Earning.recovered_idr)]
    query = (
        select(first, *sums)
        .join(LedgerTransaction, released)
        .where(
            LedgerTransaction.source_type == "earning",
            LedgerTransaction.kind == "release",
            Earning.organisation_id == organisation_id,
            Earning.state.in_(("available", "in_batch", "paid")),
        )
        .group_by(first)
    )
    rows = await session.execute(query)
    return {row[0]: Income(*(int(one) for one in row[1:])) for row in rows if row[0] in set(months)}
