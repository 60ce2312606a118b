"""Pieces that a brand can cut and finish in a week. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from clothingline.brands.models import Brand
from clothingline.reference.calendar import WorkingCalendar

WORKING_DAYS: Final = 6


def pieces_in_week(brand: Brand, monday: date, decrees: Mapping[date, str]) -> int:
    """`weekly_pieces` in proportion to the days of a six-day week that holidays, cuti bersama and decrees leave."""
    calendar = WorkingCalendar(days_off=decrees)
    worked = sum(calendar.is_working(monday + timedelta(days=step)) for step in range(7))
    return brand.weekly_pieces * worked // WORKING_DAYS
