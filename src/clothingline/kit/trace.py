"""The request (or job) that is being served, so that every log line and event can name it."""

from contextvars import ContextVar

from clothingline.kit.ids import new_id, show

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def begin(given: str | None = None) -> str:
    """Start a trace; returns its id (`req_…`), the caller's own when it is a sane one."""
    sane = (
        given is not None and len(given) <= 64 and given.isascii() and given.replace("_", "").replace("-", "").isalnum()
    )
    chosen = given if sane and given else show("req", new_id())
    _current.set(chosen)
    return chosen


def request_id() -> str | None:
    """The id of the trace in progress."""
    return _current.get()
