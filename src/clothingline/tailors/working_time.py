"""Seconds that a workshop can sew, and the days on which it is closed. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Away:
    """Days that are `closed`, decrees and the workshop's own, by name; of its `parts` only so many ‰ are worked."""

    closed: Mapping[date, str] = field(default_factory=dict)
    parts: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ClosedDay:
    """A day without work, and why in words."""

    day: date
    name: str


def seconds_in_week(tailor: Tailor, monday: date, away: Away) -> int:
    """Seconds of work from a Monday to the Sunday after it."""
    return sum(seconds_on(tailor, day, away) for day in _week(monday))


def seconds_on(tailor: Tailor, day: date, away: Away) -> int:
    """Seconds of work on one day: none on holidays, cuti bersama and days off, fewer on Fridays and in Ramadan.

    A part of a day is that part of what the day would hold, rounded down.
    """
    return _calendar(tailor, day, away).seconds_on(day) * away.parts.get(day, 1000) // 1000


def closed_days(tailor: Tailor, monday: date, away: Away, language: str) -> list[ClosedDay]:
    """The days of a week without work, each with the name of its holiday or the kind of rest."""
    return [
        ClosedDay(day, _reason(tailor, day, away, language))
        for day in _week(monday)
        if seconds_on(tailor, day, away) == 0
    ]


def is_estimated(monday: date) -> bool:
    """Whether a holiday of the week is an estimate that a decree may still move."""
    return WorkingCalendar().is_estimated(monday - timedelta(days=1), monday + timedelta(days=6))


def _week(monday: date) -> Iterator[date]:
    return (monday + timedelta(days=step) for step in range(7))


def _calendar(tailor: Tailor, day: date, away: Away) -> WorkingCalendar:
    # A weekly rest day is a day of 0 seconds, so each day has the calendar of its own weekday.
    return WorkingCalendar(
        weekdays=EVERY_DAY,
        seconds_per_day=tailor.weekday_seconds[day.weekday()],
        friday_prayer_seconds=FRIDAY_PRAYER_SECONDS,
        ramadan_permille=RAMADAN_PERMILLE,
        days_off=away.closed,
    )


def _reason(tailor: Tailor, day: date, away: Away, language: str) -> str:
    spoken = "id" if language == "id" else "en"
    named = _calendar(tailor, day, away).holiday_name(day, spoken)
    return named or (_OWN if day in away.closed else _REST)[spoken]
