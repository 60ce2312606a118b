"""Working time of one party: its week, national days off, decrees, own days off, Friday prayer, Ramadan hours.

Days are local calendar days of the party; spans of days run from the first (excluded) to the last (included), so that
they add up. Nothing here reads a clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from clothingline.reference.national_days import Holiday, holidays_by_day, is_ramadan

MONDAY, FRIDAY = 0, 4
ONE_DAY: Final = timedelta(days=1)
SIX_DAY_WEEK: Final = (True, True, True, True, True, True, False)
FIVE_DAY_WEEK: Final = (True, True, True, True, True, False, False)
# The legal week of 40 hours: seven hours on six days, or eight on five.
SIX_DAY_SECONDS: Final = 7 * 3600
FIVE_DAY_SECONDS: Final = 8 * 3600
WHOLE_DAY: Final = (0, 24)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """`weekdays` Monday first; `days_off` (day to name) are decrees and the party's own, and close a day in any case.

    `open_days` are worked although the week, a holiday or cuti bersama would close them (a decree may give a day back).
    `friday_prayer_seconds` come off each Friday; `ramadan_permille` is the part of a day that Ramadan takes.
    """

    weekdays: tuple[bool, ...] = SIX_DAY_WEEK
    seconds_per_day: int = SIX_DAY_SECONDS
    friday_prayer_seconds: int = 0
    ramadan_permille: int = 0
    days_off: Mapping[date, str] = field(default_factory=dict, hash=False)
    open_days: frozenset[date] = frozenset()
    takes_cuti_bersama: bool = True
    timezone: str = "Asia/Jakarta"

    def __post_init__(self) -> None:
        if len(self.weekdays) != 7 or not any(self.weekdays):
            raise ValueError("a week has seven days, and at least one of them is worked")
        if not 0 <= self.seconds_per_day <= 86_400 or self.friday_prayer_seconds < 0:
            raise ValueError("a day holds 0 to 86,400 seconds of work, and prayer takes none from other days")
        if not 0 <= self.ramadan_permille <= 1000:
            raise ValueError("Ramadan takes 0 to 1,000 permille of a day")

    def is_working(self, day: date) -> bool:
        """Whether the party works on a day at all."""
        if day in self.days_off:
            return False
        return day in self.open_days or (self.weekdays[day.weekday()] and self._national(day) is None)

    def holiday_name(self, day: date, language: str = "id") -> str | None:
        """Why a day is off, in `id` or `en`; None on a day that only the week closes, or none does."""
        if day in self.days_off:
            return self.days_off[day]
        national = None if day in self.open_days else self._national(day)
        if national is None:
            return None
        return national.name if language == "id" else national.name_en

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after a day; before it for a negative n; the day itself, worked or not, for 0."""
        if n == 0:
            return day
        return next(islice(self._working_days(day, ONE_DAY if n > 0 else -ONE_DAY), abs(n) - 1, None))

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` lies before `a`."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working(a + i * ONE_DAY) for i in range(1, (b - a).days + 1))

    def seconds_on(self, day: date) -> int:
        """Seconds of work on a day: Ramadan shortens the day first, then Friday prayer; rounded down."""
        if not self.is_working(day):
            return 0
        kept = 1000 - self.ramadan_permille if is_ramadan(day) else 1000
        prayer = self.friday_prayer_seconds if day.weekday() == FRIDAY else 0
        return max(0, self.seconds_per_day * kept // 1000 - prayer)

    def seconds_in_week(self, monday: date) -> int:
        """Seconds of work from a Monday to the Sunday after it."""
        if monday.weekday() != MONDAY:
            raise ValueError(f"{monday} is not a Monday")
        return sum(self.seconds_on(monday + i * ONE_DAY) for i in range(7))

    def deadline_after(
        self, instant: datetime, *, hours: int, minutes: int = 0, awake: tuple[int, int] = WHOLE_DAY
    ) -> datetime:
        """When this much time has passed, closed days not counted: on a closed day the clock stands still.

        `awake` are the hours of a working day that count, (6, 21) for a rush offer. The answer is the earliest such
        instant (a window that ends with a working day ends at its midnight), in the zone of `instant`. Raises
        `ValueError` for a naive instant, a negative duration or an empty `awake`.
        """
        left = timedelta(hours=hours, minutes=minutes)
        if instant.tzinfo is None or left < timedelta(0) or not 0 <= awake[0] < awake[1] <= 24:
            raise ValueError("a deadline needs an aware instant, a duration of at least 0, and waking hours")
        if not left:
            return instant
        for start, end in self._open_windows(instant.astimezone(ZoneInfo(self.timezone)), awake):
            if left <= end - start:
                return (start + left).astimezone(instant.tzinfo)
            left -= end - start
        raise OverflowError("the calendar ends before the deadline")

    def is_estimated(self, a: date, b: date) -> bool:
        """Whether a holiday after `a`, up to `b` included, is only an estimate: a promise across it needs a margin."""
        return any(
            a < one.day <= b and one.estimated
            for year in range(a.year, b.year + 1)
            for one in holidays_by_day(year).values()
        )

    def _national(self, day: date) -> Holiday | None:
        found = holidays_by_day(day.year).get(day)
        return None if found and found.kind == "cuti_bersama" and not self.takes_cuti_bersama else found

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_working(day):
                yield day

    def _open_windows(self, since: datetime, awake: tuple[int, int]) -> Iterator[tuple[datetime, datetime]]:
        """The counted windows at or after a local instant."""
        opens, closes = (timedelta(hours=hour) for hour in awake)
        for day in self._working_days(since.date() - ONE_DAY, ONE_DAY):
            midnight = datetime.combine(day, time.min, since.tzinfo)
            if since < midnight + closes:
                yield max(since, midnight + opens), midnight + closes
