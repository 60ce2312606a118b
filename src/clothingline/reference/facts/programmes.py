"""Public programmes: machine reimbursement and the national DAK allocation. Money is whole rupiah."""

from dataclasses import dataclass
from functools import cache

from clothingline.reference.facts.rows import Facts, Status, read


@dataclass(frozen=True, slots=True)
class Restructuring:
    """A reimbursement rate; the row that is valid on the day of purchase applies, an open end is None."""

    valid_from_year: int
    valid_to_year: int | None
    business_scale: str
    machine_origin: str
    reimbursement_pct: int
    min_idr: int | None
    max_idr: int | None
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class DakAllocation:
    """National DAK fisik for IKM in a year."""

    year: int
    allocation_idr: int
    regency_count: int
    source: str
    status: Status
    note: str | None


@cache
def restructuring() -> Facts[tuple[int, str, str], Restructuring]:
    """By (first year, business scale, machine origin)."""
    return read("restructuring.csv", Restructuring, subject="reimbursement rate", key=_rate_key)


@cache
def dak_allocation() -> Facts[int, DakAllocation]:
    """By year."""
    return read("dak_allocation.csv", DakAllocation, subject="DAK allocation", key=lambda one: one.year)


def _rate_key(one: Restructuring) -> tuple[int, str, str]:
    return one.valid_from_year, one.business_scale, one.machine_origin
