"""Reconciliations and differences, for officers."""

from typing import Annotated

from fastapi import Query

from clothingline.kit.http.amounts import MoneyOut, idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, Session, api_router
from clothingline.reconciliation import queries, schemas, service
from clothingline.reconciliation.errors import ReconciliationRunning
from clothingline.reconciliation.models import CODES, DIFFERENCE, Difference, Reconciliation

router = api_router()
State = Annotated[str | None, Query(pattern=f"^({'|'.join(DIFFERENCE.states)})$", description="Only in this state.")]
Code = Annotated[str | None, Query(pattern=f"^({'|'.join(CODES)})$", description="Only of this code.")]


@router.post("/reconciliations", status_code=201, tags=["reconciliations"], name="create")
async def begin_reconciliation(session: Session, caller: CurrentCaller) -> schemas.ReconciliationOut:
    """Compare now what the provider says has moved with what is booked; look at the run until it is done."""
    run = await service.begin(session, by=caller.account)
    if run is None:
        raise ReconciliationRunning
    return _run_out(run)


@router.get("/reconciliations", tags=["reconciliations"], name="list")
async def list_reconciliations(session: Session, asked: Asked) -> Listing[schemas.ReconciliationOut]:
    """Comparisons, newest first."""
    page = await queries.list_reconciliations(session, asked=asked)
    return Listing(**page.listing([_run_out(row) for row in page.rows]))


@router.get("/reconciliations/{run_id}", tags=["reconciliations"], name="show")
async def show_reconciliation(run_id: schemas.RunId, session: Session) -> schemas.ReconciliationOut:
    """One comparison, and how far it is."""
    return _run_out(await queries.get_reconciliation(session, run_id))


def _run_out(row: Reconciliation) -> schemas.ReconciliationOut:
    names = ("id", "state", "since", "until", "seen", "found", "created_at")
    said = {name: getattr(row, name) for name in names}
    return schemas.ReconciliationOut(**said, pages=row.page, balance=_money(row.balance_idr))


@router.get("/differences", tags=["differences"], name="list")
async def list_differences(
    session: Session, asked: Asked, state: State = None, code: Code = None
) -> Listing[schemas.DifferenceOut]:
    """What differs, newest first."""
    page = await queries.list_differences(session, state=state, code=code, asked=asked)
    return Listing(**page.listing([_difference_out(row) for row in page.rows]))


@router.post("/differences/{difference_id}/resolution", status_code=201, tags=["differences"], name="resolve")
async def resolve_difference(
    difference_id: schemas.DifferenceId, body: schemas.ResolutionIn, session: Session, caller: CurrentCaller
) -> schemas.DifferenceOut:
    """Say what a difference is; it is resolved when two different people have said the same."""
    row = await service.resolve(
        session, difference_id=difference_id, resolution=body.resolution, reason=body.reason, by=caller.person
    )
    return _difference_out(row)


def _difference_out(row: Difference) -> schemas.DifferenceOut:
    names = ("id", "code", "object_type", "object", "state", "resolution", "reason", "resolved_by", "second_by")
    said = {name: getattr(row, name) for name in names}
    amounts = {"ours": _money(row.ours_idr), "theirs": _money(row.theirs_idr)}
    return schemas.DifferenceOut.model_validate({**said, **amounts, "found_at": row.created_at})


def _money(amount: int | None) -> MoneyOut | None:
    return None if amount is None else idr(amount)
