"""When people sleep: from nine in the evening to six in the morning, western Indonesian time."""

from datetime import datetime, time, timedelta

from clothingline.kit.clock import WIB

QUIET_FROM, QUIET_UNTIL = time(21), time(6)
EVENING = time(20, 30)
"""The last moment at which somebody is told of what would be over before the morning."""


def is_quiet(now: datetime) -> bool:
    """Whether people sleep."""
    clock = now.astimezone(WIB).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def awake_from(now: datetime) -> datetime:
    """The moment itself, or the end of its night."""
    if not is_quiet(now):
        return now
    here = now.astimezone(WIB)
    morning = here.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    return morning if morning > here else morning + timedelta(days=1)


def awake_by(moment: datetime) -> datetime:
    """The moment itself, or the evening before its night."""
    if not is_quiet(moment):
        return moment
    here = moment.astimezone(WIB)
    evening = here.replace(hour=EVENING.hour, minute=EVENING.minute, second=0, microsecond=0)
    return evening if evening < here else evening - timedelta(days=1)
