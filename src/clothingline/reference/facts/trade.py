"""Business classes, minimum wages, couriers, destinations. Wages are rupiah a month, weights grams, rates permille."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from clothingline.reference.facts.rows import Facts, Status, column, read


@dataclass(frozen=True, slots=True)
class Kbli:
    """A class of business; a code means nothing without its edition."""

    edition: str
    code: str
    name_id: str
    group: str
    scope_note: str | None
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class RegencyWage:
    """Upah minimum kabupaten/kota. It does not bind micro and small businesses."""

    regency_code: str
    regency: str
    year: int
    month_idr: int = field(metadata=column("umk_month_idr"))
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class ProvinceWage:
    """Upah minimum provinsi. It does not bind micro and small businesses."""

    province_code: str
    province: str
    year: int
    month_idr: int = field(metadata=column("ump_month_idr"))
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class CourierRule:
    """How a service turns a parcel into chargeable weight; `volumetric_divisor` is cm³ for one kg, None if unknown."""

    carrier: str
    service: str
    volumetric_divisor: int | None = field(metadata=column("volumetric_divisor_cm3_per_kg"))
    min_charge_g: int = field(metadata=column("min_charge_kg", 1000))
    rounding: str | None
    tolerance_g: int | None = field(metadata=column("tolerance_kg", 1000))
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class TradeDestination:
    """Duty into one country. A rate that is not known is None and is shown as unknown."""

    country_iso2: str
    country: str
    agreement: str | None
    in_force_from: date | None
    origin_form: str | None
    apparel_mfn_min_permille: int | None = field(metadata=column("apparel_mfn_min_pct", 10))
    apparel_mfn_max_permille: int | None = field(metadata=column("apparel_mfn_max_pct", 10))
    mfn_as_of_year: int | None
    mfn_status: Status | None
    preferential_permille: int | None = field(metadata=column("preferential_pct", 10))
    preferential_status: Status | None
    source: str
    status: Status
    note: str | None


@cache
def kbli() -> Facts[tuple[str, str], Kbli]:
    """By (edition, code)."""
    return read("kbli.csv", Kbli, subject="KBLI code", key=lambda one: (one.edition, one.code))


@cache
def umk() -> Facts[tuple[str, int], RegencyWage]:
    """By (regency code, year)."""
    return read("umk.csv", RegencyWage, subject="UMK", key=lambda one: (one.regency_code, one.year))


@cache
def ump() -> Facts[tuple[str, int], ProvinceWage]:
    """By (province code, year)."""
    return read("ump.csv", ProvinceWage, subject="UMP", key=lambda one: (one.province_code, one.year))


@cache
def courier_rules() -> Facts[tuple[str, str], CourierRule]:
    """By (carrier, service)."""
    return read("courier_rules.csv", CourierRule, subject="courier rule", key=lambda one: (one.carrier, one.service))


@cache
def trade_destinations() -> Facts[str, TradeDestination]:
    """By country, two letters of ISO 3166."""
    return read("trade_destinations.csv", TradeDestination, subject="destination", key=lambda one: one.country_iso2)
