"""Body and garment measurements, and published size charts. Lengths are whole millimetres."""

from dataclasses import dataclass, field
from functools import cache

from clothingline.reference.facts.rows import Facts, Status, column, read


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement. The ranges of the model bodies serve plausibility warnings for adults, nothing else.

    `source_unit` is how people write it (cm, deg, kg); `stored_unit` is the whole unit that a set stores.
    """

    id: str
    name_id: str
    name_en: str
    object: str
    kind: str
    source_unit: str = field(metadata=column("unit"))
    shop_abbreviation: str | None
    freesewing_id: str | None
    iso_8559_term: str | None
    model_female_min_mm: int | None = field(metadata=column("model_female_min_cm", 10))
    model_female_max_mm: int | None = field(metadata=column("model_female_max_cm", 10))
    model_male_min_mm: int | None = field(metadata=column("model_male_min_cm", 10))
    model_male_max_mm: int | None = field(metadata=column("model_male_max_cm", 10))
    source: str
    status: Status
    note: str | None

    @property
    def stored_unit(self) -> str:
        return {"cm": "mm", "deg": "tenth_deg", "kg": "g"}[self.source_unit]


@dataclass(frozen=True, slots=True)
class SizeChartRow:
    """One size of a shop's chart. `basis` says body or garment; the two are never mixed. An example, not a standard."""

    chart_id: str
    sex: str
    measurement_id: str
    basis: str
    size: str
    size_order: int
    min_mm: int = field(metadata=column("min_cm", 10))
    max_mm: int = field(metadata=column("max_cm", 10))
    source: str
    status: Status
    note: str | None


@cache
def measurements() -> Facts[str, Measurement]:
    """By id."""
    return read("measurements.csv", Measurement, subject="measurement", key=lambda one: one.id)


@cache
def size_charts() -> Facts[tuple[str, str, str, str], SizeChartRow]:
    """By (chart, sex, measurement, size)."""
    return read("size_charts.csv", SizeChartRow, subject="size", key=_size_key)


def _size_key(one: SizeChartRow) -> tuple[str, str, str, str]:
    return one.chart_id, one.sex, one.measurement_id, one.size
