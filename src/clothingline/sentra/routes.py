"""Sentra."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Path
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import Session, api_router
from clothingline.reference import facts
from clothingline.sentra import queries, schemas
from clothingline.sentra.models import Sentra

router = api_router()
Ref = Annotated[str, Path(pattern=schemas.REF, description="Id or slug.", examples=["seri-kuala-lobam"])]
_SAME = (
    "id",
    "slug",
    "regency_code",
    "products",
    "facilities",
    "opened_on",
    "ikm_count",
    "artisan_count",
    "machine_count_min",
    "in_ftz",
    "source",
)


@router.get("/sentra", tags=["sentra"], name="list")
async def list_sentra(session: Session, asked: Asked) -> Listing[schemas.SentraOut]:
    """Clusters of small industry."""
    page = await queries.list_sentra(session, asked=asked)
    return Listing(**page.listing(await _out(session, page.rows)))


async def _out(session: AsyncSession, rows: Sequence[Sentra]) -> list[schemas.SentraOut]:
    ids = [row.id for row in rows]
    names, members = await names_of(session, ids), await queries.members_by_kind(session, ids)
    return [
        schemas.SentraOut(
            **{column: getattr(row, column) for column in _SAME},
            name=names[row.id],
            town=facts.regencies()[row.regency_code].name,
            members=members[row.id],
        )
        for row in rows
    ]


@router.get("/sentra/{ref}", tags=["sentra"], name="show")
async def show_sentra(ref: Ref, session: Session) -> schemas.SentraOut:
    """One cluster."""
    [out] = await _out(session, [await queries.get_sentra(session, ref)])
    return out
