"""Will it be on time? What the plan promised, against what is still open today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clothingline.web.words import later

CAUSES = {
    "cut": later("kain belum dipotong"),
    "cloth": later("menunggu kain"),
    "machine": later("mesin sedang diperbaiki"),
    "illness": later("penjahit berhalangan"),
    "question": later("menunggu jawaban merek"),
    "sewing": later("jahitan belum selesai"),
    "packing": later("belum diserahkan ke kurir"),
    "courier": later("masih di perjalanan"),
}
ENDED = ("delivered", "accepted", "cancelled")
PASSED = ("passed", "handed_over")


@dataclass(frozen=True)
class Work:
    """What one maker still owes: the state of the job, the day of the plan, the day of now, and what stops it."""

    state: str
    planned_on: date
    due_on: date
    problem: str | None = None

    def behind(self, today: date) -> int:
        """Days by which it comes after the plan; 0 when it is through."""
        return 0 if self.state in PASSED else max((max(self.due_on, today) - self.planned_on).days, 0)


@dataclass(frozen=True)
class Promise:
    """The promised day; by how many days it is likely to be missed, and why (a key of `CAUSES`)."""

    on: date
    late_days: int = 0
    cause: str = ""


def promise(
    state: str, *, on: date, usual_on: date, timeline: Mapping[str, Any], works: Sequence[Work], today: date
) -> Promise:
    """What is to be expected of an order in this `state`.

    The plan has some days between the usual arrival and the promise; whatever is behind takes of them first.
    """
    if state in ENDED:
        return Promise(on)
    days, cause = _behind(state, timeline, works, today)
    late = (max(usual_on + timedelta(days=days), today) - on).days
    return Promise(on, late, cause) if late > 0 else Promise(on)


def _behind(state: str, timeline: Mapping[str, Any], works: Sequence[Work], today: date) -> tuple[int, str]:
    if state == "shipped":
        return 0, "courier"
    if state == "ready":
        return _past(timeline.get("finished"), today), "packing"
    if state != "in_production":
        return _past(timeline.get("cut"), today), "cut"
    slowest = max(works, key=lambda one: one.behind(today), default=None)
    return (slowest.behind(today), slowest.problem or "sewing") if slowest else (0, "sewing")


def _past(day: str | None, today: date) -> int:
    return max((today - date.fromisoformat(day)).days, 0) if day else 0
