"""Rows of certificates, and which skills they prove until when."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, func, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification.errors import CertificateNotFound
from clothingline.certification.models import Certificate
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.db import Listing
from clothingline.kit.page import Page, Window, take

_TODAY = cast(func.timezone("Asia/Jakarta", business_time()), Date)


async def get_certificate(session: AsyncSession, certificate_id: UUID, reach: Reach) -> Certificate:
    """One certificate within reach, read afresh. Raises `CertificateNotFound`."""
    query = select(Certificate).where(Certificate.id == certificate_id, _within(reach))
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise CertificateNotFound
    return found


def _holds_on(day: date | ColumnElement[date]) -> tuple[ColumnElement[bool], ...]:
    return Certificate.state == "active", Certificate.issued_on <= day, Certificate.valid_until >= day


def _within(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else Certificate.tailor_id.in_(reach.tailors)


async def list_certificates(
    session: AsyncSession,
    *,
    reach: Reach,
    state: str | None = None,
    tailor_id: UUID | None = None,
    in_force_on: date | None = None,
    asked: Window,
) -> Page[Certificate]:
    """Certificates within reach, newest first; `state` is the stored one. `in_force_on`: those that hold on a day."""
    query = select(Certificate).where(_within(reach))
    if state is not None:
        query = query.where(Certificate.state == state)
    if tailor_id is not None:
        query = query.where(Certificate.tailor_id == tailor_id)
    if in_force_on is not None:
        query = query.where(*_holds_on(in_force_on))
    return await take(session, query, key=Certificate.id, asked=asked)


async def list_uploaded(session: AsyncSession, *, limit: int = 100) -> list[Certificate]:
    """Claims that wait for an officer, the longest waiting first."""
    query = select(Certificate).where(Certificate.state == "uploaded")
    return list(await session.scalars(query.order_by(Certificate.state_at, Certificate.id).limit(limit)))


async def find_next_uploaded(session: AsyncSession, than: Certificate) -> Certificate | None:
    """The claim that has waited longest, apart from this one."""
    query = select(Certificate).where(Certificate.state == "uploaded", Certificate.id != than.id)
    return await session.scalar(query.order_by(Certificate.state_at, Certificate.id).limit(1))


async def list_refused_of_number(session: AsyncSession, than: Certificate) -> list[UUID]:
    """Other workshops that claimed the same number and were refused."""
    same = (Certificate.number == than.number, Certificate.tailor_id != than.tailor_id, Certificate.state == "refused")
    return list(await session.scalars(select(Certificate.tailor_id).where(*same).distinct()))


async def list_of_scheme_for_update(
    session: AsyncSession, *, tailor_id: UUID, scheme_id: str
) -> Collection[Certificate]:
    """All certificates of a tailor in a scheme, locked in order of the id."""
    query = (
        select(Certificate)
        .where(Certificate.tailor_id == tailor_id, Certificate.scheme_id == scheme_id)
        .order_by(Certificate.id)
        .with_for_update()
    )
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def skills_of(session: AsyncSession, tailor_ids: Collection[UUID]) -> dict[UUID, dict[str, date]]:
    """By skill the last day on which a certificate that is in force today proves it; each tailor has an entry."""
    found: dict[UUID, dict[str, date]] = {tailor_id: {} for tailor_id in tailor_ids}
    for tailor_id, skill, day in await session.execute(_proofs().where(Certificate.tailor_id.in_(tailor_ids))):
        found[tailor_id][skill] = day
    return found


def _proofs() -> Select[UUID, str, date]:
    skill = func.unnest(Certificate.skills).label("skill")
    return (
        select(Certificate.tailor_id, skill, func.max(Certificate.valid_until))
        .where(*_holds_on(_TODAY))
        .group_by(Certificate.tailor_id, skill)
    )


async def count_by_skills(session: AsyncSession, *, among: Select[UUID]) -> Mapping[frozenset[str], int]:
    """How many of them have certificates in force today for exactly these skills. One statement, few rows."""
    proven = _proofs().subquery()
    skills = func.array_agg(aggregate_order_by(proven.c.skill, proven.c.skill)).label("skills")
    holders = select(skills).where(proven.c.tailor_id.in_(among)).group_by(proven.c.tailor_id).subquery()
    rows = await session.execute(select(holders.c.skills, func.count()).group_by(holders.c.skills))
    return {frozenset(held): number for held, number in rows}


class Proof(NamedTuple):
    """The last day on which a certificate that is in force today proves a skill of a tailor."""

    tailor_id: UUID
    skill: str
    until: date


PROOFS = Listing(_proofs().order_by(Certificate.tailor_id, "skill"), Certificate.tailor_id, Proof)


async def in_force(session: AsyncSession, *, tailor_id: UUID, skills: Collection[str], day: date) -> set[str]:
    """Which of the skills no active certificate proves on `day`; empty = all are in force. The last day counts."""
    query = select(func.unnest(Certificate.skills)).where(Certificate.tailor_id == tailor_id, *_holds_on(day))
    return set(skills) - set(await session.scalars(query))
