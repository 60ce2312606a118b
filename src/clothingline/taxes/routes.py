"""Tax numbers and declarations of exemption."""

from typing import Annotated

from fastapi import Query

from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.taxes import queries, schemas, service
from clothingline.taxes.models import TaxDeclaration, TaxProfile

router = api_router()


@router.post("/tax-profiles", status_code=201, tags=["tax_profiles"], name="update")
async def update_profile(
    body: schemas.TaxProfileIn, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.TaxProfileOut:
    """Enter your tax number; the newest stands. It is kept encrypted."""
    row = await service.register(
        session,
        organisation_id=body.organisation,
        kind=body.kind,
        taxpayer=body.taxpayer,
        address=body.address,
        reach=reach,
        by=caller.account,
    )
    return _profile_out(row)


def _profile_out(row: TaxProfile) -> schemas.TaxProfileOut:
    shown = {name: getattr(row, name) for name in ("id", "kind", "taxpayer_last4", "updated_at")}
    return schemas.TaxProfileOut.model_validate({**shown, "organisation": row.id})


@router.get("/tax-profiles/{profile_id}", tags=["tax_profiles"], name="show")
async def show_profile(
    profile_id: schemas.TaxProfileId, session: Session, reach: CurrentReach
) -> schemas.TaxProfileOut:
    """One tax profile; of the number only the end."""
    return _profile_out(await queries.get_profile(session, profile_id, reach))


@router.get("/tax-declarations", tags=["tax_declarations"], name="list")
async def list_declarations(
    session: Session,
    reach: CurrentReach,
    asked: Asked,
    state: Annotated[schemas.State | None, Query(description="Only these.")] = None,
) -> Listing[schemas.TaxDeclarationOut]:
    """Your declarations of exemption; for staff those of everybody."""
    page = await queries.list_declarations(session, reach=reach, state=state, asked=asked)
    return Listing(**page.listing([_declaration_out(row) for row in page.rows]))


def _declaration_out(row: TaxDeclaration) -> schemas.TaxDeclarationOut:
    names = ("id", "kind", "valid_from", "valid_until", "evidence", "state", "reason")
    shown = {name: getattr(row, name) for name in names}
    return schemas.TaxDeclarationOut.model_validate({**shown, "organisation": row.organisation_id})


@router.post("/tax-declarations", status_code=201, tags=["tax_declarations"], name="create")
async def give_declaration(
    body: schemas.TaxDeclarationIn, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.TaxDeclarationOut:
    """Declare why nothing is to be withheld from you; an officer looks at it."""
    row = await service.give_declaration(
        session,
        organisation_id=body.organisation,
        kind=body.kind,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        evidence=body.evidence,
        reach=reach,
        by=caller.person,
    )
    return _declaration_out(row)


@router.post(
    "/tax-declarations/{declaration_id}/confirmation", status_code=201, tags=["tax_declarations"], name="confirm"
)
async def confirm_declaration(
    declaration_id: schemas.TaxDeclarationId, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.TaxDeclarationOut:
    """You have seen the letter, and it is not your own."""
    row = await service.confirm_declaration(session, declaration_id=declaration_id, reach=reach, by=caller.person)
    return _declaration_out(row)


@router.post("/tax-declarations/{declaration_id}/refusal", status_code=201, tags=["tax_declarations"], name="refuse")
async def refuse_declaration(
    declaration_id: schemas.TaxDeclarationId,
    body: schemas.TaxRefusal,
    session: Session,
    reach: CurrentReach,
    caller: CurrentCaller,
) -> schemas.TaxDeclarationOut:
    """The declaration does not hold; the seller reads why."""
    row = await service.refuse_declaration(
        session, declaration_id=declaration_id, reason=body.reason, reach=reach, by=caller.person
    )
    return _declaration_out(row)
