"""What the kernels read: rows of whole numbers, each kind of thing in the order of a curve that keeps neighbours
together.

Columns of rows have names. A function that runs in an inner loop takes plain arrays: to hand it a tuple of arrays costs
more than what it does.
"""

from __future__ import annotations

from typing import Any, NamedTuple

NEVER = 1 << 60
"""The value of what cannot be; sums of two still fit."""
FAR = 1e18
"""The bound of what cannot be."""
MILLI = 1_000
FAN = 8
"""Children of a node, and things in a leaf."""
MAKERS = 1_024
"""Makers whose terms for a share of one order are looked at."""

X, Y = 0, 1
PIECES, SECONDS, FAMILY, CM, READY, DUE, RESERVE, MOST, LEAST, KIND, KEY = range(2, 13)
BRAND, LOT = 13, 14
"""Of an order: brand and lot that it is bound to, −1 for none."""
SET_UP, BASE, PER_KM, DETOUR, PER_DAY, DEFECT, LATE, CUSHION, FAIR, SLACK_CUT, SLACK_SEW, SLACK_SHIP, WAIT = range(
    16, 29
)
"""Of a question: the weights of `Params`."""
ORDER, DEADLINE, STEER, PPM, PRICED, EXACT, PATIENCE = range(29, 36)
"""Of a question: number of the order · last day of delivery · 0 when only what is paid counts · value of a millionth
of a defect of a piece · 1 when prices are not all zero · 1 when spreads must be the best of all · brands that are
looked at before the rest is left to its bound (0: all)."""
ASK = 36

B_FEE, B_CUT, B_FINISH, B_FAMILIES, B_WEEK = range(2, 7)
B_LARGE = 8
"""Of a brand: from here on, for each week, the fewest pieces that are more than half of what is free."""
L_PRICE, L_LEAD, L_LEAST, L_LARGE = range(2, 6)
"""Of a lot: L_LARGE: the fewest centimetres that are more than half of what is free."""
M_REACH, M_RATE, M_EFFICIENCY, M_PPM, M_CREDIT = range(2, 7)

N_X0, N_X1, N_Y0, N_Y1, N_RATE, N_UNIT, N_SHARE, N_PPM, N_LEAST, N_ROOM, N_REACH = range(11)
"""Of a node: its box; the least of all below it of rates, of the value of a piece at the shortest work of its kind, of
that with a part of the set-up, of defects, and of the value of the least cut of a lot; the most room and the farthest
reach. Rates hold the least price of a week or of cloth, in a view with prices. Of makers there follows the most room
on one day of each week."""
NODE = 11
Q_FIXED, Q_METRE, Q_RATE, Q_PPM, Q_ROOM, Q_MOST, Q_WORK, Q_UNIT, Q_OVER, Q_TOLL, Q_LEAST = range(4, 15)
Q_WEEK, Q_WEEKS, Q_HEAD, Q_TAIL = range(15, 19)
"""Of a query, behind the box of who asks: its constant value; the values of a metre, of a rate and a defect of one; the
least room; for shares, whose values are those of a piece, the most pieces (else 0) and the room that one takes. For
nodes, where Q_UNIT is not 0: the value of a unit and of a rate over it. For shares a toll on each maker, which steers
toward fewer. For lots 1 where the least cut counts. Last the weeks whose room counts: the first and how many (0: all
room), and the days that count of the first and of the last, if that is another."""
QUERY = 19


FIRST, GIVEN, NEXT, TAKEN = range(4)
"""Of a share, in pieces of it: those that cost least on average, with set-up and legs; those that a fill was offered so
far; the same with those that come next; those that it took."""


class Forest(NamedTuple):
    """Trees over lists of things, one tree a list, all in one array of nodes.

    `thing` (T,): the lists one after the other · `until` (T,): last day on which a thing counts · `first` (lists + 1,):
    where each list begins · `level` (lists, levels + 1): where each level of nodes begins in `node` (N, 11 or
    more), the leaves first; a tree has as many levels as `depth` (lists,) says · `row` (things, as many): each thing by
    itself, as a node · `shortest` (lists,): the least standard seconds of a piece that is asked of a list.
    """

    thing: Any
    until: Any
    first: Any
    level: Any
    depth: Any
    node: Any
    row: Any
    shortest: Any


class Cells(NamedTuple):
    """Bounds for cells of brands that stand together; cell c holds the brands from c · SIZE to before (c + 1) · SIZE.
    Behind the cells stand areas of up to SIZE cells, then areas of areas, until so few are left that all are looked at:
    what is a bound for everything below them. `level` (levels + 1,): where each level begins, the cells first.

    `box` (cells, 4) · `fee` (cells, 64, p): least fee by family of the brands that cut `pieces_at` (p,) in some week,
    NEVER for none · `cloth` (cells, keys, a, 3): least
    values of lots with at least the amount `cloth_at` (a,), at that amount and at the next, and at that amount with
    the least cut · `sewing` (cells, kinds, w): least values of one maker for the work `work_at` (w,) · `spread`
    (cells, kinds, s): of any number of makers for `spread_at`."""

    level: Any
    box: Any
    fee: Any
    cloth: Any
    sewing: Any
    spread: Any
    pieces_at: Any
    cloth_at: Any
    work_at: Any
    spread_at: Any


