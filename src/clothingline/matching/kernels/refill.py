"""Filling an order again from makers who were found before: for another day of cutting, an earlier delivery, a higher
toll.

Windows only get narrower by that and tolls higher, so that a piece of nobody gets cheaper: whoever was left out costs
at least what he did, and the toll's rise over all pieces more. He stands in the heap as `REST`. Who was never entered,
because a piece of his alone reached the limit, reaches every later limit of the same order too: limits only fall."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .gather import REST, enter, fill
from .heap import push
from .sewing import OUT
from .tables import PIECES, Bench, Sewers


@kernel
def remember(bench: Bench, place: tuple[int, int, int, int], wanted: tuple[int, int, float], left_out: float) -> None:
    """Keep those who were gathered with a rank among those who are known at a place, for a toll that is higher than
    before."""
    known, shares, before = bench.known, bench.shares, bench.known.size[0]
    if before + shares.size[1] > len(known.term):
        before = 0
    known.size[0] = before
    known.beyond[4], known.beyond[5] = (known.beyond[0], known.beyond[1]) if before else (left_out, wanted[2])
    known.beyond[0], known.beyond[1], known.beyond[2], known.beyond[3] = left_out, wanted[2], place[OUT], wanted[0]
    for at in range(shares.size[1]):
        term, new = shares.term[shares.rank[at]], True
        for other in range(before):
            new &= known.term[other, 0] != term[0]
        if new:
            for column in range(len(term)):
                known.term[known.size[0], column] = term[column]
            known.size[0] += 1


@kernel
def refill(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    wanted: tuple[int, int, float],
    limit: float,
    bench: Bench,
) -> tuple[float, float, float]:
    """The same as `gather`, from those who are known at an earlier day of leaving, a later delivery and lower tolls
    (the last two of them at least).

    Where they do not fill the order, the bound counts all others as if each of them had endless room, and the shares
    say that nobody fills it."""
    known, shares, heap = bench.known, bench.shares, bench.heap
    heap.size[0], shares.size[:] = 0, 0
    later, sooner = place[OUT] - int(known.beyond[2]), wanted[0] - int(known.beyond[3])
    last = 0 if wanted[2] >= known.beyond[1] else 4
    push(heap, known.beyond[last] + (wanted[2] - known.beyond[last + 1]) / ask[PIECES], REST)
    for at in range(known.size[0]):
        term = known.term[at]
        maker, days = term[0], (term[5] + later, term[6] - sooner)
        weeks = (sewers.left[maker], sewers.day[maker], sewers.price[maker])
        enter((maker, term[1], term[2], term[3]), days, ask, weeks, wanted[2], shares, heap)
    return fill(sewers, ask, place, wanted, limit, bench)
