"""Wishing for a paper, and noting that it was printed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import local_date
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.papers import queries
from clothingline.papers.events import DocumentFailed, DocumentMade, DocumentWished
from clothingline.papers.models import DOCUMENT, SERIES, Document
from clothingline.settings import settings
from clothingline.taxes.service import next_number

TOKEN_BYTES = 16


@dataclass(frozen=True)
class Belonging:
    """Who may read a paper, and what it is about: an organisation, an account, an order, days."""

    organisation_id: UUID | None = None
    account_id: UUID | None = None
    order_id: UUID | None = None
    first_on: date | None = None
    last_on: date | None = None


async def wish(
    session: AsyncSession,
    *,
    kind: str,
    subject: str,
    facts: Mapping[str, Any],
    belonging: Belonging,
    now: datetime,
    by: UUID | None = None,
) -> Document:
    """Give a paper its number and freeze its facts, once for each kind and subject; it is printed by a job.

    `facts` are JSON with whole rupiah, days as ISO text, and the big number as `total_idr`.
    """
    series = SERIES[kind]
    await queries.take_turn(session, series)
    standing = await queries.find_document(session, kind, subject)
    if standing is not None:
        return standing
    year, token = local_date(now).year, secrets.token_urlsafe(TOKEN_BYTES)
    number = await next_number(session, series=series, year=year)
    address = f"{settings().public_url}/dokumen/{token}"
    document = Document(kind=kind, subject=subject, number=f"{series}/{year}/{number:06d}", token=token)
    document.state, document.state_by, document.created_at = "wished", by, now
    document.facts = {**facts, "verify_url": address}
    for name, value in vars(belonging).items():
        setattr(document, name, value)
    session.add(document)
    await session.flush()
    await emit(session, DocumentWished(document.id), by=by, audience=_audience(document))
    return document


def _audience(document: Document) -> list[UUID]:
    return [one for one in (document.organisation_id, document.account_id) if one is not None]


async def note_made(
    session: AsyncSession, *, document_id: UUID, content: bytes, path: str, template_version: str
) -> bool:
    """The bytes stand under `path`; False when another run of the job was faster."""
    made = await move(
        session,
        DOCUMENT,
        Document,
        "make",
        Document.id == document_id,
        path=path,
        sha256=sha256(content).digest(),
        size=len(content),
        template_version=template_version,
    )
    for document in made:
        await emit(session, DocumentMade(document.id), audience=_audience(document))
    return bool(made)


async def note_failed(session: AsyncSession, *, document_id: UUID) -> bool:
    """The template does not take its facts: it stands as failed until somebody has looked."""
    failed = await move(session, DOCUMENT, Document, "fail", Document.id == document_id)
    for document in failed:
        await emit(session, DocumentFailed(document.id))
    return bool(failed)
