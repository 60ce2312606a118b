"""Lays a problem out for the kernels: rows along a curve, trees over who may sew and what may be cut, cells of
brands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .areas import cells_of, lift_all
from .curve import along, distance, square_of
from .kernels.cells import fill_cloth, fill_sewing, fill_spread
from .kernels.forest import fill
from .kernels.tables import (
    ASK,
    KEY,
    KIND,
    MAKERS,
    MOST,
    PIECES,
    SECONDS,
    SET_UP,
    WAIT,
    Bars,
    Free,
    Heap,
    World,
)
from .params import Params
from .problem import Makers, Orders, Problem
from .rows import Bounds, brand_rows, highest_rate, lot_bounds, lot_rows, maker_bounds, maker_rows, table
from .trees import forest

Whole = NDArray[np.int64]
THREADS = 2


@dataclass(frozen=True, eq=False)
class Numbers:
    """The numbers of the problem's rows (n,) in the order of the world, by table."""

    order: Whole
    brand: Whole
    lot: Whole
    maker: Whole


@dataclass(frozen=True, eq=False)
class Laid:
    """A problem as the kernels read it."""

    world: World
    numbers: Numbers
    free: Free


def lay(problem: Problem, params: Params) -> Laid:
    """Everything that the kernels need of a problem."""
    o, b, x, m = problem.orders, problem.brands, problem.lots, problem.makers
    makers = np.argsort(codes_of(m, square_of(m.x, m.y)), kind="stable")
    numbers = Numbers(along(o.x, o.y), along(b.x, b.y), along(x.x, x.y), makers)
    (kinds, kind), (keys, key) = _kinds(problem, numbers), _keys(problem, numbers)
    free = Free(m.free_seconds[numbers.maker], b.free_pieces[numbers.brand], x.available_cm[numbers.lot])
    shortest = _shortest(o.standard_seconds[numbers.order], kind, len(kinds[0]))
    brand, lot, maker = brand_rows(b)[numbers.brand], lot_rows(x)[numbers.lot], maker_rows(m)[numbers.maker]
    world = World(
        rules=rules_of(params),
        order=_order_rows(problem, numbers, kind, key),
        brand=brand,
        lot=lot,
        maker=maker,
        day_seconds=free.second // 7,
        bars=_bars(problem, numbers),
        kinds=forest(*kinds, maker_bounds(maker, free.second, params, highest_rate(o)), shortest),
        keys=forest(*keys, lot_bounds(lot, free.cm), np.zeros(len(keys[0]), dtype=np.int64)),
        soonest=np.array([x.lead_days[numbers.lot[each]].min(initial=365) for each in keys[0]], dtype=np.int64),
        cells=cells_of(brand, len(kinds[0]), len(keys[0])),
    )
    for tree in (world.kinds, world.keys):
        fill(tree, world.rules)
    bound_cells(world)
    return Laid(world, numbers, free)


def codes_of(makers: Makers, square: tuple[int, int, int]) -> Whole:
    """How far along the curve through a square makers (n,) stand; whoever has no free time at all stands behind all
    others, so that searches for time rarely pass him."""
    idle = ~makers.free_seconds.any(axis=1)
    return distance(makers.x, makers.y, square) + (idle.astype(np.int64) << 40)


def _bars(problem: Problem, numbers: Numbers) -> Bars:
    o = problem.orders
    return Bars(
        _barred(o.forbid_brands, numbers.order, numbers.brand),
        _barred(o.forbid_lots, numbers.order, numbers.lot),
        _barred(o.forbid_makers, numbers.order, numbers.maker),
    )


def rules_of(params: Params) -> Whole:
    """The weights where a question has them (36,)."""
    rules = np.zeros(ASK, dtype=np.int64)
    rules[SET_UP : WAIT + 1] = params.weights
    return rules


