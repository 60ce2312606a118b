"""Suppliers."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.reference import facts
from clothingline.suppliers import queries, schemas, service
from clothingline.suppliers.models import Supplier

router = api_router()
Ref = Annotated[str, Path(pattern=schemas.REF, description="Id or slug.", examples=["toko-kain-sejahtera"])]
SEES_EVERYTHING = frozenset({Role.FIELD_OFFICER, Role.ADMIN, Role.AUDITOR})


@router.get("/suppliers", tags=["suppliers"], name="list")
async def list_suppliers(session: Session, asked: Asked) -> Listing[schemas.SupplierOut]:
    """Suppliers of cloth with their town."""
    page = await queries.list_suppliers(session, asked=asked)
    return Listing(**page.listing([schemas.SupplierOut(**fields) for fields in await _public(session, page.rows)]))


async def _public(session: AsyncSession, rows: Sequence[Supplier]) -> list[dict[str, Any]]:
    names = await names_of(session, [row.id for row in rows])
    return [_fields(row, names[row.id]) for row in rows]


def _fields(row: Supplier, name: str) -> dict[str, Any]:
    return {
        **{column: getattr(row, column) for column in ("id", "slug", "regency_code")},
        "name": name,
        "town": facts.regencies()[row.regency_code].name,
    }


@router.get("/suppliers/{ref}", tags=["suppliers"], name="show")
async def show_supplier(
    ref: Ref, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.SupplierOwn | schemas.SupplierOut:
    """One supplier; itself and the programme's staff see everything."""
    row = await queries.get_supplier(session, ref)
    if row.id in reach.suppliers or SEES_EVERYTHING & caller.roles:
        return await _own(session, row)
    [fields] = await _public(session, [row])
    return schemas.SupplierOut(**fields)


async def _own(session: AsyncSession, row: Supplier) -> schemas.SupplierOwn:
    [fields] = await _public(session, [row])
    same = ("lat_micro", "lon_micro", "nib", "standing_acceptance")
    return schemas.SupplierOwn(**fields, **{column: getattr(row, column) for column in same})


@router.patch("/suppliers/{ref}", tags=["suppliers"], name="update")
async def update_supplier(
    ref: Ref, body: schemas.SupplierUpdate, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.SupplierOwn:
    """Change your profile."""
    changes = body.model_dump(exclude_none=True)
    row = await service.update_supplier(session, ref=ref, changes=changes, reach=reach, by=caller.account)
    return await _own(session, row)