class Free(NamedTuple):
    """`second` (makers, weeks), `piece` (brands, weeks), `cm` (lots,): what is left, or prices in thousandths."""

    second: Any
    piece: Any
    cm: Any


class Scarce(NamedTuple):
    """All scarce things: `Free`, and `large_piece` (brands, weeks), `large_cm` (lots,) for whoever takes more than half
    of what is free of a brand's week or a lot. Only one can: 1 where nobody does yet, or a price in thousandths."""

    second: Any
    piece: Any
    cm: Any
    large_piece: Any
    large_cm: Any


class Bars(NamedTuple):
    """Forbidden pairs, each as order · 2³² + thing, ascending."""

    brand: Any
    lot: Any
    maker: Any


class World(NamedTuple):
    """Everything that does not change while orders are searched: rows, seconds of a single day (makers, weeks), trees
    over the makers of each kind of work and the lots of each kind of cloth, the least days of waiting (keys,) for each
    kind of cloth, cells of brands."""

    rules: Any
    order: Any
    brand: Any
    lot: Any
    maker: Any
    day_seconds: Any
    bars: Bars
    kinds: Forest
    keys: Forest
    soonest: Any
    cells: Cells


class Heap(NamedTuple):
    """A binary heap in arrays: `key` (n,) bounds, `item` (n,), `size` (1,)."""

    key: Any
    item: Any
    size: Any


class Top(NamedTuple):
    """The best makers so far, best first: `value`, `maker`, `step` (k,); the values of empty places are the limit."""

    value: Any
    maker: Any
    step: Any


class Rows(NamedTuple):
    """The best plans so far, best first; the values of empty places are the limit.

    `value` (k,) · `place` (k, 5): brand, lot, day of cutting, days before the due day, number of makers · `maker`,
    `pieces` (k, most): the shares · `floor` (1,): no plan is worth less than the smaller of this and the best row.
    """

    value: Any
    place: Any
    maker: Any
    pieces: Any
    floor: Any


class Houses(NamedTuple):
    """Brands for one question: rows, cells, forbidden pairs, pieces that are left, their prices, and the prices of more
    than half of a week (brands, weeks)."""

    row: Any
    cells: Cells
    barred: Any
    left: Any
    price: Any
    large: Any


class Shelf(NamedTuple):
    """Lots for one question: trees, rows, forbidden pairs, least days of waiting (keys,), cloth that is left, its
    prices, and the prices of more than half of a lot (lots,)."""

    keys: Forest
    row: Any
    barred: Any
    soonest: Any
    left: Any
    price: Any
    large: Any


class Sewers(NamedTuple):
    """Makers for one question: trees, rows, forbidden pairs, seconds of a day, seconds that are left and their prices
    (makers, weeks)."""

    kinds: Forest
    row: Any
    barred: Any
    day: Any
    left: Any
    price: Any


class Memo(NamedTuple):
    """What is known of one brand by day of cutting: `day` (d,), `count` (1,), the columns of `Top` (d, k), and of the
    best spread over several makers `spread` (d, 3): value, lower bound, step; `shares` (d, 2, most): makers, pieces."""

    day: Any
    count: Any
    value: Any
    maker: Any
    step: Any
    spread: Any
    shares: Any


class Shares(NamedTuple):
    """Makers who may share an order. `term` (n, 7): maker, value of a piece, value of set-up and legs, seconds of a
    piece, most pieces, first and last day · `rank` (n,): their numbers by rising value of a piece with its part of the
    set-up · `pieces` (n,) · `amount` (n, 4), in pieces: see `FIRST` · `size` (3,): how many have terms, have a rank,
    and fill the order (0 when nobody knows) · `beyond` (7,): the value of a piece below which nobody was left out, the
    toll, the day on which kits leave, the days before the due day, such a value for a lower toll with that, and the
    toll with which the next brand of this order begins."""

    term: Any
    rank: Any
    pieces: Any
    amount: Any
    size: Any
    beyond: Any


class Bench(NamedTuple):
    """Room to look for makers in: a heap, a query, what is known of one brand (`known`: those who may share at its
    widest window), shares, and a table of states."""

    heap: Heap
    query: Any
    memo: Memo
    known: Shares
    shares: Shares
    table: Any


class Desk(NamedTuple):
    """Room to work in, for one thread."""

    brands: Heap
    lots: Heap
    query: Any
    bench: Bench


class Proposals(NamedTuple):
    """The rows of many orders: `value` (n, k), `place` (n, k, 5), `maker`, `pieces` (n, k, most), `floor` (n,)."""

    value: Any
    place: Any
    maker: Any
    pieces: Any
    floor: Any


class Pool(NamedTuple):
    """Known plans as columns, in the order in which they were found. `owner`, `cost` (c,) · `place` (c, 4): brand, lot,
    day of cutting, days before the due day · `use` (c + 1,), `share` (c + 1,): where each one's uses and shares begin ·
    `thing`, `amount`: the uses · `maker`, `pieces`: the shares · `mark` (c,): what tells two plans of an order apart ·
    `size` (1,)."""

    owner: Any
    cost: Any
    place: Any
    use: Any
    thing: Any
    amount: Any
    share: Any
    maker: Any
    pieces: Any
    mark: Any
    size: Any
