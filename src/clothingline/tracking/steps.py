"""The six steps of an order as its consumer sees them, and where it stands among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clothingline.tracking.moments import Moment
from clothingline.web.words import later

TITLES: Mapping[str, str] = {
    "paid": later("Dibayar"),
    "prepared": later("Disiapkan"),
    "sewn": later("Dijahit"),
    "checked": later("Diperiksa"),
    "sent": later("Dikirim"),
    "done": later("Selesai"),
}
# How many steps lie behind an order in each state.
BEHIND: Mapping[str, int] = {
    "placed": 1,
    "action_required": 1,
    "confirmed": 1,
    "in_production": 2,
    "ready": 4,
    "shipped": 4,
    "delivered": 5,
    "accepted": 6,
}
SEWN = ("submitted", "passed", "handed_over")
# Which day of the plan a step is expected on.
PLANNED = {"prepared": "cut", "sewn": "sewn", "checked": "finished", "sent": "usual", "done": "promised"}


@dataclass(frozen=True)
class StepSeen:
    """A step: `state` is done, now, later or trouble; `day` is when it is expected while it is open."""

    title: str
    state: str
    day: date | None
    moments: Sequence[Moment]


def steps(state: str, *, jobs: Sequence[str], timeline: Mapping[str, Any], moments: Sequence[Moment]) -> list[StepSeen]:
    """The six steps of an order in this `state`, with the states of its jobs and what has happened."""
    done = behind(state, jobs)
    return [
        StepSeen(title, _state(number, done, state), _day(code, number < done, timeline), _of(code, moments))
        for number, (code, title) in enumerate(TITLES.items())
    ]


def behind(state: str, jobs: Sequence[str]) -> int:
    """How many steps lie behind it; sewing does as soon as every maker has handed in."""
    sewn = state == "in_production" and bool(jobs) and all(one in SEWN for one in jobs)
    return BEHIND.get(state, 0) + sewn


def _state(number: int, done: int, state: str) -> str:
    if number < done:
        return "done"
    if state == "cancelled" or number > done:
        return "later"
    return "trouble" if state == "action_required" else "now"


def _day(code: str, done: bool, timeline: Mapping[str, Any]) -> date | None:
    planned = None if done else timeline.get(PLANNED.get(code, ""))
    return date.fromisoformat(planned) if planned else None


def _of(code: str, moments: Sequence[Moment]) -> list[Moment]:
    return [one for one in moments if one.step == code]
