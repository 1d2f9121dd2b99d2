"""Which numbers of a cross table stay hidden: the small ones, and those that give them away.

The totals of rows and columns are known to every reader, so a single blank is no secret. A hidden
number can be worked out from the totals exactly if, in the graph that has rows and columns as
nodes and hidden cells as edges, its edge lies on no cycle (Gusfield 1988); so each small cell gets
the cheapest cycle of cells to lie on.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from itertools import count
from typing import TypeVar

HIDDEN = "hidden"

Key = int | str | None
Cell = tuple[Key, Key]
K = TypeVar("K", bound=Key)
_Node = tuple[bool, Key]  # whether it is a column, and which


def hidden_cells(counts: Mapping[tuple[K, K], int], smallest: int) -> frozenset[Cell]:
    """Return the cells, by row and column, that must not be shown.

    These are all with 1 to ``smallest`` - 1 customers, and others, empty and small ones first,
    until none of those follows from the totals and what is shown. Rows may be swapped with
    columns: the same cells are hidden. What ``counts`` does not name has no customers.

    >>> counts = {("a", "x"): 4, ("a", "y"): 50, ("b", "x"): 60, ("b", "y"): 70}
    >>> sorted(hidden_cells({**counts, ("a", "z"): 90, ("b", "z"): 80}, smallest=10))
    [('a', 'x'), ('a', 'y'), ('b', 'x'), ('b', 'y')]
    >>> hidden_cells(counts, smallest=4)
    frozenset()
    """
    straight: dict[Cell, int] = dict(counts.items())
    turned: dict[Cell, int] = {(column, row): n for (row, column), n in straight.items()}
    back = {(row, column) for column, row in _hidden(turned, smallest)}
    return frozenset(_hidden(straight, smallest) | back)


def hidden_words(smallest: int) -> str:
    """Return why something is hidden, to stand behind its name.

    >>> hidden_words(10)
    'under 10 customers, or what would give so small a number away'
    """
    return f"under {smallest} customers, or what would give so small a number away"


def _hidden(counts: Mapping[Cell, int], smallest: int) -> set[Cell]:
    grid = _whole(counts)
    small = sorted((cell for cell, n in grid.items() if 0 < n < smallest), key=grid.__getitem__)
    costs = {cell: max(n, 1) for cell, n in grid.items()}
    hidden = set(small)
    for cell in small:
        hidden |= _cycle(grid, {**costs, **dict.fromkeys(hidden, 0)}, cell)
    return hidden


def _whole(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the counts with every combination of a row and a column, in a stated order."""
    rows = sorted({row for row, _ in counts}, key=_order)
    columns = sorted({column for _, column in counts}, key=_order)
    return {(row, column): counts.get((row, column), 0) for row in rows for column in columns}


def _order(key: Key) -> tuple[bool, int, str]:
    return key is None, key if isinstance(key, int) else 0, str(key)


def _cycle(grid: Mapping[Cell, int], costs: Mapping[Cell, int], cell: Cell) -> set[Cell]:
    """Return the cells of the cheapest cycle through a cell; nothing where there is none.

    Along a cycle numbers rise and fall in turn, so that totals stay. Empty cells can only rise.
    """
    ways = [_way(grid, costs, cell, may_rise=may_rise) for may_rise in (True, False)]
    found = [way for way in ways if way is not None]
    return min(found, key=lambda way: way[0])[1] if found else set()


def _way(
    grid: Mapping[Cell, int], costs: Mapping[Cell, int], cell: Cell, *, may_rise: bool
) -> tuple[int, set[Cell]] | None:
    """Return cost and cells of the cheapest way from the cell's column back to its row.

    It is Dijkstra's (1959) search. Where the cell may rise, a step from a column to a row lets a
    number fall, and a step on to a column lets one rise.
    """
    start, end = (True, cell[1]), (False, cell[0])
    best: dict[_Node, int] = {start: 0}
    came: dict[_Node, tuple[_Node, Cell]] = {}
    turn = count()
    queue = [(0, next(turn), start)]
    while queue:
        cost, _, node = heapq.heappop(queue)
        if cost > best[node] or node == end:
            continue
        is_column, key = node
        for step, n in grid.items():
            falls = is_column is may_rise
            if step == cell or step[is_column] != key or (falls and not n):
                continue
            other = (not is_column, step[not is_column])
            dearer = cost + costs[step]
            if dearer < best.get(other, dearer + 1):
                best[other], came[other] = dearer, (node, step)
                heapq.heappush(queue, (dearer, next(turn), other))
    return (best[end], set(_walked(came, start, end))) if end in came else None


def _walked(came: Mapping[_Node, tuple[_Node, Cell]], start: _Node, end: _Node) -> Iterator[Cell]:
    node = end
    while node != start:
        node, step = came[node]
        yield step
