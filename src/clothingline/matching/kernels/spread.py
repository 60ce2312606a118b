"""Spreading an order over several makers at one place: by hand for long runs, by a dynamic programme for short ones."""

from __future__ import annotations

from typing import Any

from .compiling import inlined, kernel
from .gather import gather
from .refill import refill, remember
from .sewing import risk_at, weeks_value
from .tables import (
    BASE,
    CUSHION,
    DEADLINE,
    DUE,
    EXACT,
    LEAST,
    MILLI,
    MOST,
    NEVER,
    PIECES,
    PRICED,
    SET_UP,
    Bench,
    Sewers,
    Shares,
)

FEW = 6
"""Makers beyond those who fill an order that are looked at first."""
KNOWN = 16
"""Makers beyond those who fill it at the widest window of a brand that are known from then on."""
WORK = 3_000_000
"""Steps that a programme may take."""
HALVES = 4
"""Tolls that are tried between one with too many makers and one with few enough; the bound is concave in the toll, with
the makers that the fill uses beyond those who may share as its slope."""
TOLLS = 8
"""Tolls that are tried at most: 2ⁿ − 1 times the least set-up of a maker, for n = 0 … 7. Where even those with the most
room are too many, every toll leads on, until the bound reaches the limit."""


@kernel
def widest_spread(sewers: Sewers, ask: Any, place: tuple[int, int, int, int], limit: float, bench: Bench) -> float:
    """A lower bound on all spreads when kits leave no sooner, and on single makers too, for the share of one is among
    those that a fill allows; those who may share are known from then on."""
    step, toll, low = ask[DUE] - ask[DEADLINE], 0.0, 0.0
    bench.known.size[0] = 0
    for _ in range(TOLLS):
        wanted = (step, KNOWN, toll)
        bound, _, left_out = gather(sewers, ask, place, wanted, limit, bench)
        low = max(low, bound)
        if low >= limit:
            break
        remember(bench, place, wanted, left_out)
        if bench.shares.beyond[0] <= ask[MOST]:
            break
        toll = _raised(ask, toll)
    return low


@inlined
def _raised(ask: Any, toll: float) -> float:
    return 2 * toll + MILLI * (ask[SET_UP] + 2 * ask[BASE])


@kernel
def best_spread(sewers: Sewers, ask: Any, place: tuple[int, int, int, int], limit: int, at: int, bench: Bench) -> None:
    """Write the best spread at a place into the memo, where it is below the limit; else NEVER, with the lower bound."""
    spread, floor = bench.memo.spread[at], float(NEVER)
    spread[0], spread[2] = NEVER, 0
    spare = ask[DUE] - ask[DEADLINE]
    safest, widest = max(ask[CUSHION], spare), 0.0
    for step in range(safest, spare - 1, -1):
        risk = risk_at(ask, step)
        best = float(min(limit, spread[0]) - risk)
        if step == safest - 1:
            widest = refill(sewers, ask, place, (spare, 0, bench.known.beyond[1]), best, bench)[0]
        if widest >= best:
            floor = min(floor, risk + widest)
            break
        floor = min(floor, risk + _spread_by(sewers, ask, place, (step, risk, best), at, bench))
    spread[1] = int(floor)


@kernel
def _spread_by(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    by: tuple[int, int, float],
    at: int,
    bench: Bench,
) -> float:
    """Enter a good spread for a delivery so many days before the due day; a lower bound on all of them. `by`: these
    days, their risk, and the limit without it.

    More makers than may share the order call for a toll. Where the best of all is wanted, a programme over those who
    were gathered follows; whoever was left out costs at least `left_out` a piece where the dearest piece of the fill
    costs `dearest`, so that a spread with him costs `low` + `least` · (`left_out` − `dearest`) or more."""
    step, risk, limit = by
    spread, low, toll, spare = bench.memo.spread[at], 0.0, bench.known.beyond[1], FEW
    for _ in range(TOLLS):
        bound, dearest, left_out = refill(sewers, ask, place, (step, spare, toll), limit, bench)
        if bench.shares.size[2] == 0 and bound < limit:
            bound, dearest, left_out = gather(sewers, ask, place, (step, spare, toll), limit, bench)
        low = max(low, bound)
        if low >= limit:
            return limit
        _share_best(sewers, ask, bench, (step, risk), at)
        if bench.shares.beyond[0] <= ask[MOST]:
            break
        toll = _raised(ask, toll)
    lower, upper = bench.known.beyond[5], toll
    for _ in range(HALVES):
        if upper - lower < MILLI or bench.shares.size[2] == 0:
            break
        toll = (lower + upper) / 2
        bound, dearest, left_out = refill(sewers, ask, place, (step, spare, toll), limit, bench)
        low = max(low, bound)
        if low >= limit:
            return limit
        _share_best(sewers, ask, bench, (step, risk), at)
        if bench.shares.beyond[0] > ask[MOST]:
            lower = toll
        else:
            upper = toll
    while ask[EXACT] and spread[0] - risk > low + 2 and _small(ask, bench):
        value = _programme(sewers, ask, bench)
        if value + risk < spread[0]:
            _remember(bench, at, value + risk, step)
        if bound + ask[LEAST] * (left_out - dearest) >= min(value, limit):
            return min(float(value), limit)
        if spare >= len(bench.shares.rank):
            break
        spare *= 4
        bound, dearest, left_out = gather(sewers, ask, place, (step, spare, toll), limit, bench)
    return low


