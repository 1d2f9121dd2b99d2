"""Lloyd's algorithm that looks again only at rows whose nearest centroid may have changed."""

from __future__ import annotations

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

    A row is looked at again once the centroids have moved far enough to change its assignment
    (Hamerly 2010). Sums are kept and only corrected for rows that changed, so that centroids are
    right but for rounding. A centroid that loses all rows goes to the row that is furthest from
    its own.

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
    labels, lead = nearest_with_slack(rows, centroids)
    totals, counts = np.zeros(centroids.shape), np.zeros(len(centroids))
    _add(rows, labels, weights, totals, counts)
    lost, furthest = np.zeros(len(centroids)), 1 + float(lead.max())
    lost_by_row, is_doubtful = np.empty(len(rows)), np.empty(len(rows), dtype=bool)
    left = rounds
    while left > 0:
        left -= 1
        if not counts.all():
            _refill(rows, weights, centroids, labels, lead, lost, totals, counts)
        moved = _means(totals, counts, centroids)
        ways = ((moved - centroids) ** 2).sum(axis=1)
        centroids = moved
        if ways.sum() <= tolerance:
            left = min(left, afterwards)
            if not left:
                break
        lost += _losses(np.sqrt(ways))
        limit = lost + ROUNDING * (furthest + lost.max())
        np.less_equal(lead, limit.take(labels, out=lost_by_row, mode="clip"), out=is_doubtful)
        doubtful = np.flatnonzero(is_doubtful)
        before = labels[doubtful]
        again, slack = nearest_with_slack(rows[doubtful], centroids)
        lead[doubtful] = slack + lost[again]
        differ = np.flatnonzero(again != before)
        if not len(differ):
            break
        changed, again = doubtful[differ], again[differ]
        theirs = None if weights is None else weights[changed]
        _add(rows[changed], again, theirs, totals, counts, instead_of=before[differ])
        labels[changed] = again
    return Reached(labels, centroids, counts, left)


def _means(
    totals: NDArray[np.float64], counts: NDArray[np.float64], otherwise: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the means; where there are no rows, what there is otherwise."""
    if counts.all():
        return np.asarray(totals / counts[:, None], dtype=np.float64)
    return np.where(counts[:, None] > 0, totals / np.maximum(counts, 1)[:, None], otherwise)


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
    centroids: NDArray[np.float64],
    labels: NDArray[np.int64],
    lead: NDArray[np.float64],
    lost: NDArray[np.float64],
    totals: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> None:
    """Give each centroid without rows the one furthest from its own, unless none is away from it.

    Labels, leads, sums and numbers are changed in place.
    """
    away = ((rows - centroids[labels]) ** 2).sum(axis=1)
    for empty in np.flatnonzero(counts == 0):
        row = int(away.argmax())
        if away[row] == 0:
            return
        weight = 1.0 if weights is None else weights[row]
        totals[labels[row]] -= weight * rows[row]
        counts[labels[row]] -= weight
        totals[empty], counts[empty], labels[row] = weight * rows[row], weight, empty
        away[row], lead[row] = 0, lost[empty]
