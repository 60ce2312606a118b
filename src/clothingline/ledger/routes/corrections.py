"""Corrections by two people."""

from typing import Annotated

from fastapi import Query

from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.ledger import queries, schemas, service
from clothingline.ledger.models import Correction
from clothingline.ledger.routes.street import router

InState = Annotated[schemas.State | None, Query(description="Only these.")]


@router.get("/corrections", tags=["corrections"], name="list")
async def list_corrections(session: Session, asked: Asked, state: InState = None) -> Listing[schemas.CorrectionOut]:
    """Corrections of the ledger, newest first."""
    page = await queries.list_corrections(session, state=state, asked=asked)
    return Listing(**page.listing([_correction_out(row) for row in page.rows]))


def _correction_out(row: Correction) -> schemas.CorrectionOut:
    names = ("id", "reason", "state", "proposed_by", "approved_by", "created_at")
    lines = [{"account": one["account"], "amount": idr(one["amount"])} for one in row.lines]
    return schemas.CorrectionOut.model_validate({name: getattr(row, name) for name in names} | {"lines": lines})


@router.post("/corrections", status_code=201, tags=["corrections"], name="create")
async def propose_correction(
    body: schemas.CorrectionIn, session: Session, caller: CurrentCaller
) -> schemas.CorrectionOut:
    """Ask for a transaction that follows from nothing in the trade. Another administrator must approve it."""
    lines = [(one.account, one.amount.amount if one.side == "debit" else -one.amount.amount) for one in body.lines]
    row = await service.propose_correction(session, lines=lines, reason=body.reason, by=caller.person)
    return _correction_out(row)


@router.post("/corrections/{correction_id}/approval", status_code=201, tags=["corrections"], name="approve")
async def approve_correction(
    correction_id: schemas.CorrectionId, session: Session, caller: CurrentCaller
) -> schemas.CorrectionOut:
    """Book what another administrator has asked for."""
    row = await service.approve_correction(session, correction_id=correction_id, by=caller.person)
    return _correction_out(row)


@router.post("/corrections/{correction_id}/rejection", status_code=201, tags=["corrections"], name="reject")
async def reject_correction(
    correction_id: schemas.CorrectionId, session: Session, caller: CurrentCaller
) -> schemas.CorrectionOut:
    """It is not booked. You may withdraw your own in this way."""
    row = await service.reject_correction(session, correction_id=correction_id, by=caller.person)
    return _correction_out(row)
