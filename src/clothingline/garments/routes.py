"""Garment types, size charts and designs."""

from typing import Annotated

from fastapi import Depends

from clothingline.garments import queries, schemas, service
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.reference import facts

router = api_router()


@router.get("/garment-types", tags=["garment_types"], name="list")
async def list_garment_types() -> Listing[schemas.GarmentTypeOut]:
    """Every kind of garment, on one page, with the skills, machines and measures that it needs."""
    kinds = [schemas.GarmentTypeOut.of(kind) for kind in facts.garment_types().values()]
    return Listing(data=kinds, has_more=False, next_cursor=None)


@router.get("/size-charts", tags=["size_charts"], name="list")
async def list_size_charts(
    session: Session, asked: Asked, brand: schemas.BrandRef = None
) -> Listing[schemas.SizeChartOut]:
    """Charts of sizes; each belongs to a brand, or is an example with its source."""
    page = await queries.list_size_charts(session, brand=brand, asked=asked)
    return Listing(**page.listing([schemas.SizeChartOut.of(chart) for chart in page.rows]))


@router.get("/designs", tags=["designs"], name="list")
async def list_designs(
    session: Session, reach: CurrentReach, asked: Asked, wanted: Annotated[schemas.DesignFilter, Depends()]
) -> Listing[schemas.DesignOut]:
    """The catalogue; a brand also sees its own drafts and withdrawn designs."""
    page = await queries.list_designs(
        session, reach, garment_type=wanted.garment_type, brand=wanted.brand, text=wanted.text, asked=asked
    )
    return Listing(**page.listing([schemas.DesignOut.of(design) for design in page.rows]))


@router.get("/designs/{design_ref}", tags=["designs"], name="show")
async def show_design(design_ref: schemas.DesignRef, session: Session, reach: CurrentReach) -> schemas.DesignOut:
    """One design with its options."""
    return schemas.DesignOut.of(await queries.get_design(session, design_ref, reach))


@router.post("/designs", status_code=201, tags=["designs"], name="create")
async def create_design(
    body: schemas.DesignCreate, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.DesignOut:
    """Write a design down; nobody can order it before it is published."""
    brand_id = service.acting_brand(body.brand, reach)
    design = await service.draft_design(session, brand_id=brand_id, draft=_draft(body), by=caller.account)
    return schemas.DesignOut.of(design)


def _draft(body: schemas.DesignCreate) -> service.Draft:
    return service.Draft(
        name=body.name,
        garment_type=body.garment_type,
        description=body.description,
        slug=body.slug,
        cloth_class=body.cloth_class,
        cloth_width_cm=body.cloth_width_cm,
        cloth_cm=body.cloth_cm,
        standard_seconds=body.standard_seconds,
        colours=body.colours,
        options=body.options,
        size_chart_id=body.size_chart,
        made_to_measure=body.made_to_measure,
        open_to_brands=body.open_to_brands,
    )


@router.post("/designs/{design_id}/publication", status_code=201, tags=["designs"], name="publish")
async def publish_design(
    design_id: schemas.DesignId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.DesignOut:
    """Open the design for orders; it needs a size chart or body measures."""
    design = await service.publish_design(session, design_id=design_id, reach=reach, by=caller.account)
    return schemas.DesignOut.of(design)


@router.delete("/designs/{design_id}/publication", tags=["designs"], name="withdraw")
async def withdraw_design(
    design_id: schemas.DesignId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.DesignOut:
    """Take the design out of the catalogue; what is ordered stays ordered."""
    design = await service.withdraw_design(session, design_id=design_id, reach=reach, by=caller.account)
    return schemas.DesignOut.of(design)
