"""Lots for an order at a brand, the least value first."""

from __future__ import annotations

from typing import Any

from .compiling import inlined, kernel
from .forest import THING, push_below
from .heap import pop, push
from .legs import leg_idr, metres, per_metre
from .makers import barred
from .tables import (
    BASE,
    CM,
    KEY,
    L_LARGE,
    L_LEAST,
    L_PRICE,
    LOT,
    MILLI,
    NEVER,
    ORDER,
    PIECES,
    Q_FIXED,
    Q_LEAST,
    Q_METRE,
    Q_MOST,
    Q_PPM,
    Q_RATE,
    Q_ROOM,
    Q_UNIT,
    Q_WEEKS,
    Heap,
    Shelf,
    X,
    Y,
)

EXACT = THING << 1
"""The key of such an item is its value, not a bound."""


@kernel
def cloth_query(ask: Any, x: int, y: int, query: Any) -> None:
    """What an order asks of the lots for a brand at a spot."""
    need = ask[PIECES] * ask[CM]
    query[0], query[1], query[2], query[3] = x, x, y, y
    query[Q_FIXED], query[Q_METRE] = MILLI * ask[BASE], per_metre(ask)
    query[Q_RATE], query[Q_ROOM], query[Q_LEAST] = need, need, 1
    query[Q_UNIT], query[Q_PPM], query[Q_MOST], query[Q_WEEKS] = 0, 0, 0, 0


@inlined
def bought(ask: Any, lot: Any) -> int:
    """Centimetres that an order buys from a lot: what it needs, at least the least cut."""
    return max(ask[PIECES] * ask[CM], lot[L_LEAST])


@kernel
def next_lot(shelf: Shelf, ask: Any, query: Any, limit: float, heap: Heap) -> tuple[int, int]:
    """The next lot by rising value, with that value (cloth, its leg, its price); −1 when none is below the limit."""
    keys, rows, tree = shelf.keys, shelf.row, ask[KEY]
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if bound >= limit:
            break
        if item < THING:
            push_below(keys, tree, query, item, limit, heap)
            continue
        lot = keys.thing[item & (THING - 1)]
        value = _value(ask, rows[lot], query, shelf.left[lot], shelf.price[lot], shelf.large[lot])
        if item >= EXACT:
            return value, lot
        mine = ask[LOT] < 0 or ask[LOT] == lot
        if value < limit and mine and not barred(shelf.barred, ask[ORDER], lot):
            push(heap, value, EXACT | item)
    return NEVER, -1


@kernel
def _value(ask: Any, lot: Any, query: Any, free_cm: int, price_cm: int, large: int) -> int:
    """Cloth, its leg, its price and that of more than half of it; NEVER when there is too little. Bounds leave the last
    one out, for it is not negative."""
    cm = bought(ask, lot)
    if cm > free_cm:
        return NEVER
    straight = metres(lot[X] - int(query[0]), lot[Y] - int(query[2]))
    return (
        MILLI * ((lot[L_PRICE] * cm + 99) // 100 + leg_idr(ask, straight))
        + price_cm * cm
        + large * (cm >= lot[L_LARGE])
    )