def bound_cells(world: World) -> None:
    """Set the bounds of all cells, half of them in each thread, and of the areas."""
    count = int(world.cells.level[1])
    spans = [(count * part // THREADS, count * (part + 1) // THREADS) for part in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(_bound_some, world, span) for span in spans]:
            done.result()
    lift_all(world.cells)


def _bound_some(world: World, span: tuple[int, int]) -> None:
    room = heap_for(world)
    fill_sewing(world.cells, world.kinds, world.rules, span, room)
    fill_spread(world.cells, world.kinds, world.rules, span, longest(world), room)
    fill_cloth(world.cells, world.keys, world.rules, span, room)


def longest(world: World) -> Bounds:
    """The most work (kinds,) in seconds of an order that may be spread, by kind."""
    most, order = np.zeros(len(world.kinds.depth)), world.order
    np.maximum.at(most, order[:, KIND], np.where(order[:, MOST] > 1, order[:, PIECES] * order[:, SECONDS], 0))
    return most


def heap_for(world: World) -> Heap:
    """A heap that holds every node and thing of the largest tree, all weeks of those who may share an order, and every
    brand and cell."""
    trees = (world.kinds, world.keys)
    largest = max((2 * int(np.diff(tree.first).max(initial=0)) for tree in trees), default=0)
    shares = MAKERS * world.day_seconds.shape[1]
    return heap(largest + shares + len(world.brand) + len(world.cells.box) + 16)


def heap(size: int) -> Heap:
    """An empty heap for so many items."""
    return Heap(np.empty(size), np.empty(size, dtype=np.int64), np.zeros(1, dtype=np.int64))


def _order_rows(problem: Problem, numbers: Numbers, kind: Whole, key: Whole) -> Whole:
    o = problem.orders
    brand = np.where(o.pin_brand >= 0, o.pin_brand, o.fixed_brand)
    most = np.minimum(np.minimum(o.max_makers, o.pieces), len(problem.makers))
    columns = (o.x, o.y, o.pieces, o.standard_seconds, o.family, o.cloth_cm, o.ready_day, o.due_day, o.reserve_idr)
    least = np.minimum(o.min_lot, o.pieces)
    fixed = (_renumbered(brand, numbers.brand), _renumbered(o.pin_lot, numbers.lot))
    rows = table(16, *columns, most, least, np.zeros_like(o.x), np.zeros_like(o.x), *fixed)[numbers.order]
    rows[:, KIND], rows[:, KEY] = kind, key
    return rows


def more_orders(problem: Problem, numbers: Numbers, orders: Orders, kind: Whole, key: Whole) -> Whole:
    """Rows of further orders of a problem, of known kinds of work and of cloth (n,)."""
    asked = Problem(orders, problem.brands, problem.lots, problem.makers)
    return _order_rows(asked, replace(numbers, order=np.arange(len(orders))), kind, key)


def _renumbered(values: NDArray[Any], numbers: Whole) -> Whole:
    """Row numbers of the problem as numbers of the world; −1 stays."""
    back = np.empty(len(numbers) + 1, dtype=np.int64)
    back[numbers], back[-1] = np.arange(len(numbers)), -1
    return np.asarray(back[values])


def _barred(pairs: Whole, orders: Whole, things: Whole) -> Whole:
    if not len(pairs):
        return np.zeros(0, dtype=np.int64)
    return np.sort((_renumbered(pairs[:, 0], orders) << 32) + _renumbered(pairs[:, 1], things))


def _kinds(problem: Problem, numbers: Numbers) -> tuple[tuple[list[Whole], list[Whole]], Whole]:
    """Who may sew what is asked for: a list of makers (with the last day of their certificates) for each combination of
    skills, machines and rush; and the list of each order."""
    m, (needs, kind) = problem.makers, needs_of(problem.orders)
    skills, machines, rush = m.skills[numbers.maker], m.machines[numbers.maker], m.rush[numbers.maker]
    lists, untils = [], []
    for need, machine, urgent in needs:
        needed, wanted = np.int64(need).view(np.uint64), np.int64(machine).view(np.uint64)
        fits = np.flatnonzero(((skills & needed) == needed) & ((machines & wanted) == wanted) & (rush >= urgent))
        until = _until(problem, int(needed), numbers.maker[fits])
        lists.append(fits[until >= 0])
        untils.append(until[until >= 0])
    return (lists, untils), kind[numbers.order]


def needs_of(orders: Orders) -> tuple[Whole, Whole]:
    """All combinations (kinds, 3) of skills, machines and rush that are asked for, and that of each order (n,)."""
    columns = (orders.need_skills.view(np.int64), orders.need_machines.view(np.int64), orders.rush.astype(np.int64))
    needs, kind = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    return needs, kind.ravel()


def _until(problem: Problem, need: int, makers: Whole) -> Whole:
    """The last day (n,) on which all certificates of these makers hold; −1 where one is missing."""
    held = problem.makers.skill_until
    until = np.full(len(makers), np.iinfo(np.int32).max, dtype=np.int64)
    for skill in (bit for bit in range(64) if need >> bit & 1):
        until = np.minimum(until, held[makers, skill] if skill < held.shape[1] else -1)
    return until


def _keys(problem: Problem, numbers: Numbers) -> tuple[tuple[list[Whole], list[Whole]], Whole]:
    """Which lots are asked for: a list for each class and colour (−1: any), and the list of each order."""
    x, (wants, key) = problem.lots, wants_of(problem.orders)
    classes, colours = x.cloth_class[numbers.lot], x.colour[numbers.lot]
    lists = [np.flatnonzero((classes == c) & ((colours == colour) | (colour == -1))) for c, colour in wants]
    return (lists, [np.zeros(len(each), dtype=np.int64) for each in lists]), key[numbers.order]


def wants_of(orders: Orders) -> tuple[Whole, Whole]:
    """All combinations (keys, 2) of class and colour that are asked for, and that of each order (n,)."""
    asked = np.stack([orders.cloth_class.astype(np.int64), orders.colour.astype(np.int64)], axis=1)
    wants, key = np.unique(asked, axis=0, return_inverse=True)
    return wants, key.ravel()


def _shortest(seconds: Whole, kind: Whole, kinds: int) -> Whole:
    """The least standard seconds (kinds,) of a piece of each kind."""
    least = np.full(kinds, np.iinfo(np.int64).max)
    np.minimum.at(least, kind, seconds)
    return least
