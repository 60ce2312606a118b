"""A certificate in photos: shown by a tailor, read by an officer, shown again where it cannot be read."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification.errors import ShownNotWaiting
from clothingline.certification.events import CertificateShown, ShownCertificateAnswered
from clothingline.certification.models import SHOWN, CertificatePhoto, ShownCertificate
from clothingline.certification.photos import Kept
from clothingline.certification.service.claiming import add_claim, own_workshop
from clothingline.certification.shown_queries import get_shown
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.kit.states import move


async def show_certificate(
    session: AsyncSession,
    *,
    tailor_id: UUID | None,
    photos: Mapping[str, Kept],
    number: str | None,
    reach: Reach,
    by: UUID,
    again: UUID | None = None,
) -> ShownCertificate:
    """Photos by side, for an officer to read within two working days; `again`: instead of ones that were not clear.

    Raises `WorkshopNotFound`, `ShownNotFound` or `ShownNotWaiting`.
    """
    workshop = own_workshop(tailor_id, reach)
    row = await (
        _new(session, workshop, number, by) if again is None else _once_more(session, again, number, reach, by)
    )
    session.add_all(CertificatePhoto(shown_id=row.id, side=side, by=by, **vars(kept)) for side, kept in photos.items())
    await session.flush()
    await emit(session, CertificateShown(row.id, row.tailor_id), by=by, audience=[row.tailor_id])
    return row


async def _new(session: AsyncSession, tailor_id: UUID, number: str | None, by: UUID) -> ShownCertificate:
    row = ShownCertificate(tailor_id=tailor_id, number=number, state="waiting", state_by=by)
    session.add(row)
    await session.flush()
    return row


async def _once_more(
    session: AsyncSession, shown_id: UUID, number: str | None, reach: Reach, by: UUID
) -> ShownCertificate:
    asked = await get_shown(session, shown_id, reach)
    return await _move(session, "show_again", asked, by, reason=None, number=number or asked.number)


async def ask_for_photo(
    session: AsyncSession, *, shown_id: UUID, reason: str, reach: Reach, by: UUID
) -> ShownCertificate:
    """It cannot be read; the tailor sees why. Raises `ShownNotWaiting`."""
    asked = await get_shown(session, shown_id, reach)
    return await _answer(session, "ask_again", asked, by, reason=reason)


async def refuse_shown(
    session: AsyncSession, *, shown_id: UUID, reason: str, reach: Reach, by: UUID
) -> ShownCertificate:
    """It is no certificate that counts here; the tailor sees why. Raises `ShownNotWaiting`."""
    asked = await get_shown(session, shown_id, reach)
    return await _answer(session, "refuse", asked, by, reason=reason)


async def read_shown(
    session: AsyncSession, *, shown_id: UUID, reading: Mapping[str, Any], today: date, reach: Reach, by: UUID
) -> ShownCertificate:
    """What an officer reads in the photos becomes a claim of that workshop, to be verified like any other.

    `reading`: columns of a certificate. Raises `ShownNotWaiting`, `NumberTaken` or `Invalid` for impossible dates.
    """
    asked = await get_shown(session, shown_id, reach)
    if asked.state != "waiting":
        raise ShownNotWaiting(state=asked.state)
    claim = await add_claim(session, tailor_id=asked.tailor_id, values=reading, today=today, by=by)
    return await _answer(session, "read", asked, by, certificate_id=claim.id)


async def _answer(
    session: AsyncSession, event: str, asked: ShownCertificate, by: UUID, **values: Any
) -> ShownCertificate:
    moved = await _move(session, event, asked, by, **values)
    await emit(session, ShownCertificateAnswered(asked.id, asked.tailor_id), by=by, audience=[asked.tailor_id])
    return moved


async def _move(
    session: AsyncSession, event: str, asked: ShownCertificate, by: UUID, **values: Any
) -> ShownCertificate:
    moved = await move(session, SHOWN, ShownCertificate, event, ShownCertificate.id == asked.id, by=by, **values)
    if not moved:
        raise ShownNotWaiting(state=asked.state)
    return moved[0]
