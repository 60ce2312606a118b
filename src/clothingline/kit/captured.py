"""How long ago something was said on a phone that had no signal: what the act of this request rests on.

A phone tells both the time at which it was said and the time at which it is sent, by its own clock. Only their
difference counts, so that a clock that is wrong, or a business time that was moved, changes nothing.

It is what somebody says, so it is believed no further than a weekend without signal. Deadlines, money and what comes
first rest on the time of arrival; both times are kept.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

SAID, SENT = "x-captured-at", "x-sent-at"
LONGEST = timedelta(hours=72)
_age: ContextVar[timedelta | None] = ContextVar("captured_age", default=None)


def age() -> timedelta | None:
    """How long the act of this request has waited on the phone; None for one that did not say so."""
    return _age.get()


def age_in(headers: Mapping[str, str]) -> timedelta | None:
    """What two headers tell, as `waited_until` bounds it; None when one is missing or is no time."""
    try:
        said, sent = (datetime.fromisoformat(headers[name]) for name in (SAID, SENT))
        return waited_until(sent, said=said)
    except (KeyError, ValueError, TypeError):
        return None


def waited_until(sent: datetime, *, said: datetime) -> timedelta:
    """How long ago something was said when it was sent, by the same clock: not in the future, nor longer than 72 h."""
    return min(max(sent - said, timedelta(0)), LONGEST)


@contextmanager
def waited(headers: Mapping[str, str]) -> Iterator[None]:
    """In this block `age` answers what the headers of a request tell."""
    token = _age.set(age_in(headers))
    try:
        yield
    finally:
        _age.reset(token)
