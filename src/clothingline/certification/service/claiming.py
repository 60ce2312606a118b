"""Claiming a certificate, and what a person decides about it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification import queries
from clothingline.certification.errors import (
    CertificateNotActive,
    CertificateNotWaiting,
    CertificateOver,
    LongerCertificateActive,
    NumberTaken,
    WorkshopNotFound,
)
from clothingline.certification.events import (
    CertificateClaimed,
    CertificateRefused,
    CertificateRevoked,
    CertificateSuperseded,
    CertificateVerified,
)
from clothingline.certification.models import CERTIFICATE, Certificate
from clothingline.kit.access import Reach, meant
from clothingline.kit.clock import business_time
from clothingline.kit.errors import Conflict, Invalid
from clothingline.kit.events import Happening, emit
from clothingline.kit.states import move


async def claim_certificate(
    session: AsyncSession,
    *,
    tailor_id: UUID | None,
    scheme_id: str,
    number: str,
    holder: str,
    lsp: str,
    skills: Sequence[str],
    issued_on: date,
    valid_until: date,
    today: date,
    reach: Reach,
    by: UUID | None = None,
) -> Certificate:
    """A certificate that waits for verification. Without `tailor_id` it is for the caller's only workshop.

    Raises `WorkshopNotFound`, `NumberTaken` and `Invalid` for dates that cannot be.
    """
    workshop = own_workshop(tailor_id, reach)
    values = {
        "scheme_id": scheme_id,
        "number": number,
        "holder": holder,
        "lsp": lsp,
        "skills": skills,
        "issued_on": issued_on,
        "valid_until": valid_until,
    }
    return await add_claim(session, tailor_id=workshop, values=values, today=today, by=by)


async def add_claim(
    session: AsyncSession, *, tailor_id: UUID, values: Mapping[str, Any], today: date, by: UUID | None
) -> Certificate:
    """A claim of a workshop by its columns, whoever wrote them down. Raises `NumberTaken` or `Invalid`."""
    _check_dates(values["issued_on"], values["valid_until"], today)
    row = await _add(session, {**values, "tailor_id": tailor_id, "skills": sorted(set(values["skills"]))}, by)
    await emit(session, CertificateClaimed(row.id, tailor_id), by=by, audience=[tailor_id])
    return row


def own_workshop(tailor_id: UUID | None, reach: Reach) -> UUID:
    """The workshop that is meant, of the caller's; None is the only one. Raises `WorkshopNotFound`."""
    workshop = meant(tailor_id, reach.tailors)
    if workshop is None:
        raise WorkshopNotFound
    return workshop


def _check_dates(issued_on: date, valid_until: date, today: date) -> None:
    if issued_on > today:
        raise Invalid("/issued_on", "Tanggal terbit belum tiba", "The day of issue lies in the future")
    if valid_until <= issued_on:
        raise Invalid("/valid_until", "Harus sesudah tanggal terbit", "This must come after the day of issue")
    if valid_until < today:
        raise Invalid("/valid_until", "Masa berlaku sudah lewat; perbarui dulu", "It has ended; renew it first")


async def _add(session: AsyncSession, values: dict[str, Any], by: UUID | None) -> Certificate:
    statement = insert(Certificate).values(state="uploaded", state_by=by, **values)
    row: Certificate | None = await session.scalar(statement.on_conflict_do_nothing().returning(Certificate))
    if row is None:
        raise NumberTaken(number=values["number"])
    return row


async def verify_certificate(
    session: AsyncSession, *, certificate_id: UUID, evidence: str, today: date, reach: Reach, by: UUID | None
) -> Certificate:
    """A person has found the certificate in the register; an older one of the same scheme is superseded.

    Raises `CertificateNotWaiting`, `CertificateOver` or `LongerCertificateActive`.
    """
    asked = await queries.get_certificate(session, certificate_id, reach)
    rivals = await queries.list_of_scheme_for_update(session, tailor_id=asked.tailor_id, scheme_id=asked.scheme_id)
    if asked.valid_until < today:
        raise CertificateOver(valid_until=asked.valid_until)
    if asked.state in CERTIFICATE.transition("verify").source:
        await _supersede(session, [one for one in rivals if one.state == "active"], asked, by)
    return await _decide(
        session, "verify", asked, CertificateVerified, by, verified_at=business_time(), evidence=evidence
    )


async def _supersede(
    session: AsyncSession, active: Sequence[Certificate], by_one: Certificate, by: UUID | None
) -> None:
    for one in active:
        if one.valid_until >= by_one.valid_until:
            raise LongerCertificateActive(valid_until=one.valid_until)
        await _decide(session, "renew", one, CertificateSuperseded, by)


async def _decide(
    session: AsyncSession,
    event: str,
    asked: Certificate,
    happening: Callable[[UUID, UUID], Happening],
    by: UUID | None,
    **values: Any,
) -> Certificate:
    moved = await move(session, CERTIFICATE, Certificate, event, Certificate.id == asked.id, by=by, **values)
    if not moved:
        raise await _not_possible(session, event, asked)
    await emit(session, happening(asked.id, asked.tailor_id), by=by, audience=[asked.tailor_id])
    return moved[0]


async def _not_possible(session: AsyncSession, event: str, asked: Certificate) -> Conflict:
    row = await queries.get_certificate(session, asked.id, Reach(everything=True))
    kind = CertificateNotActive if event in {"revoke", "renew"} else CertificateNotWaiting
    return kind(state=row.state)


async def refuse_certificate(
    session: AsyncSession, *, certificate_id: UUID, reason: str, reach: Reach, by: UUID | None
) -> Certificate:
    """The claim does not hold. Raises `CertificateNotWaiting`."""
    asked = await queries.get_certificate(session, certificate_id, reach)
    return await _decide(session, "refuse", asked, CertificateRefused, by, reason=reason)


async def revoke_certificate(
    session: AsyncSession, *, certificate_id: UUID, reason: str, reach: Reach, by: UUID | None
) -> Certificate:
    """An active certificate ends at once. Raises `CertificateNotActive`."""
    asked = await queries.get_certificate(session, certificate_id, reach)
    return await _decide(session, "revoke", asked, CertificateRevoked, by, reason=reason)