@kernel
def _share_best(sewers: Sewers, ask: Any, bench: Bench, by: tuple[int, int], at: int) -> None:
    """Share the order out to those who were gathered, and keep that where it is better."""
    value = _share_out(sewers, ask, bench.shares) + by[1]
    if value < bench.memo.spread[at, 0]:
        _remember(bench, at, value, by[0])


@kernel
def _remember(bench: Bench, at: int, value: int, step: int) -> None:
    memo, shares, count = bench.memo, bench.shares, 0
    memo.shares[at, 0, :] = -1
    for place in range(shares.size[1]):
        number = shares.rank[place]
        if shares.pieces[number] > 0:
            memo.shares[at, 0, count], memo.shares[at, 1, count] = shares.term[number, 0], shares.pieces[number]
            count += 1
    memo.spread[at, 0], memo.spread[at, 2] = value, step


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
def _share_out(sewers: Sewers, ask: Any, shares: Shares) -> int:
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


@kernel
def _small(ask: Any, bench: Bench) -> bool:
    """Whether the programme's table holds every state."""
    makers, most = bench.shares.size[1], min(ask[MOST], bench.shares.size[1])
    states = (makers + 1) * (most + 1) * (ask[PIECES] + 1)
    return states <= len(bench.table) and states * ask[PIECES] <= WORK


@kernel
def _programme(sewers: Sewers, ask: Any, bench: Bench) -> int:
    """The best spread over two or more of the makers who have a rank; state: makers looked at, makers used, pieces
    given away. Writes the pieces of each when it is better than what stands there."""
    shares, pieces = bench.shares, ask[PIECES]
    makers, most = shares.size[1], min(ask[MOST], shares.size[1])
    table = bench.table[: (makers + 1) * (most + 1) * (pieces + 1)].reshape(makers + 1, most + 1, pieces + 1)
    table[0, :, :] = NEVER
    table[0, 0, 0] = 0
    for at in range(makers):
        term = shares.term[shares.rank[at]]
        for used in range(most + 1):
            for given in range(pieces + 1):
                table[at + 1, used, given] = table[at, used, given]
        for count in range(ask[LEAST], term[4] + 1):
            value = share_value(sewers, ask, term, count)
            for used in range(most):
                for given in range(pieces - count + 1):
                    table[at + 1, used + 1, given + count] = min(
                        table[at + 1, used + 1, given + count], table[at, used, given] + value
                    )
    best, used = NEVER, 0
    for count in range(2, most + 1):
        if table[makers, count, pieces] < best:
            best, used = table[makers, count, pieces], count
    if best < NEVER:
        _walk_back(sewers, ask, shares, table, used)
    return best


@kernel
def _walk_back(sewers: Sewers, ask: Any, shares: Shares, table: Any, used: int) -> None:
    """Read the pieces of each maker off the programme's table."""
    given = ask[PIECES]
    shares.pieces[: shares.size[0]] = 0
    for at in range(shares.size[1] - 1, -1, -1):
        number = shares.rank[at]
        now = table[at + 1, used, given]
        if now == table[at, used, given]:
            continue
        for count in range(ask[LEAST], shares.term[number, 4] + 1):
            value = share_value(sewers, ask, shares.term[number], count)
            if count <= given and table[at, used - 1, given - count] + value == now:
                shares.pieces[number] = count
                used, given = used - 1, given - count
                break
