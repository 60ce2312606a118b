"""Bringing in a chart of sizes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments.errors import SlugTaken
from clothingline.garments.events import SizeChartAdded
from clothingline.garments.models import SizeChart
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.reference import facts

SEXES = ("F", "M", "U")
BASES = ("body", "garment")


async def add_size_chart(
    session: AsyncSession,
    *,
    brand_id: UUID | None,
    slug: str,
    name: str,
    sex: str,
    basis: str,
    sizes: Sequence[str],
    rows: Sequence[dict[str, Any]],
    source: str,
    by: UUID | None = None,
) -> SizeChart:
    """A chart of a brand's own, or an example of nobody's (`brand_id` None), with its source.

    `sex`: F, M or U (for all); `basis`: body or garment; `sizes` from small to large; `rows`: {size, measurement,
    min_mm, max_mm}, whole millimetres. Raises `Invalid` with the pointer, or `SlugTaken`.
    """
    _check_words(sex, basis, sizes)
    for place, row in enumerate(rows):
        _check_row(row, sizes, f"/rows/{place}")
    chart = SizeChart(
        brand_id=brand_id,
        slug=slug,
        name=name,
        sex=sex,
        basis=basis,
        sizes=list(sizes),
        rows=[dict(row) for row in rows],
        source=source,
    )
    session.add(chart)
    try:
        await session.flush()
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error
    await emit(session, SizeChartAdded(chart.id), by=by, audience=[brand_id] if brand_id else [])
    return chart


def _check_words(sex: str, basis: str, sizes: Sequence[str]) -> None:
    if sex not in SEXES:
        raise Invalid("/sex", "Pilih F, M, atau U.", "Choose F, M or U.")
    if basis not in BASES:
        raise Invalid("/basis", "Pilih body atau garment.", "Choose body or garment.")
    if not sizes or len(set(sizes)) != len(sizes):
        raise Invalid("/sizes", "Isi ukuran, masing-masing satu kali.", "Give the sizes, each once.")


def _check_row(row: dict[str, Any], sizes: Sequence[str], pointer: str) -> None:
    if set(row) != {"size", "measurement", "min_mm", "max_mm"}:
        raise Invalid(pointer, "Isi size, measurement, min_mm, max_mm.", "Give size, measurement, min_mm, max_mm.")
    if row["size"] not in sizes:
        raise Invalid(f"{pointer}/size", "Ukuran ini tidak ada di daftar.", "This size is not in the list.")
    if row["measurement"] not in facts.measurements():
        raise Invalid(f"{pointer}/measurement", "Bagian tubuh ini tidak dikenal.", "This measurement is not known.")
    if not all(type(row[name]) is int for name in ("min_mm", "max_mm")) or not 0 < row["min_mm"] <= row["max_mm"]:
        raise Invalid(
            f"{pointer}/min_mm", "Isi milimeter bulat, dari kecil ke besar.", "Give whole millimetres, small to large."
        )
