"""Garment types: cloth, standard time, machines, tariff headings. Work is whole seconds, cloth whole centimetres."""

from dataclasses import dataclass, field
from functools import cache

from clothingline.reference.facts.rows import Facts, Status, column, read


@dataclass(frozen=True, slots=True)
class GarmentType:
    """`skills` must be certified; `optional_skills` count only when the design asks for them."""

    slug: str
    name_id: str
    name_en: str
    family: str
    hs6: str
    hs6_status: Status
    kbli: str
    kbli_edition: str
    kbli_status: Status
    fabric_class: str
    consumption_at_150_cm: int | None
    consumption_status: Status | None
    standard_seconds: int = field(metadata=column("smv_min", 60))
    smv_status: Status
    skills: tuple[str, ...]
    optional_skills: tuple[str, ...]
    machines: tuple[str, ...]
    measurements: tuple[str, ...]
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class FabricConsumption:
    """Cloth for one piece, `consumption_max_cm` where the source gives a range; None where no width was stated."""

    garment_slug: str | None
    item: str
    variant: str | None
    size: str | None
    fabric_width_cm: int | None
    consumption_cm: int
    consumption_max_cm: int | None
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class StandardTime:
    """Standard time of one piece on a factory line, low to high; without measuring, pattern or cutting."""

    garment_slug: str | None
    item: str
    low_seconds: int = field(metadata=column("smv_low_min", 60))
    high_seconds: int = field(metadata=column("smv_high_min", 60))
    scope: str
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class GarmentHs:
    """The six-digit heading of an item by construction and fibre; `alternative_hs6` where a judgement was needed."""

    garment_slug: str | None
    item: str
    construction: str
    fibre: str
    hs6: str
    hs6_description: str
    alternative_hs6: str | None
    source: str
    status: Status
    note: str | None


FabricKey = tuple[str, str | None, str | None, int | None]


@cache
def garment_types() -> Facts[str, GarmentType]:
    """By slug."""
    return read("garment_types.csv", GarmentType, subject="garment type", key=lambda one: one.slug)


@cache
def fabric_consumption() -> Facts[FabricKey, FabricConsumption]:
    """By (item, variant, size, width in cm)."""
    return read("fabric_consumption.csv", FabricConsumption, subject="cloth consumption", key=_fabric_key)


@cache
def smv() -> Facts[str, StandardTime]:
    """By item; several items may belong to one garment type, and an item need not belong to any."""
    return read("smv.csv", StandardTime, subject="standard time of", key=lambda one: one.item)


@cache
def garment_hs() -> Facts[tuple[str, str, str], GarmentHs]:
    """By (item, construction, fibre)."""
    return read(
        "garment_hs.csv", GarmentHs, subject="HS heading", key=lambda one: (one.item, one.construction, one.fibre)
    )


def _fabric_key(one: FabricConsumption) -> FabricKey:
    return one.item, one.variant, one.size, one.fabric_width_cm
