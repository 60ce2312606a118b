"""The best plans of an order so far, in their order."""

from __future__ import annotations

from .compiling import kernel
from .tables import Rows


@kernel
def keep_row(rows: Rows, value: int, place: tuple[int, int, int], whole: tuple[int, int, int]) -> int:
    """Enter a plan that is below the worst; of two with one brand, lot and maker (−1: several) the better stays. Where
    it stands now, −1 when it does not. `whole`: maker, days before the due day, pieces."""
    brand, lot, start = place
    at = len(rows.value) - 1
    for same in range(len(rows.value)):
        if rows.place[same, 0] == brand and rows.place[same, 1] == lot and _maker(rows, same) == whole[0]:
            if rows.value[same] <= value:
                return -1
            at = same
    while at > 0 and rows.value[at - 1] > value:
        _move_row(rows, at - 1, at)
        at -= 1
    rows.value[at] = value
    rows.place[at, 0], rows.place[at, 1], rows.place[at, 2] = brand, lot, start
    rows.place[at, 3], rows.place[at, 4] = whole[1], 1
    rows.maker[at, 0], rows.pieces[at, 0] = whole[0], whole[2]
    return at


@kernel
def _maker(rows: Rows, at: int) -> int:
    return rows.maker[at, 0] if rows.place[at, 4] == 1 else -1


@kernel
def _move_row(rows: Rows, source: int, target: int) -> None:
    rows.value[target] = rows.value[source]
    for column in range(rows.place.shape[1]):
        rows.place[target, column] = rows.place[source, column]
    for share in range(rows.maker.shape[1]):
        rows.maker[target, share], rows.pieces[target, share] = rows.maker[source, share], rows.pieces[source, share]
