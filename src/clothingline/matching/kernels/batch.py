"""Many orders one after the other, each with its own limit: what two threads do at the same time."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .search import best_plans
from .tables import DEADLINE, DUE, NEVER, ORDER, SET_UP, Desk, Houses, Proposals, Rows, Scarce, Sewers, Shelf, World


@kernel
def propose(
    world: World, ask: Any, orders: Any, free: Scarce, price: Scarce, limit: Any, out: Proposals, desk: Desk
) -> None:
    """The best plans of orders (n,) below limits (n,), each as if it were alone. `ask`: how all of them ask, with
    the days before the due day on which they want delivery as deadline; the order's own columns are set here."""
    houses = Houses(world.brand, world.cells, world.bars.brand, free.piece, price.piece, price.large_piece)
    shelf = Shelf(world.keys, world.lot, world.bars.lot, world.soonest, free.cm, price.cm, price.large_cm)
    sewers = Sewers(world.kinds, world.maker, world.bars.maker, world.day_seconds, free.second, price.second)
    early = ask[DEADLINE]
    for at in range(len(orders)):
        order = orders[at]
        for column in range(SET_UP):
            ask[column] = world.order[order, column]
        ask[ORDER], ask[DEADLINE] = order, world.order[order, DUE] - early
        out.value[at, :] = limit[at]
        out.place[at, :, :], out.maker[at, :, :], out.floor[at] = -1, -1, NEVER
        rows = Rows(out.value[at], out.place[at], out.maker[at], out.pieces[at], out.floor[at : at + 1])
        best_plans(houses, shelf, sewers, ask, rows, desk)
