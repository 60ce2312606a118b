"""Giving the pieces of an order to those who may share it, by hand: good, and soon done."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .sewing import weeks_value
from .tables import FAR, FIRST, LEAST, MOST, NEVER, PIECES, PRICED, TAKEN, Sewers, Shares

TURNS = 8
"""How often somebody may be given further pieces."""


@kernel
def share_value(sewers: Sewers, ask: Any, term: Any, pieces: int) -> int:
    """The exact value of a share."""
    value = term[2] + pieces * term[1]
    if ask[PRICED]:
        maker = term[0]
        left, day, dear = sewers.left[maker], sewers.day[maker], sewers.price[maker]
        value += weeks_value(left, day, dear, pieces * term[3], term[5], term[6])
    return value


@kernel
def share_out(sewers: Sewers, ask: Any, shares: Shares) -> int:
    """Give the makers by rank what the fill took of them, if that is at least what costs least on average; the rest to
    whom it costs least. NEVER when there is no way within the most makers."""
    missing, used = ask[PIECES], 0
    shares.pieces[: shares.size[0]] = 0
    for place in range(shares.size[1]):
        number = shares.rank[place]
        whole = int(shares.amount[number, TAKEN])
        natural = shares.amount[number, TAKEN] >= shares.amount[number, FIRST]
        if used < ask[MOST] and natural and ask[LEAST] <= whole <= missing:
            shares.pieces[number] = whole
            missing, used = missing - whole, used + 1
    for _ in range(TURNS):
        if missing <= 0:
            break
        number, count = _cheapest(sewers, ask, shares, missing, used < ask[MOST])
        if number < 0:
            break
        used += shares.pieces[number] == 0
        shares.pieces[number] += count
        missing -= count
    if missing > 0:
        missing = _exchanged(shares, missing)
    elif missing < 0:
        missing = _given_back(ask, shares, -missing)
    return NEVER if missing > 0 else _total(sewers, ask, shares)


@kernel
def _cheapest(sewers: Sewers, ask: Any, shares: Shares, missing: int, more: bool) -> tuple[int, int]:
    """Who takes further pieces at the least value of one, and how many; −1 when nobody can. `more`: whether somebody
    may be asked who has no share yet; he takes at least the least share."""
    best, chosen, pieces = FAR, -1, 0
    for place in range(shares.size[1]):
        number = shares.rank[place]
        term, has = shares.term[number], shares.pieces[number]
        count = min(missing, term[4] - has)
        if has == 0:
            count = max(count, ask[LEAST]) if more else 0
        if count > 0:
            value = share_value(sewers, ask, term, has + count)
            if has > 0:
                value -= share_value(sewers, ask, term, has)
            if value / count < best:
                best, chosen, pieces = value / count, number, count
    return chosen, pieces


@kernel
def _given_back(ask: Any, shares: Shares, over: int) -> int:
    """Take pieces that are too many from those who came last, down to the least share. What is still too many."""
    for place in range(shares.size[1] - 1, -1, -1):
        number = shares.rank[place]
        give = min(over, max(shares.pieces[number] - ask[LEAST], 0))
        shares.pieces[number] -= give
        over -= give
    return over


@kernel
def _total(sewers: Sewers, ask: Any, shares: Shares) -> int:
    value, used = 0, 0
    for number in range(shares.size[0]):
        if shares.pieces[number] > 0:
            value += share_value(sewers, ask, shares.term[number], shares.pieces[number])
            used += 1
    return value if 1 < used <= ask[MOST] else NEVER


@kernel
def _exchanged(shares: Shares, missing: int) -> int:
    """Put makers with more room in the place of those with the least, until everything is given away."""
    for place in range(shares.size[1]):
        number = shares.rank[place]
        if missing <= 0 or shares.pieces[number] > 0:
            continue
        smallest = -1
        for other in range(shares.size[1]):
            held = shares.rank[other]
            if shares.pieces[held] > 0 and (smallest < 0 or shares.pieces[held] < shares.pieces[smallest]):
                smallest = held
        if smallest >= 0 and shares.term[number, 4] > shares.pieces[smallest]:
            shares.pieces[number] = min(shares.term[number, 4], shares.pieces[smallest] + missing)
            missing -= shares.pieces[number] - shares.pieces[smallest]
            shares.pieces[smallest] = 0
    return missing
