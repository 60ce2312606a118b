"""What it is worth that one maker sews a share: window, weeks, and the exact value in thousandths of a rupiah."""

from __future__ import annotations

from typing import Any

from .compiling import inlined, kernel
from .legs import leg_days, leg_idr, metres
from .tables import (
    CUSHION,
    DEADLINE,
    DEFECT,
    DUE,
    FAIR,
    LATE,
    M_CREDIT,
    M_EFFICIENCY,
    M_PPM,
    M_RATE,
    M_REACH,
    MILLI,
    NEVER,
    PIECES,
    PPM,
    PRICED,
    SECONDS,
    SET_UP,
    STEER,
    X,
    Y,
)

OUT, BACK = 2, 3
"""Of a place (x, y, …): the day on which kits leave it, the last day back there for a delivery on the due day."""


@kernel
def offer_of(ask: Any, place: tuple[int, int, int, int], maker: Any) -> tuple[int, int, int, int, int]:
    """A maker's terms: value of a piece, value of set-up and both legs (NEVER when the brand is out of its reach),
    seconds of a piece, first and last day of sewing for a delivery on the due day."""
    straight = metres(maker[X] - place[0], maker[Y] - place[1])
    if straight > maker[M_REACH]:
        return 0, NEVER, 1, 0, -1
    pay = (ask[SECONDS] * maker[M_RATE] + 59) // 60
    defects = (maker[M_PPM] * ask[DEFECT] + 999_999) // 1_000_000
    credit = pay * maker[M_CREDIT] * ask[FAIR] // 1_000_000
    unit = MILLI * (pay + ask[STEER] * (defects - credit)) + ask[PPM] * maker[M_PPM]
    fixed = MILLI * (ask[SET_UP] + 2 * leg_idr(ask, straight))
    seconds = (ask[SECONDS] * 1_000 + maker[M_EFFICIENCY] - 1) // maker[M_EFFICIENCY]
    days = leg_days(ask, straight)
    return unit, fixed, seconds, place[OUT] + days, place[BACK] - days


@inlined
def risk_at(ask: Any, step: int) -> int:
    """Value of the risk of a delivery so many days before the due day."""
    return ask[STEER] * MILLI * ask[LATE] * ask[PIECES] * max(ask[CUSHION] - step, 0)


@inlined
def cap(left: Any, day: Any, week: int, first: int, last: int) -> int:
    """Seconds of a week between two days, no more than is left of it."""
    days = min(last, 7 * week + 6) - max(first, 7 * week) + 1
    if days <= 0:
        return 0
    return max(min(days * day[week], left[week]), 0)


@kernel
def window(left: Any, day: Any, first: int, last: int) -> int:
    """All seconds between two days; `left`, `day` (weeks,): what is left of each week, and seconds of one of its
    days."""
    total = 0
    for week in range(first // 7, min(last // 7, len(left) - 1) + 1):
        total += cap(left, day, week, first, last)
    return total


@kernel
def weeks_value(left: Any, day: Any, price: Any, need: int, first: int, last: int) -> int:
    """The value of `need` seconds in the cheapest weeks between two days, the earlier first among equals; NEVER when
    they do not fit."""
    low, high = first // 7, min(last // 7, len(left) - 1)
    total, done = 0, -1
    while need > 0:
        cheapest = NEVER
        for week in range(low, high + 1):
            if done < price[week] < cheapest:
                cheapest = price[week]
        if cheapest == NEVER:
            return NEVER
        for week in range(low, high + 1):
            if price[week] == cheapest:
                take = min(need, cap(left, day, week, first, last))
                total += take * cheapest
                need -= take
        done = cheapest
    return total


@kernel
def whole_value(ask: Any, offer: tuple[int, int, int, int, int], left: Any, day: Any, price: Any) -> tuple[int, int]:
    """The least value of giving all pieces to one maker, and the days before the due day on which that delivers; NEVER
    when it has not the time."""
    unit, fixed, seconds, first, last = offer
    need, base = ask[PIECES] * seconds, fixed + ask[PIECES] * unit
    best, at = NEVER, 0
    spare = ask[DUE] - ask[DEADLINE]
    for step in range(max(ask[CUSHION], spare), spare - 1, -1):
        value = base + risk_at(ask, step)
        if value >= best:
            break
        if window(left, day, first, last - step) < need:
            continue
        if ask[PRICED]:
            value += weeks_value(left, day, price, need, first, last - step)
        if value < best:
            best, at = value, step
    return best, at
