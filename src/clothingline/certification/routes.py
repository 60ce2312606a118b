"""Certificates of competence."""

from datetime import date
from typing import Annotated

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification import queries, schemas, service
from clothingline.certification.models import Certificate
from clothingline.certification.number import warnings
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.reference import facts

router = api_router()


@router.get("/certificates", tags=["certificates"], name="list")
async def list_certificates(
    session: Session,
    reach: CurrentReach,
    asked: Asked,
    state: Annotated[schemas.StoredState | None, Query(description="Only these.")] = None,
    tailor: Annotated[schemas.TailorId | None, Query(description="Only of this workshop.")] = None,
) -> Listing[schemas.CertificateOut]:
    """Your certificates; for staff those of everybody."""
    page = await queries.list_certificates(session, reach=reach, state=state, tailor_id=tailor, asked=asked)
    today = await _today(session)
    return Listing(**page.listing([_certificate_out(row, today, reach) for row in page.rows]))


async def _today(session: AsyncSession) -> date:
    return local_date(await business_now(session))


def _certificate_out(row: Certificate, today: date, reach: Reach) -> schemas.CertificateOut:
    return schemas.CertificateOut.model_validate(
        {
            **{name: getattr(row, name) for name in _SAME},
            "tailor": row.tailor_id,
            "scheme": row.scheme_id,
            "scheme_title": facts.skkni_schemes()[row.scheme_id].title_id,
            "state": row.standing(today),
            "warnings": warnings(row),
            "evidence": row.evidence if reach.everything else None,
        }
    )


_SAME = ("id", "number", "holder", "lsp", "skills", "issued_on", "valid_until", "verified_at", "reason")


@router.get("/certificates/{certificate_id}", tags=["certificates"], name="show")
async def show_certificate(
    certificate_id: schemas.CertificateId, session: Session, reach: CurrentReach
) -> schemas.CertificateOut:
    """One certificate."""
    row = await queries.get_certificate(session, certificate_id, reach)
    return _certificate_out(row, await _today(session), reach)


@router.post("/certificates", status_code=201, tags=["certificates"], name="claim")
async def claim_certificate(
    body: schemas.CertificateClaim, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.CertificateOut:
    """Enter a certificate of yours; a person verifies it within two working days."""
    today = await _today(session)
    row = await service.claim_certificate(
        session,
        tailor_id=body.tailor,
        scheme_id=body.scheme,
        number=body.number,
        holder=body.holder,
        lsp=body.lsp,
        skills=body.skills,
        issued_on=body.issued_on,
        valid_until=body.valid_until,
        today=today,
        reach=reach,
        by=caller.account,
    )
    return _certificate_out(row, today, reach)


@router.post("/certificates/{certificate_id}/verification", status_code=201, tags=["certificates"], name="verify")
async def verify_certificate(
    certificate_id: schemas.CertificateId,
    body: schemas.Verification,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.CertificateOut:
    """Say that you found the certificate in the register, and where."""
    today = await _today(session)
    row = await service.verify_certificate(
        session, certificate_id=certificate_id, evidence=body.evidence, today=today, reach=reach, by=caller.account
    )
    return _certificate_out(row, today, reach)


@router.post("/certificates/{certificate_id}/refusal", status_code=201, tags=["certificates"], name="refuse")
async def refuse_certificate(
    certificate_id: schemas.CertificateId,
    body: schemas.Decision,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.CertificateOut:
    """Refuse a claim, with a reason that the tailor reads."""
    row = await service.refuse_certificate(
        session, certificate_id=certificate_id, reason=body.reason, reach=reach, by=caller.account
    )
    return _certificate_out(row, await _today(session), reach)


@router.post("/certificates/{certificate_id}/revocation", status_code=201, tags=["certificates"], name="revoke")
async def revoke_certificate(
    certificate_id: schemas.CertificateId,
    body: schemas.Decision,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.CertificateOut:
    """End an active certificate before its day."""
    row = await service.revoke_certificate(
        session, certificate_id=certificate_id, reason=body.reason, reach=reach, by=caller.account
    )
    return _certificate_out(row, await _today(session), reach)
