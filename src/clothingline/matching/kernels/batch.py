"""Many orders one after the other, each with its own limit: what two threads do at the same time."""

from __future__ import annotations

from typing import Any

from numba import njit

from .search import best_plans
from .tables import DEADLINE, DUE, NEVER, ORDER, Desk, Free, Proposals, Rows, World


@njit(cache=True, nogil=True)
def propose(
    world: World, ask: Any, orders: Any, free: Free, price: Free, limit: Any, out: Proposals, desk: Desk
) -> None:
    """The best plans of orders (n,) below limits (n,), each as if it were alone. `ask`: how all of them ask; the
    order's own columns are set here."""
    for at in range(len(orders)):
        order = orders[at]
        ask[:16] = world.order[order]
        ask[ORDER], ask[DEADLINE] = order, world.order[order, DUE]
        out.value[at, :] = limit[at]
        out.place[at, :, :], out.maker[at, :, :], out.floor[at] = -1, -1, NEVER
        rows = Rows(out.value[at], out.place[at], out.maker[at], out.pieces[at], out.floor[at : at + 1])
        best_plans(world, ask, free, price, rows, desk)
