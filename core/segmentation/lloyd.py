"""Lloyd's algorithm that looks again only at rows whose nearest centroid may have changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.segmentation.distances import PRODUCT_ROWS, nearest_with_slack

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Where a run of Lloyd's algorithm came to.

    ``labels`` (n,); ``centroids`` (k, d), the means of the rows but for rounding; ``counts`` (k,)
    rows of each; ``left``: how many of the rounds were not needed.
    """

    labels: NDArray[np.int64]
    centroids: NDArray[np.float64]
    counts: NDArray[np.float64]
    left: int


@dataclass(slots=True, eq=False)
class State:
    """Where Lloyd's algorithm is after a step; the next step changes it in place.

    ``labels`` (n,), ``totals`` (k, d) and ``counts`` (k,) of the latest assignment, ``centroids``
    (k, d) of the latest update, and what the step changed: how many rows the assignment, by how
    much (the squared ways of all centroids, added up) the update.
    """

    labels: NDArray[np.int64]
    centroids: NDArray[np.float64]
    totals: NDArray[np.float64]
    counts: NDArray[np.float64]
    changed: int = 0
    moved: float = 0.0


def run_lloyd(
    rows: NDArray[np.floating],
    centroids: NDArray[np.float64],
    weights: NDArray[np.float64] | None = None,
    *,
    rounds: int,
    tolerance: float = 0.0,
    afterwards: int = 0,
) -> Reached:
    """Run Lloyd's algorithm (Lloyd 1982) until no row changes its centroid.

    Parameters
    ----------
    rows : (n, d)
    centroids : (k, d), k >= 2, to begin with
    weights : (n,), how many rows each stands for
    rounds : how often centroids move at most
    tolerance : once the squared ways of all centroids add up to no more, they move ``afterwards``
        more times at most

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> found = run_lloyd(rows, np.array([[0.0], [1.0]]), rounds=300)
    >>> found.labels.tolist(), found.centroids.tolist(), found.left
    ([0, 0, 1, 1], [[0.5], [9.5]], 298)
    """
    steps = lloyd_steps(rows, centroids, weights)
    state, left = next(steps), rounds
    while left > 0:
        next(steps)
        left -= 1
        if state.moved <= tolerance:
            left = min(left, afterwards)
            if not left:
                break
        next(steps)
        if not state.changed:
            break
    return Reached(state.labels, state.centroids, state.counts, left)


def lloyd_steps(
    rows: NDArray[np.floating],
    centroids: NDArray[np.float64],
    weights: NDArray[np.float64] | None = None,
) -> Iterator[State]:
    """Yield the state after an assignment, after an update, after an assignment, and so on.

    A row is looked at again once the centroids have moved far enough to change its assignment
    (Hamerly 2010). Sums are kept and only corrected for rows that changed, so that centroids are
    right but for rounding. A centroid that loses all rows goes to the row that is furthest from
    its own.

    Examples
    --------
    >>> steps = lloyd_steps(np.array([[0.0], [1.0], [9.0], [10.0]]), np.array([[0.0], [1.0]]))
    >>> [(state.changed, round(state.moved, 2)) for state, _ in zip(steps, range(5))]
    [(4, 0.0), (0, 32.11), (1, 0.0), (0, 8.28), (0, 0.0)]
    """
    labels, lead = nearest_with_slack(rows, centroids)
    state = State(labels, centroids, np.zeros(centroids.shape), np.zeros(len(centroids)))
    _add(rows, labels, weights, state.totals, state.counts)
    state.changed = len(rows)
    lost, furthest = np.zeros(len(centroids)), 1 + float(lead.max())
    lost_by_row, is_doubtful = np.empty(len(rows)), np.empty(len(rows), dtype=bool)
    while True:
        yield state
        if not state.counts.all():
            _refill(rows, weights, state, lead, lost)
        moved = _means(state)
        ways = ((moved - state.centroids) ** 2).sum(axis=1)
        state.centroids, state.changed, state.moved = moved, 0, float(ways.sum())
        yield state
        lost += _losses(np.sqrt(ways))
        limit = lost + ROUNDING * (furthest + lost.max())
        np.less_equal(lead, limit.take(labels, out=lost_by_row, mode="clip"), out=is_doubtful)
        doubtful = np.flatnonzero(is_doubtful)
        before = labels[doubtful]
        again, slack = nearest_with_slack(rows[doubtful], moved)
        lead[doubtful] = slack + lost[again]
        differ = np.flatnonzero(again != before)
        changed, again = doubtful[differ], again[differ]
        if len(changed):
            theirs = None if weights is None else weights[changed]
            instead = before[differ]
            _add(rows[changed], again, theirs, state.totals, state.counts, instead_of=instead)
            labels[changed] = again
        state.changed, state.moved = len(changed), 0.0


def _means(state: State) -> NDArray[np.float64]:
    """Return the means; where there are no rows, the centroid stays."""
    totals, counts = state.totals, state.counts
    if counts.all():
        return np.asarray(totals / counts[:, None], dtype=np.float64)
    return np.where(counts[:, None] > 0, totals / np.maximum(counts, 1)[:, None], state.centroids)


def _losses(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much of its lead over the others each centroid may have lost, (k,)."""
    longest = int(steps.argmax())
    losses = np.asarray(steps + steps[longest], dtype=np.float64)
    losses[longest] = steps[longest] + np.partition(steps, -2)[-2]
    return losses


def _add(
    rows: NDArray[np.floating],
    labels: NDArray[np.int64],
    weights: NDArray[np.float64] | None,
    totals: NDArray[np.float64],
    counts: NDArray[np.float64],
    *,
    instead_of: NDArray[np.int64] | None = None,
) -> None:
    """Add rows to the sums and numbers of their labels, and take them from those they had before.

    Sums are changed in place, and rounded as matrix products are.
    """
    each = np.arange(len(counts))[:, None]
    for start in range(0, len(rows), PRODUCT_ROWS):
        part = slice(start, start + PRODUCT_ROWS)
        share = (labels[part] == each).astype(np.float64)
        if instead_of is not None:
            share -= instead_of[part] == each
        if weights is not None:
            share *= weights[part]
        totals += share @ rows[part].astype(np.float64, copy=False)
        counts += share.sum(axis=1)


def _refill(
    rows: NDArray[np.floating],
    weights: NDArray[np.float64] | None,
    state: State,
    lead: NDArray[np.float64],
    lost: NDArray[np.float64],
) -> None:
    """Give each centroid without rows the one furthest from its own, unless none is away from it.

    The state and the leads are changed in place.
    """
    labels, totals, counts = state.labels, state.totals, state.counts
    away = ((rows - state.centroids[labels]) ** 2).sum(axis=1)
    for empty in np.flatnonzero(counts == 0):
        row = int(away.argmax())
        if away[row] == 0:
            return
        weight = 1.0 if weights is None else weights[row]
        totals[labels[row]] -= weight * rows[row]
        counts[labels[row]] -= weight
        totals[empty], counts[empty], labels[row] = weight * rows[row], weight, empty
        away[row], lead[row] = 0, lost[empty]
