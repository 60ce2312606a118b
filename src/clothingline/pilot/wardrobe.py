"""Size charts and designs of the pilot."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.models import Brand
from clothingline.garments.models import DESIGN, Design, SizeChart
from clothingline.garments.options import Choice, Option, write
from clothingline.kit.states import move
from clothingline.pilot import rows
from clothingline.pilot.people import ids_by_slug
from clothingline.reference import facts

OWN_CHART = "data contoh pilot"


async def add_charts(session: AsyncSession) -> int:
    """The published charts of the reference data as examples without a brand, and each brand's own."""
    brands = await ids_by_slug(session, Brand)
    held = set(await session.scalars(select(SizeChart.slug)))
    own = (_own_chart(one, brands[one.brand]) for one in rows.charts().values())
    missing = [one for one in (*_examples(), *own) if one.slug not in held]
    session.add_all(missing)
    await session.flush()
    return len(missing)


def _examples() -> Iterator[SizeChart]:
    for (chart, sex), found in groupby(facts.size_charts().values(), key=lambda one: (one.chart_id, one.sex)):
        sizes = list(found)
        yield SizeChart(
            slug=f"contoh-{chart}-{sex.lower()}",
            name=f"Contoh {sizes[0].source}",
            sex=sex,
            basis=sizes[0].basis,
            sizes=[one.size for one in sizes],
            rows=[_size(one.size, one.measurement_id, one.min_mm, one.max_mm) for one in sizes],
            source=sizes[0].source,
        )


def _size(size: str, measurement: str, min_mm: int, max_mm: int) -> dict[str, Any]:
    return {"size": size, "measurement": measurement, "min_mm": min_mm, "max_mm": max_mm}


def _own_chart(one: rows.ChartRow, brand_id: UUID) -> SizeChart:
    sizes = (row for row in rows.chart_sizes().values() if row.chart == one.slug)
    return SizeChart(
        brand_id=brand_id,
        slug=one.slug,
        name=one.name,
        sex=one.sex,
        basis="body",
        sizes=list(one.sizes),
        rows=[_size(row.size, row.measurement, row.min_mm, row.max_mm) for row in sizes],
        source=OWN_CHART,
    )


async def add_designs(session: AsyncSession) -> int:
    """The designs of the brands, published."""
    brands = await ids_by_slug(session, Brand)
    charts = dict((await session.execute(select(SizeChart.slug, SizeChart.id))).all())
    held = set(await session.scalars(select(Design.slug)))
    missing = [
        _design(one, brands[one.brand], charts[one.size_chart])
        for one in rows.designs().values()
        if one.slug not in held
    ]
    session.add_all(missing)
    await session.flush()
    await move(session, DESIGN, Design, "publish", Design.id.in_([one.id for one in missing]))
    return len(missing)


def _design(one: rows.DesignRow, brand_id: UUID, chart_id: UUID) -> Design:
    return Design(
        brand_id=brand_id,
        state="draft",
        slug=one.slug,
        name=one.name,
        description=one.description,
        garment_type=one.garment_type,
        cloth_class=one.cloth_class,
        cloth_width_cm=one.cloth_width_cm,
        cloth_cm=one.cloth_cm,
        standard_seconds=one.standard_seconds,
        colours=list(one.colours),
        options=write(_options(one.slug)),
        size_chart_id=chart_id,
        made_to_measure=one.made_to_measure,
        open_to_brands=one.open_to_brands,
    )


def _options(design: str) -> list[Option]:
    wanted = [one for one in rows.options().values() if one.design == design]
    return [_option(list(choices)) for _, choices in groupby(wanted, key=lambda one: one.option)]


def _option(choices: list[rows.OptionRow]) -> Option:
    first = choices[0]
    return Option.model_validate(
        {
            "code": first.option,
            "kind": first.kind,
            "label_id": first.option_id,
            "label_en": first.option_en,
            "choices": [_choice(one) for one in choices],
            "default": first.choice if first.kind == "choice" else False,
        }
    )


def _choice(one: rows.OptionRow) -> Choice:
    return Choice(
        code=one.choice,
        label_id=one.choice_id,
        label_en=one.choice_en,
        extra_idr=one.extra_idr,
        extra_seconds=one.extra_seconds,
        extra_cloth_cm=one.extra_cloth_cm,
        skill=one.skill,
    )
