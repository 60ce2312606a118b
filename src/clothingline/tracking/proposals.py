"""What a consumer can say when nothing fits any more: the later days that would help, and what would come of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clothingline.orders.models import Order

GUESS = timedelta(days=14)


@dataclass(frozen=True)
class Proposal:
    """A later last day, and the day by which it is then promised."""

    needed_by: date
    promise_on: date


def proposals(order: Order) -> list[Proposal]:
    """Later days, each of which alone is enough by what the engine has found; the soonest first."""
    return sorted(_later(order), key=lambda one: one.needed_by)


def _later(order: Order) -> Iterator[Proposal]:
    for found in (order.reason or {}).get("would_help", ()):
        [step, *others] = found["steps"]
        if step["limit"] == "due_day" and not others:
            yield Proposal(order.needed_by + timedelta(days=step["value"]), date.fromisoformat(found["promise_on"]))


def first_guess(order: Order) -> date:
    """A later day to begin with where the engine knows of none."""
    return order.needed_by + GUESS
