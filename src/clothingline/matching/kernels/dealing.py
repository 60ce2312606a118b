"""Giving the pieces of an order to those who may share it, by hand: good, and soon done."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .sewing import weeks_value
from .tables import LEAST, MOST, NEVER, PIECES, PRICED, Sewers, Shares


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
    """Give the pieces to the makers by rank, as much as each can take; the rest to whom it costs least. NEVER when
    there is no way within the most makers."""
    missing, used = ask[PIECES], 0
    shares.pieces[: shares.size[0]] = 0
    for place in range(shares.size[1]):
        number = shares.rank[place]
        if used == ask[MOST] or missing < shares.term[number, 4]:
            break
        shares.pieces[number] = shares.term[number, 4]
        missing -= shares.term[number, 4]
        used += 1
    if missing > 0 and used == ask[MOST]:
        missing = _exchanged(shares, missing)
    elif missing > 0:
        missing = _placed(sewers, ask, shares, missing)
    if missing > 0:
        return NEVER
    return _total(sewers, ask, shares)


@kernel
def _total(sewers: Sewers, ask: Any, shares: Shares) -> int:
    value, used = 0, 0
    for number in range(shares.size[0]):
        if shares.pieces[number] > 0:
            value += share_value(sewers, ask, shares.term[number], shares.pieces[number])
            used += 1
    return value if 1 < used <= ask[MOST] else NEVER


@kernel
def _placed(sewers: Sewers, ask: Any, shares: Shares, missing: int) -> int:
    """Give the last pieces to the maker to whom they are worth least; a share that is too small takes pieces over from
    the others. What is still missing."""
    best, chosen = NEVER, -1
    for place in range(shares.size[1]):
        number = shares.rank[place]
        if shares.pieces[number] == 0 and shares.term[number, 4] >= max(missing, ask[LEAST]):
            value = share_value(sewers, ask, shares.term[number], max(missing, ask[LEAST]))
            if value < best:
                best, chosen = value, number
    if chosen < 0:
        return missing
    over = max(ask[LEAST] - missing, 0)
    shares.pieces[chosen] = missing + over
    for place in range(shares.size[1] - 1, -1, -1):
        number = shares.rank[place]
        if number != chosen and over > 0:
            give = min(over, max(shares.pieces[number] - ask[LEAST], 0))
            shares.pieces[number] -= give
            over -= give
    return over


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
