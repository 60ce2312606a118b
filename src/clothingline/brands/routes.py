"""Brands."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path, Query
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.brands import queries, schemas, service
from clothingline.brands.models import Brand
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.reference import facts
from clothingline.reference.words import FamilyWord

router = api_router()
Ref = Annotated[str, Path(pattern=schemas.REF, description="Id or slug.", examples=["busana-melati"])]
SEES_EVERYTHING = frozenset({Role.FIELD_OFFICER, Role.ADMIN, Role.AUDITOR})


@router.get("/brands", tags=["brands"], name="list")
async def list_brands(
    session: Session,
    asked: Asked,
    family: Annotated[FamilyWord | None, Query(description="Only who makes this family.")] = None,
) -> Listing[schemas.BrandOut]:
    """Brands with their town, families and fee."""
    page = await queries.list_brands(session, family=family, asked=asked)
    return Listing(**page.listing([schemas.BrandOut(**fields) for fields in await _public(session, page.rows)]))


async def _public(session: AsyncSession, rows: Sequence[Brand]) -> list[dict[str, Any]]:
    names = await names_of(session, [row.id for row in rows])
    return [_fields(row, names[row.id]) for row in rows]


def _fields(row: Brand, name: str) -> dict[str, Any]:
    return {
        **{column: getattr(row, column) for column in ("id", "slug", "regency_code", "families")},
        "name": name,
        "town": facts.regencies()[row.regency_code].name,
        "fee": idr(row.fee_idr),
    }


@router.get("/brands/{ref}", tags=["brands"], name="show")
async def show_brand(
    ref: Ref, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.BrandOwn | schemas.BrandOut:
    """One brand; itself and the programme's staff see everything."""
    row = await queries.get_brand(session, ref)
    if row.id in reach.brands or SEES_EVERYTHING & caller.roles:
        return await _own(session, row)
    [fields] = await _public(session, [row])
    return schemas.BrandOut(**fields)


async def _own(session: AsyncSession, row: Brand) -> schemas.BrandOwn:
    [fields] = await _public(session, [row])
    same = (
        "lat_micro",
        "lon_micro",
        "cut_days",
        "finish_days",
        "weekly_pieces",
        "standing_acceptance",
        "nib",
        "pkp_since",
    )
    known = row.kbli_code and row.kbli_edition
    kbli = schemas.KbliOut(code=row.kbli_code or "", edition=row.kbli_edition or "") if known else None
    return schemas.BrandOwn(**fields, **{column: getattr(row, column) for column in same}, kbli=kbli)


@router.patch("/brands/{ref}", tags=["brands"], name="update")
async def update_brand(
    ref: Ref, body: schemas.BrandUpdate, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.BrandOwn:
    """Change profile, fee or capacity. A smaller capacity is refused where more is booked."""
    today = local_date(await business_now(session))
    changes = body.model_dump(exclude_none=True)
    row = await service.update_brand(session, ref=ref, changes=changes, today=today, reach=reach, by=caller.account)
    return await _own(session, row)
