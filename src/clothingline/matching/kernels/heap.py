"""A binary heap of (key, item), smallest key first; among equal keys the order is fixed by the pushes."""

from __future__ import annotations

from .compiling import kernel
from .tables import Heap


@kernel
def push(heap: Heap, key: float, item: int) -> None:
    """Enter an item. The arrays must be long enough."""
    at = heap.size[0]
    heap.size[0] = at + 1
    while at > 0:
        above = (at - 1) >> 1
        if heap.key[above] <= key:
            break
        heap.key[at], heap.item[at] = heap.key[above], heap.item[above]
        at = above
    heap.key[at], heap.item[at] = key, item


@kernel
def pop(heap: Heap) -> tuple[float, int]:
    """Take the item with the smallest key from a heap that is not empty: (key, item)."""
    top_key, top_item = heap.key[0], heap.item[0]
    last = heap.size[0] - 1
    heap.size[0] = last
    key, item, at = heap.key[last], heap.item[last], 0
    while 2 * at + 1 < last:
        below = 2 * at + 1
        if below + 1 < last and heap.key[below + 1] < heap.key[below]:
            below += 1
        if heap.key[below] >= key:
            break
        heap.key[at], heap.item[at] = heap.key[below], heap.item[below]
        at = below
    heap.key[at], heap.item[at] = key, item
    return top_key, top_item
