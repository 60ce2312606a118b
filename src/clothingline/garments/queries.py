"""Rows of designs and size charts."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.models import Brand
from clothingline.garments.errors import DesignNotFound
from clothingline.garments.models import Design, SizeChart
from clothingline.kit import ids
from clothingline.kit.access import Reach
from clothingline.kit.db import Prebuilt, Sent, Trip
from clothingline.kit.page import Page, Window, take


async def list_size_charts(session: AsyncSession, *, brand: str | None, asked: Window) -> Page[SizeChart]:
    """Charts of sizes, newest first; those of one brand by its id or slug."""
    query = select(SizeChart)
    if brand is not None:
        query = query.where(SizeChart.brand_id.in_(_brands(brand)))
    return await take(session, query, key=SizeChart.id, asked=asked)


def _brands(ref: str) -> Select[UUID]:
    return select(Brand.id).where(or_(Brand.id == _id_of("brd", ref), Brand.slug == ref))


def _id_of(prefix: str, ref: str) -> UUID | None:
    try:
        return ids.read(prefix, ref)
    except ValueError:
        return None


async def find_usable_chart(session: AsyncSession, size_chart_id: UUID, brand_id: UUID) -> SizeChart | None:
    """A chart of the brand's own, or one of nobody's."""
    usable = or_(SizeChart.brand_id == brand_id, SizeChart.brand_id.is_(None))
    return await session.scalar(select(SizeChart).where(SizeChart.id == size_chart_id, usable))


async def list_designs(
    session: AsyncSession, reach: Reach, *, garment_type: str | None, brand: str | None, text: str | None, asked: Window
) -> Page[Design]:
    """Published designs, and the caller's own in any state, newest first; `text` is sought in name and description."""
    query = select(Design).where(_visible(reach))
    if garment_type is not None:
        query = query.where(Design.garment_type == garment_type)
    if brand is not None:
        query = query.where(Design.brand_id.in_(_brands(brand)))
    if text is not None:
        query = query.where(
            or_(Design.name.icontains(text, autoescape=True), Design.description.icontains(text, autoescape=True))
        )
    return await take(session, query, key=Design.id, asked=asked)


async def list_on_show(
    session: AsyncSession, *, brand: str | None = None, limit: int = 300
) -> list[tuple[Design, Brand]]:
    """Designs that can be ordered, with the brands that show them, newest first."""
    query = select(Design, Brand).join(Brand, Brand.id == Design.brand_id).where(Design.state == "published")
    if brand is not None:
        query = query.where(Brand.slug == brand)
    rows = await session.execute(query.order_by(Design.id.desc()).limit(limit))
    return [(design, shown_by) for design, shown_by in rows]


def _visible(reach: Reach) -> ColumnElement[bool]:
    return or_(Design.state == "published", Design.brand_id.in_(list(reach.brands)))


async def list_own_designs(session: AsyncSession, reach: Reach, *, asked: Window) -> Page[Design]:
    """The designs of the caller's brands in any state, newest first."""
    return await take(session, select(Design).where(of_brands(reach)), key=Design.id, asked=asked)


_TO_ORDER = Prebuilt(
    select(Design.id, Design.version).where(
        or_(Design.id == bindparam("id"), Design.slug == bindparam("slug")), Design.state == "published"
    ),
    lambda design_id, version: (design_id, version),
)
# A version of a design and its chart never change (the database sees to it), so that each process reads them once.
_remembered: dict[tuple[UUID, int], tuple[Design, SizeChart | None]] = {}
MOST_REMEMBERED = 2_000


async def ask_to_order(going: Trip, ref: str) -> Sent[tuple[UUID, int]]:
    """Ask which design can be ordered by this id or slug, and its version; see `read_to_order`."""
    return await going.send(_TO_ORDER, id=_id_of("dsg", ref), slug=ref)


async def read_to_order(session: AsyncSession, asked: Sent[tuple[UUID, int]]) -> tuple[Design, SizeChart | None]:
    """The design that can be ordered, with its chart of sizes, if any; to be read only. Raises `DesignNotFound`."""
    found = await asked.rows()
    if not found:
        raise DesignNotFound
    key = found[0]
    if key not in _remembered:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = await _with_chart(session, key[0])
    return _remembered[key]


async def get_with_chart(session: AsyncSession, design_id: UUID) -> tuple[Design, SizeChart | None]:
    """A design in any state with its chart of sizes, if any, for a draft or an order of it."""
    query = select(Design, SizeChart).outerjoin(SizeChart, SizeChart.id == Design.size_chart_id)
    fresh = query.where(Design.id == design_id).execution_options(populate_existing=True)
    design, chart = (await session.execute(fresh)).one()
    return design, chart


async def _with_chart(session: AsyncSession, design_id: UUID) -> tuple[Design, SizeChart | None]:
    design, chart = await get_with_chart(session, design_id)
    for one in filter(None, (design, chart)):
        session.expunge(one)
    return design, chart


async def get_design(session: AsyncSession, ref: str, reach: Reach) -> Design:
    """A published design, or one of the caller's own, by id or slug. Raises `DesignNotFound`."""
    return await _get(session, select(Design).where(_named(ref), _visible(reach)))


def _named(ref: str) -> ColumnElement[bool]:
    return or_(Design.id == _id_of("dsg", ref), Design.slug == ref)


async def get_own_design(session: AsyncSession, design_id: UUID, reach: Reach) -> Design:
    """A design of the caller's brands in any state. Raises `DesignNotFound`."""
    return await _get(session, select(Design).where(Design.id == design_id, of_brands(reach)))


async def _get(session: AsyncSession, query: Select[Design]) -> Design:
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise DesignNotFound
    return found


def of_brands(reach: Reach) -> ColumnElement[bool]:
    """Designs that the caller may change."""
    return Design.brand_id.in_(list(reach.brands))


async def is_slug_free(session: AsyncSession, slug: str) -> bool:
    """Whether no design has this address."""
    return await session.scalar(select(Design.id).where(Design.slug == slug)) is None
