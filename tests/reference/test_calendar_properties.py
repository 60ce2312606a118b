"""What holds for every calendar: nothing falls into a closed window, spans add up, later never comes before earlier.

Derandomized: the same examples in every run.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from clothingline.reference.calendar import WorkingCalendar

STEADY = settings(derandomize=True, deadline=None)
WIB: Final = timezone(timedelta(hours=7))
HOUR: Final = timedelta(hours=1)
DAYS = st.dates(date(2025, 6, 1), date(2028, 12, 31))
STEPS = st.integers(0, 40)
INSTANTS = st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=WIB), DAYS, st.integers(0, 23)
)
HOURS = st.integers(0, 120)
AWAKE = st.sampled_from([(0, 24), (6, 21), (0, 12), (23, 24)])


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    first = draw(DAYS)
    return WorkingCalendar(
        weekdays=draw(st.tuples(*[st.booleans()] * 7).filter(any)),
        seconds_per_day=draw(st.integers(0, 12 * 3600)),
        friday_prayer_seconds=draw(st.integers(0, 7200)),
        ramadan_permille=draw(st.integers(0, 1000)),
        days_off={first + timedelta(days=i): "Libur sendiri" for i in range(draw(st.integers(0, 14)))},
        open_days=draw(st.frozensets(DAYS, max_size=5)),
        takes_cuti_bersama=draw(st.booleans()),
    )


@STEADY
@given(calendars(), DAYS, st.integers(-40, 40).filter(bool))
def test_no_counted_day_falls_into_a_closed_window(calendar: WorkingCalendar, day: date, n: int) -> None:
    assert calendar.is_working(calendar.add_working_days(day, n))


@STEADY
@given(calendars(), DAYS, STEPS, STEPS)
def test_working_days_add_up(calendar: WorkingCalendar, day: date, a: int, b: int) -> None:
    together = calendar.add_working_days(day, a + b)
    assert calendar.add_working_days(calendar.add_working_days(day, a), b) == together
    assert calendar.working_days_between(day, together) == a + b


@STEADY
@given(calendars(), DAYS, DAYS, DAYS)
def test_spans_add_up_in_any_order(calendar: WorkingCalendar, a: date, b: date, c: date) -> None:
    assert calendar.working_days_between(a, b) + calendar.working_days_between(b, c) == calendar.working_days_between(
        a, c
    )


@STEADY
@given(calendars(), DAYS, DAYS, STEPS)
def test_a_later_start_never_ends_earlier(calendar: WorkingCalendar, a: date, b: date, n: int) -> None:
    early, late = sorted((a, b))
    assert calendar.add_working_days(early, n) <= calendar.add_working_days(late, n)
    assert calendar.add_working_days(early, n) < calendar.add_working_days(early, n + 1)


@STEADY
@given(calendars(), DAYS)
def test_a_closed_day_holds_no_second_and_a_week_holds_its_days(calendar: WorkingCalendar, day: date) -> None:
    assert calendar.is_working(day) or calendar.seconds_on(day) == 0
    assert 0 <= calendar.seconds_on(day) <= calendar.seconds_per_day
    monday = day - timedelta(days=day.weekday())
    week = [calendar.seconds_on(monday + timedelta(days=i)) for i in range(7)]
    assert calendar.seconds_in_week(monday) == sum(week)


@STEADY
@given(calendars(), DAYS)
def test_one_more_day_off_never_adds_work(calendar: WorkingCalendar, day: date) -> None:
    closed = WorkingCalendar(
        weekdays=calendar.weekdays, days_off={**calendar.days_off, day: "Keputusan"}, open_days=calendar.open_days
    )
    before = WorkingCalendar(weekdays=calendar.weekdays, days_off=calendar.days_off, open_days=calendar.open_days)
    assert closed.seconds_on(day) == 0
    assert closed.add_working_days(day - timedelta(days=3), 5) >= before.add_working_days(day - timedelta(days=3), 5)


def walked(calendar: WorkingCalendar, since: datetime, hours: int, awake: tuple[int, int]) -> datetime:
    """The slow truth: hour by hour, only the counted ones."""
    at = since
    while hours:
        hours -= calendar.is_working(at.date()) and awake[0] <= at.hour < awake[1]
        at += HOUR
    return at


@STEADY
@given(calendars(), INSTANTS, HOURS, AWAKE)
def test_a_deadline_is_what_one_finds_by_walking_hour_by_hour(
    calendar: WorkingCalendar, since: datetime, hours: int, awake: tuple[int, int]
) -> None:
    assert calendar.deadline_after(since, hours=hours, awake=awake) == walked(calendar, since, hours, awake)


@STEADY
@given(calendars(), INSTANTS, HOURS, HOURS, AWAKE)
def test_deadlines_add_up(calendar: WorkingCalendar, since: datetime, a: int, b: int, awake: tuple[int, int]) -> None:
    first = calendar.deadline_after(since, hours=a, minutes=30, awake=awake)
    then = calendar.deadline_after(first, hours=b, minutes=30, awake=awake)
    assert then == calendar.deadline_after(since, hours=a + b, minutes=60, awake=awake)


@STEADY
@given(calendars(), INSTANTS, INSTANTS, st.integers(1, 120), AWAKE)
def test_no_deadline_runs_out_on_a_closed_day_and_a_later_offer_never_ends_earlier(
    calendar: WorkingCalendar, a: datetime, b: datetime, hours: int, awake: tuple[int, int]
) -> None:
    early, late = (calendar.deadline_after(since, hours=hours, awake=awake) for since in sorted((a, b)))
    assert early <= late
    assert calendar.is_working((early - timedelta(microseconds=1)).date())
