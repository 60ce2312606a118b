"""Seconds that a workshop can sew, and the days on which it is closed. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from clothingline.reference.calendar import WorkingCalendar
from clothingline.tailors.models import Tailor

# Assumed for tailors; the ratios are those of the civil service (Perpres 21/2023): on Fridays 90 minutes of rest in the
# place of 60, and in Ramadan 32.5 hours a week in the place of 37.5.
FRIDAY_PRAYER_SECONDS: Final = 1_800
RAMADAN_PERMILLE: Final = 133
EVERY_DAY: Final = (True,) * 7
_OWN = {"id": "libur sendiri", "en": "own day off"}
_REST = {"id": "libur mingguan", "en": "weekly rest day"}

DaysOff = Mapping[date, str]


@dataclass(frozen=True)
class ClosedDay:
    """A day without work, and why in words."""

    day: date
    name: str


def seconds_in_week(tailor: Tailor, monday: date, days_off: DaysOff) -> int:
    """Seconds of work from a Monday to the Sunday after it; `days_off` are decrees and the workshop's own."""
    return sum(seconds_on(tailor, day, days_off) for day in _week(monday))


def seconds_on(tailor: Tailor, day: date, days_off: DaysOff) -> int:
    """Seconds of work on one day: none on holidays, cuti bersama and days off, fewer on Fridays and in Ramadan."""
    return _calendar(tailor, day, days_off).seconds_on(day)


def closed_days(tailor: Tailor, monday: date, days_off: DaysOff, language: str) -> list[ClosedDay]:
    """The days of a week without work, each with the name of its holiday or the kind of rest."""
    return [
        ClosedDay(day, _reason(tailor, day, days_off, language))
        for day in _week(monday)
        if seconds_on(tailor, day, days_off) == 0
    ]


def is_estimated(monday: date) -> bool:
    """Whether a holiday of the week is an estimate that a decree may still move."""
    return WorkingCalendar().is_estimated(monday - timedelta(days=1), monday + timedelta(days=6))


def _week(monday: date) -> Iterator[date]:
    return (monday + timedelta(days=step) for step in range(7))


def _calendar(tailor: Tailor, day: date, days_off: DaysOff) -> WorkingCalendar:
    # A weekly rest day is a day of 0 seconds, so each day has the calendar of its own weekday.
    return WorkingCalendar(
        weekdays=EVERY_DAY,
        seconds_per_day=tailor.weekday_seconds[day.weekday()],
        friday_prayer_seconds=FRIDAY_PRAYER_SECONDS,
        ramadan_permille=RAMADAN_PERMILLE,
        days_off=days_off,
    )


def _reason(tailor: Tailor, day: date, days_off: DaysOff, language: str) -> str:
    spoken = "id" if language == "id" else "en"
    named = _calendar(tailor, day, days_off).holiday_name(day, spoken)
    return named or (_OWN if day in days_off else _REST)[spoken]
