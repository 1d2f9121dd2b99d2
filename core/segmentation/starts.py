"""Where k-means starts: centroids drawn far apart, greedy k-means++."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def spread_rows(
    rows: NDArray[np.floating], k: int, random_state: np.random.RandomState
) -> NDArray[np.floating]:
    """Return k of the rows, each drawn in proportion to its distance from those before.

    k-means++ (Arthur and Vassilvitskii 2007), of a few candidates at each step the one that leaves
    least inertia, as scikit-learn does it. scikit-learn takes this function for its ``init``; its
    own checks its arguments anew for every candidate, which takes longer than small distances do.

    Parameters
    ----------
    rows : (n, d)
    k : number of starts, at most n
    random_state : what is drawn from

    Returns
    -------
    array of shape (k, d), of the rows' type

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [9.0], [9.1]])
    >>> sorted(spread_rows(rows, 2, np.random.RandomState(1)).round().ravel().tolist())
    [0.0, 9.0]
    """
    points = rows.astype(np.float64)
    across = np.ascontiguousarray(points.T)
    squares = np.einsum("ij,ij->j", across, across)
    trials = 2 + int(math.log(k))
    chosen = np.empty(k, dtype=np.int64)
    chosen[0] = random_state.randint(len(points))
    left = _squared(points, across, squares, chosen[:1])[0]
    for step in range(1, k):
        upto = np.cumsum(left)
        drawn = np.searchsorted(upto, random_state.uniform(size=trials) * upto[-1])
        tried = np.minimum(drawn, len(points) - 1)
        remaining = _squared(points, across, squares, tried)
        np.minimum(remaining, left, out=remaining)
        best = int(remaining.sum(axis=1).argmin())
        chosen[step], left = tried[best], remaining[best]
    return rows[chosen]


def _squared(
    points: NDArray[np.float64],
    across: NDArray[np.float64],
    squares: NDArray[np.float64],
    some: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the squared distances of some of the points to all, (some, n)."""
    found = points[some] * -2.0 @ across
    found += squares
    found += squares[some, None]
    return np.asarray(np.maximum(found, 0.0, out=found), dtype=np.float64)
