"""Rows of certificates in photos."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification.errors import ShownNotFound
from clothingline.certification.models import CertificatePhoto, ShownCertificate
from clothingline.kit.access import Reach


async def get_shown(session: AsyncSession, shown_id: UUID, reach: Reach) -> ShownCertificate:
    """A certificate in photos within reach, read afresh. Raises `ShownNotFound`."""
    query = select(ShownCertificate).where(ShownCertificate.id == shown_id, _within(reach))
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ShownNotFound
    return found


def _within(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else ShownCertificate.tailor_id.in_(reach.tailors)


async def list_shown(
    session: AsyncSession, *, reach: Reach, states: Collection[str], limit: int = 100
) -> list[ShownCertificate]:
    """Certificates in photos within reach, the longest waiting first."""
    query = select(ShownCertificate).where(ShownCertificate.state.in_(states), _within(reach))
    return list(await session.scalars(query.order_by(ShownCertificate.state_at, ShownCertificate.id).limit(limit)))


async def photos_of(session: AsyncSession, shown_ids: Collection[UUID]) -> dict[UUID, dict[str, CertificatePhoto]]:
    """The newest photo of each side. One statement."""
    query = select(CertificatePhoto).where(CertificatePhoto.shown_id.in_(shown_ids)).order_by(CertificatePhoto.id)
    found: dict[UUID, dict[str, CertificatePhoto]] = {one: {} for one in shown_ids}
    for photo in await session.scalars(query):
        found[photo.shown_id][photo.side] = photo
    return found


async def get_photo(session: AsyncSession, photo_id: UUID, reach: Reach) -> CertificatePhoto:
    """A photo of a certificate within reach. Raises `ShownNotFound`."""
    query = select(CertificatePhoto).join(ShownCertificate, ShownCertificate.id == CertificatePhoto.shown_id)
    found = await session.scalar(query.where(CertificatePhoto.id == photo_id, _within(reach)))
    if found is None:
        raise ShownNotFound
    return found


async def photos_of_claim(session: AsyncSession, certificate_id: UUID) -> dict[str, CertificatePhoto]:
    """The photos from which a claim was read, by side; none of one that the tailor typed."""
    of_claim = select(ShownCertificate.id).where(ShownCertificate.certificate_id == certificate_id)
    found = await session.scalar(of_claim)
    return {} if found is None else (await photos_of(session, [found]))[found]
