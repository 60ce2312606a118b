"""Typed, cached readers of the pilot's own data. Every row is in file order, by its natural key."""

from dataclasses import dataclass, field
from functools import cache
from typing import Final

from clothingline.reference.facts import Facts
from clothingline.reference.facts.rows import column, read

PACKAGE: Final = "clothingline.pilot"


@dataclass(frozen=True, slots=True)
class BrandRow:
    """A brand, the place of its workshop as micro-degrees from the regency's centroid, and its owner."""

    slug: str
    name: str
    regency_code: str
    north_micro: int
    east_micro: int
    families: tuple[str, ...]
    fee_idr: int
    cut_days: int
    finish_days: int
    weekly_pieces: int
    standing_acceptance: bool
    nib: str
    kbli_code: str
    sentra: str | None
    owner: str
    phone: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who works for a brand."""

    name: str
    phone: str
    brand: str


@dataclass(frozen=True, slots=True)
class TailorRow:
    """A tailor or workshop with its owner; the rate is so many permille over the fair rate of the regency.

    `weekday_minutes`: seven whole numbers from Monday, the minutes of all hands together.
    """

    name: str
    owner: str
    phone: str
    kind: str
    regency_code: str
    north_micro: int
    east_micro: int
    families: tuple[str, ...]
    machines: tuple[str, ...]
    over_fair_permille: int
    efficiency_permille: int
    weekday_minutes: tuple[str, ...]
    reach_m: int
    defect_ppm: int
    rush: bool
    sentra: str | None

    @property
    def weekday_seconds(self) -> list[int]:
        """Working seconds of each weekday from Monday."""
        return [60 * int(minutes) for minutes in self.weekday_minutes]


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate of a tailor (by phone), dated from the day of the seed; its number is a sample."""

    phone: str
    scheme: str
    number_head: str
    serial: str
    skills: tuple[str, ...]
    ends_in_days: int
    verified: bool


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier and its owner."""

    slug: str
    name: str
    regency_code: str
    north_micro: int
    east_micro: int
    nib: str
    standing_acceptance: bool
    owner: str
    phone: str


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot of cloth as it was received."""

    supplier: str
    code: str
    name: str
    cloth_class: str
    colour: str
    shade: str
    fibre: str
    width_cm: int
    price_idr: int
    min_cut_cm: int
    lead_days: int
    received_cm: int = field(metadata=column("received_m", 100))


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A brand's own size chart, of the body."""

    slug: str
    brand: str
    name: str
    sex: str
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartSizeRow:
    """One measurement of one size of a chart."""

    chart: str
    measurement: str
    size: str
    min_mm: int
    max_mm: int


@dataclass(frozen=True, slots=True)
class DesignRow:
    """A design as its brand sells it; cloth and time are for one piece in series."""

    slug: str
    brand: str
    name: str
    description: str
    garment_type: str
    cloth_class: str
    cloth_width_cm: int
    cloth_cm: int
    standard_seconds: int = field(metadata=column("standard_minutes", 60))
    colours: tuple[str, ...]
    made_to_measure: bool
    size_chart: str
    open_to_brands: bool


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One choice of one option of a design; a `flag` has a single choice. Additions are for one piece in series."""

    design: str
    option: str
    kind: str
    option_id: str
    option_en: str
    choice: str
    choice_id: str
    choice_en: str
    extra_idr: int
    extra_seconds: int = field(metadata=column("extra_minutes", 60))
    extra_cloth_cm: int
    skill: str | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A consumer or somebody of the programme; `sentra` only for its manager."""

    name: str
    phone: str
    role: str
    sentra: str | None


@cache
def brands() -> Facts[str, BrandRow]:
    """By slug."""
    return read("brands.csv", BrandRow, subject="brand", key=lambda one: one.slug, package=PACKAGE)


@cache
def brand_staff() -> Facts[str, StaffRow]:
    """By phone."""
    return read("brand_staff.csv", StaffRow, subject="phone", key=lambda one: one.phone, package=PACKAGE)


@cache
def tailors() -> Facts[str, TailorRow]:
    """By phone of the owner."""
    return read("tailors.csv", TailorRow, subject="phone", key=lambda one: one.phone, package=PACKAGE)


@cache
def certificates() -> Facts[tuple[str, str], CertificateRow]:
    """By (phone of the tailor, scheme)."""
    return read(
        "certificates.csv",
        CertificateRow,
        subject="certificate",
        key=lambda one: (one.phone, one.scheme),
        package=PACKAGE,
    )


@cache
def suppliers() -> Facts[str, SupplierRow]:
    """By slug."""
    return read("suppliers.csv", SupplierRow, subject="supplier", key=lambda one: one.slug, package=PACKAGE)


@cache
def lots() -> Facts[tuple[str, str], LotRow]:
    """By (supplier, code)."""
    return read("lots.csv", LotRow, subject="lot", key=lambda one: (one.supplier, one.code), package=PACKAGE)


@cache
def charts() -> Facts[str, ChartRow]:
    """By slug."""
    return read("size_charts.csv", ChartRow, subject="size chart", key=lambda one: one.slug, package=PACKAGE)


@cache
def chart_sizes() -> Facts[tuple[str, str, str], ChartSizeRow]:
    """By (chart, measurement, size)."""
    return read(
        "size_chart_rows.csv",
        ChartSizeRow,
        subject="size",
        key=lambda one: (one.chart, one.measurement, one.size),
        package=PACKAGE,
    )


@cache
def designs() -> Facts[str, DesignRow]:
    """By slug."""
    return read("designs.csv", DesignRow, subject="design", key=lambda one: one.slug, package=PACKAGE)


@cache
def options() -> Facts[tuple[str, str, str], OptionRow]:
    """By (design, option, choice)."""
    return read(
        "design_options.csv",
        OptionRow,
        subject="option",
        key=lambda one: (one.design, one.option, one.choice),
        package=PACKAGE,
    )


@cache
def people() -> Facts[str, PersonRow]:
    """By phone."""
    return read("people.csv", PersonRow, subject="phone", key=lambda one: one.phone, package=PACKAGE)
