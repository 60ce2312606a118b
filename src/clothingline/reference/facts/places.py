"""Regencies, provinces and named sentra. Coordinates are whole micro-degrees; areas are whole square metres."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from clothingline.reference.errors import UnknownFact
from clothingline.reference.facts.rows import Facts, Status, column, read

REGENCY_SOURCE: Final = "Kepmendagri 300.2.2-2430/2025; BIG 2024 (area); Dukcapil 12-2024 (population)"
# Both halves of the old Tapanuli Selatan carry one and the same area in the source.
REGENCIES_OF_DOUBTFUL_AREA: Final = frozenset({"12.20", "12.21"})


@dataclass(frozen=True, slots=True)
class Regency:
    """A kabupaten or kota; the point is the centroid of its whole area, which may lie far from its town."""

    code: str
    name: str
    kind: str
    province_code: str
    province: str
    lat_micro: int = field(metadata=column("lat", 1_000_000))
    lon_micro: int = field(metadata=column("lon", 1_000_000))
    timezone: str
    population: int
    area_m2: int = field(metadata=column("area_km2", 1_000_000))

    @property
    def source(self) -> str:
        return REGENCY_SOURCE

    @property
    def status(self) -> Status:
        return "partial" if self.code in REGENCIES_OF_DOUBTFUL_AREA else "verified"


@dataclass(frozen=True, slots=True)
class Province:
    """A province; the point is the centroid of its whole area."""

    code: str
    name: str
    lat_micro: int = field(metadata=column("lat", 1_000_000))
    lon_micro: int = field(metadata=column("lon", 1_000_000))
    timezone: str
    population: int
    area_m2: int = field(metadata=column("area_km2", 1_000_000))
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Sentra:
    """A named sentra; `site_*` is the place itself, and the free trade zone is a property of the site."""

    slug: str
    name: str
    regency_code: str
    regency: str
    products: tuple[str, ...]
    site_lat_micro: int | None = field(metadata=column("site_lat", 1_000_000))
    site_lon_micro: int | None = field(metadata=column("site_lon", 1_000_000))
    site_status: Status | None
    opened_on: date | None
    ikm_count: int | None
    artisan_count: int | None
    machine_count_min: int | None
    line_count: int | None
    in_ftz: bool
    facilities: tuple[str, ...]
    dak_years: tuple[str, ...]
    dak_physical_idr: int | None
    dak_nonphysical_idr: int | None
    source: str
    status: Status
    note: str | None


@cache
def regencies() -> Facts[str, Regency]:
    """By code `PP.KK`, which is text: a number would lose the zero of 32.10."""
    return read("regencies.csv", Regency, subject="regency", key=lambda one: one.code)


@cache
def provinces() -> Facts[str, Province]:
    """By code `PP`."""
    return read("provinces.csv", Province, subject="province", key=lambda one: one.code)


@cache
def sentra() -> Facts[str, Sentra]:
    """By slug."""
    return read("sentra.csv", Sentra, subject="sentra", key=lambda one: one.slug)


def regency_named(name: str) -> Regency:
    """The regency of exactly this full name (`Kota Bandung`), letter case aside; raises `UnknownFact`."""
    found = _codes_by_name().get(name.casefold())
    if found is None:
        raise UnknownFact("regency named", name, (one.name for one in regencies().values()))
    return regencies()[found]


@cache
def _codes_by_name() -> dict[str, str]:
    return {one.name.casefold(): one.code for one in regencies().values()}
