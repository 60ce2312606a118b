"""Minimum wages and the programme's fair reference rate ("acuan program").

The rate is a policy of the programme, kept apart from any legal floor: UMP and UMK do not bind micro and small
businesses.
"""

from dataclasses import dataclass
from typing import Final, Literal

from clothingline.reference.errors import UnknownFact
from clothingline.reference.facts import Status, regencies, umk, ump

HOURS_A_MONTH: Final = 173  # the divisor of an overtime hour
DEFAULT_EFFICIENCY_PERMILLE: Final = 550


@dataclass(frozen=True, slots=True)
class MonthlyWage:
    """Whole rupiah a month for a regency, and which figure it is: its own UMK or its province's UMP."""

    regency_code: str
    year: int
    month_idr: int
    kind: Literal["umk", "ump"]
    source: str
    status: Status
    note: str | None


def monthly_wage(regency: str, year: int) -> MonthlyWage:
    """The regency's UMK of the year or, where none is held, its province's UMP. Raises `UnknownFact` without either."""
    own = umk().get((regency, year))
    if own is not None:
        return MonthlyWage(regency, year, own.month_idr, "umk", own.source, own.status, own.note)
    place = regencies()[regency]
    general = ump().get((place.province_code, year))
    if general is None:
        raise UnknownFact("UMK or UMP", (regency, year), _held(regency, place.province_code))
    return MonthlyWage(regency, year, general.month_idr, "ump", general.source, general.status, f"UMP {place.province}")


def latest_wage(regency: str, year: int) -> MonthlyWage:
    """The wage of the year or, until its decree is held, of the last year before it; `.year` says which.

    Wages of a year are set in late December before it. Raises `UnknownFact` when no year up to this one is held.
    """
    held = [known for _, known in _held(regency, regencies()[regency].province_code) if known <= year]
    return monthly_wage(regency, max(held, default=year))


def fair_rate_idr_per_minute(regency: str, year: int) -> int:
    """`latest_wage` / (173 hours of 60 minutes), nearest rupiah, half up. To be shown; prices are exact."""
    return _nearest(latest_wage(regency, year).month_idr, HOURS_A_MONTH * 60)


def fair_piece_rate_idr(
    regency: str, year: int, *, standard_seconds: int, efficiency_permille: int = DEFAULT_EFFICIENCY_PERMILLE
) -> int:
    """`latest_wage` / (173 × 3600) × standard seconds / planned efficiency, rounded once: nearest rupiah, half up.

    Kota Bandung 2026, a shirt of 22 minutes at 55 %: 18,257. Raises `ValueError` for an efficiency outside 1 to 1,000
    permille or a negative time.
    """
    if not 1 <= efficiency_permille <= 1000 or standard_seconds < 0:
        raise ValueError("efficiency is 1 to 1,000 permille, standard time at least 0")
    wage = latest_wage(regency, year).month_idr
    return _nearest(wage * standard_seconds * 1000, HOURS_A_MONTH * 3600 * efficiency_permille)


def _held(regency: str, province: str) -> list[tuple[str, int]]:
    return [key for key in umk() if key[0] == regency] + [key for key in ump() if key[0] == province]


def _nearest(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
