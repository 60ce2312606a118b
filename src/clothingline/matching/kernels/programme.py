"""The best spread of a short run over those who may share it: a dynamic programme."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .dealing import share_value
from .tables import LEAST, MOST, NEVER, PIECES, Bench, Sewers, Shares

WORK = 3_000_000
"""Steps that a programme may take."""


@kernel
def small(ask: Any, bench: Bench) -> bool:
    """Whether the programme's table holds every state."""
    makers, most = bench.shares.size[1], min(ask[MOST], bench.shares.size[1])
    states = (makers + 1) * (most + 1) * (ask[PIECES] + 1)
    return states <= len(bench.table) and states * ask[PIECES] <= WORK


@kernel
def programme(sewers: Sewers, ask: Any, bench: Bench) -> int:
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
