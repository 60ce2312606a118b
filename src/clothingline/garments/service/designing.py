"""Writing a design down, publishing it and taking it back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.models import Brand
from clothingline.garments import options, queries
from clothingline.garments.consumption import find_piece_cm
from clothingline.garments.errors import (
    BrandNotYours,
    DesignAlreadyPublished,
    DesignIncomplete,
    DesignNotPublished,
    SlugTaken,
)
from clothingline.garments.events import DesignDrafted, DesignPublished, DesignWithdrawn
from clothingline.garments.models import DESIGN, Design
from clothingline.garments.options import Option
from clothingline.kit.access import Reach, meant
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.reference import facts

REFERENCE_WIDTH_CM = 150


@dataclass(frozen=True)
class Draft:
    """What a brand writes down. None takes the garment type's own: cloth class, cloth by width, standard seconds.

    `cloth_cm` per piece without waste at `cloth_width_cm`; `standard_seconds` per piece in series.
    """

    name: str
    garment_type: str
    description: str = ""
    slug: str | None = None
    cloth_class: str | None = None
    cloth_width_cm: int = REFERENCE_WIDTH_CM
    cloth_cm: int | None = None
    standard_seconds: int | None = None
    colours: Sequence[str] = ()
    options: Sequence[Option] = ()
    size_chart_id: UUID | None = None
    made_to_measure: bool = True
    open_to_brands: bool = False


def acting_brand(named: UUID | None, reach: Reach) -> UUID:
    """The brand for which the caller acts; unnamed the only one. Raises `Invalid` or `BrandNotYours`."""
    brand = meant(named, reach.brands)
    if brand is not None:
        return brand
    if named is not None:
        raise BrandNotYours
    raise Invalid("/brand", "Sebutkan mereknya; Anda mewakili beberapa.", "Name the brand; you act for several.")


async def draft_design(session: AsyncSession, *, brand_id: UUID, draft: Draft, by: UUID | None = None) -> Design:
    """A design that nobody can order yet. Raises `Invalid` with the pointer, `BrandNotYours` or `SlugTaken`."""
    if await session.get(Brand, brand_id) is None:
        raise BrandNotYours
    whole = _completed(draft)
    options.check(whole.options)
    await _check_chart(session, whole, brand_id)
    design = await _design(session, whole, brand_id)
    session.add(design)
    try:
        await session.flush()
    except IntegrityError as error:
        raise SlugTaken(slug=design.slug) from error
    await emit(session, DesignDrafted(design.id), by=by, audience=[brand_id])
    return design


def _completed(draft: Draft) -> Draft:
    if draft.garment_type not in facts.garment_types():
        raise Invalid("/garment_type", "Jenis pakaian ini tidak dikenal.", "This garment type is not known.")
    kind = facts.garment_types()[draft.garment_type]
    cloth_cm = draft.cloth_cm or find_piece_cm(draft.garment_type, width_cm=draft.cloth_width_cm)
    if cloth_cm is None:
        raise Invalid("/cloth_cm", "Isi bahan untuk satu potong.", "Give the cloth of one piece.", code="missing")
    return replace(
        draft,
        cloth_class=draft.cloth_class or kind.fabric_class,
        cloth_cm=cloth_cm,
        standard_seconds=draft.standard_seconds or kind.standard_seconds,
    )


async def _check_chart(session: AsyncSession, draft: Draft, brand_id: UUID) -> None:
    if draft.size_chart_id is None:
        return
    if await queries.find_usable_chart(session, draft.size_chart_id, brand_id) is None:
        raise Invalid("/size_chart", "Tabel ukuran ini tidak ditemukan.", "This size chart was not found.")


async def _design(session: AsyncSession, draft: Draft, brand_id: UUID) -> Design:
    design_id = new_id()
    return Design(
        id=design_id,
        brand_id=brand_id,
        slug=draft.slug or await _free_slug(session, draft.name, design_id),
        version=1,
        name=draft.name,
        description=draft.description,
        garment_type=draft.garment_type,
        cloth_class=draft.cloth_class,
        cloth_width_cm=draft.cloth_width_cm,
        cloth_cm=draft.cloth_cm,
        standard_seconds=draft.standard_seconds,
        colours=[colour.lower() for colour in draft.colours],
        options=options.write(draft.options),
        size_chart_id=draft.size_chart_id,
        made_to_measure=draft.made_to_measure,
        open_to_brands=draft.open_to_brands,
        state="draft",
    )


async def _free_slug(session: AsyncSession, name: str, design_id: UUID) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower())[:60].strip("-") or "desain"
    return plain if await queries.is_slug_free(session, plain) else f"{plain}-{show('dsg', design_id)[-6:]}"


async def publish_design(session: AsyncSession, *, design_id: UUID, reach: Reach, by: UUID | None) -> Design:
    """Open the design for orders.

    Raises `DesignNotFound`, `DesignIncomplete` (neither size chart nor made to measure) or `DesignAlreadyPublished`.
    """
    sized = or_(Design.size_chart_id.is_not(None), Design.made_to_measure)
    mine = queries.of_brands(reach)
    moved = await move(session, DESIGN, Design, "publish", Design.id == design_id, mine, sized, by=by)
    if not moved:
        design = await queries.get_own_design(session, design_id, reach)
        raise DesignAlreadyPublished if design.state == "published" else DesignIncomplete
    await emit(session, DesignPublished(design_id), by=by, audience=[moved[0].brand_id])
    return moved[0]


async def withdraw_design(session: AsyncSession, *, design_id: UUID, reach: Reach, by: UUID | None) -> Design:
    """Take the design out of the catalogue; orders stand. Raises `DesignNotFound` or `DesignNotPublished`."""
    moved = await move(session, DESIGN, Design, "withdraw", Design.id == design_id, queries.of_brands(reach), by=by)
    if not moved:
        await queries.get_own_design(session, design_id, reach)
        raise DesignNotPublished
    await emit(session, DesignWithdrawn(design_id), by=by, audience=[moved[0].brand_id])
    return moved[0]
