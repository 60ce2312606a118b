"""Rows of sentra and counts of their members."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.sentra.errors import SentraNotFound
from clothingline.sentra.models import Sentra, SentraMember


async def get_sentra(session: AsyncSession, ref: str | UUID) -> Sentra:
    """One sentra by id, TypeID or slug; sentra are public. Raises `SentraNotFound`."""
    found = await session.scalar(select(Sentra).where(_called(ref)))
    if found is None:
        raise SentraNotFound
    return found


def _called(ref: str | UUID) -> ColumnElement[bool]:
    if isinstance(ref, UUID):
        return Sentra.id == ref
    try:
        return Sentra.id == read("sen", ref)
    except ValueError:
        return Sentra.slug == ref


async def list_sentra(session: AsyncSession, *, asked: Window) -> Page[Sentra]:
    """All sentra, newest first."""
    return await take(session, select(Sentra), key=Sentra.id, asked=asked)


async def list_slugs(session: AsyncSession) -> Collection[str]:
    """Slugs of all sentra."""
    return (await session.scalars(select(Sentra.slug))).all()


async def members_by_kind(session: AsyncSession, sentra_ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """How many brands, suppliers and workshops belong to each sentra; kinds without a member are missing."""
    query = (
        select(SentraMember.sentra_id, Organisation.kind, func.count())
        .join(Organisation, Organisation.id == SentraMember.organisation_id)
        .where(SentraMember.sentra_id.in_(sentra_ids))
        .group_by(SentraMember.sentra_id, Organisation.kind)
    )
    found: dict[UUID, dict[str, int]] = {sentra_id: {} for sentra_id in sentra_ids}
    for sentra_id, kind, count in await session.execute(query):
        found[sentra_id][kind] = count
    return found
