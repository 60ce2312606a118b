"""The first page, the catalogue, the page of a design and that of a brand."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.brands import queries as brands
from clothingline.garments import queries as garments
from clothingline.garments.models import Design
from clothingline.kit.access import Caller, Reach
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import Session, look_think
from clothingline.materials import queries as materials
from clothingline.reference import facts
from clothingline.settings import settings
from clothingline.shop import estimates, opinions, places, showcase
from clothingline.shop.pages.asking import measure_name
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show

pages = page_router()
Slug = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
WORD = r"^[a-z_ ]{1,40}$"


@dataclass(frozen=True)
class Narrowing:
    """The filters in the address; words that mean nothing narrow nothing."""

    jenis: Annotated[str | None, Query(pattern=WORD)] = None
    kain: Annotated[str | None, Query(pattern=WORD)] = None
    kota: Annotated[str | None, Query(pattern=r"^\d{2}\.\d{2}$")] = None
    untuk: Annotated[str | None, Query(pattern=WORD)] = None
    harga: Annotated[str | None, Query(pattern=r"^\w{1,10}$")] = None
    jadi: Annotated[str | None, Query(pattern=r"^\d{1,3}$")] = None
    urut: Annotated[str | None, Query(pattern=WORD)] = None

    @property
    def wanted(self) -> showcase.Wanted:
        """As the showcase has it."""
        return showcase.Wanted(**vars(self))


@pages.get("/")
@public
async def home(session: Session, show: Show) -> Response:
    """What this is, and where to begin."""
    return show("shop/beranda.html", counts=await showcase.counts(session))


async def _look_at_all(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    rows = await garments.list_on_show(session)
    today = local_date(await business_now(session))
    return await estimates.look(session, [design for design, _ in rows], today=today)


@pages.get("/katalog")
@public
@look_think(_look_at_all, estimates.think)
async def catalogue(session: Session, show: Show, asked: Annotated[Narrowing, Depends()]) -> Response:
    """Every design that can be ordered; filters are links."""
    rows, wanted = await showcase.shown(session), asked.wanted
    found = await showcase.cards(session, rows, wanted)
    narrowed = showcase.filters(rows, wanted)
    return show("shop/katalog.html", **showcase.as_values(found, narrowed, wanted), wanted=wanted)


async def _look_at_one(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    design = await garments.get_design(session, request.path_params["slug"], Reach())
    return await estimates.look_both(session, design, today=local_date(await business_now(session)))


@pages.get("/desain/{slug}")
@public
@look_think(_look_at_one, estimates.think)
async def show_design(slug: Slug, session: Session, show: Show) -> Response:
    """A design, what can be chosen in it, and who can make it. Raises `DesignNotFound`."""
    design = await garments.get_design(session, slug, Reach())
    _, chart = await garments.get_with_chart(session, design.id)
    return show(
        "shop/desain.html", design=design, chart=chart, measure_name=measure_name, **await _around(session, design)
    )


async def _around(session: AsyncSession, design: Design) -> dict[str, Any]:
    brand = await brands.get_brand(session, design.brand_id)
    cloth = await materials.cloth_by_colour(session, design.cloth_class)
    return {
        "brand": brand,
        "brand_name": (await names_of(session, [brand.id]))[brand.id],
        "town": places.name_of(brand.regency_code),
        "report_days": settings().orders.acceptance_days,
        "cloth": cloth,
        "kind": facts.garment_types()[design.garment_type],
        "estimate": estimates.known([design]).get(design.id),
        "measured": estimates.known_measured(design),
        "makers": (await showcase.makers_of(session, [design]))[design.id],
        **await opinions.of_design(session, design.id),
    }


@pages.get("/ikm/{slug}")
@public
async def show_brand(slug: Slug, session: Session, show: Show) -> Response:
    """A brand and its designs. Raises `BrandNotFound`."""
    brand = await brands.get_brand(session, slug)
    rows = await showcase.shown(session, brand=brand.slug)
    found = await showcase.cards(session, rows, showcase.Wanted())
    name = (await names_of(session, [brand.id]))[brand.id]
    said = await opinions.of_brand(session, brand.id, name)
    return show("shop/ikm.html", brand=brand, name=name, town=places.name_of(brand.regency_code), cards=found, **said)
