"""Where k-means starts: rows drawn far apart, greedy k-means++."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def spread_rows(
    points: NDArray[np.float64],
    squares: NDArray[np.float64],
    weights: NDArray[np.float32],
    k: int,
    random: np.random.RandomState,
) -> NDArray[np.int64]:
    """Return the numbers of k rows, each drawn in proportion to its distance from those before.

    k-means++ (Arthur and Vassilvitskii 2007): of a few candidates at each step the one that leaves
    least inertia. These are the rows that scikit-learn takes, from the same random numbers and as
    it rounds to float32; but it checks its arguments anew for every candidate, which takes longer
    than the distances of some thousand rows do.

    Parameters
    ----------
    points : (n, d), with means of zero
    squares : (n,), their squared lengths
    weights : (n,), how many rows each stands for
    k : number of starts, at most n
    random : what is drawn from

    Returns
    -------
    array of shape (k,)

    Examples
    --------
    >>> points = np.array([[-5.0], [-4.0], [4.0], [5.0]])
    >>> ones = np.ones(4, dtype=np.float32)
    >>> chosen = spread_rows(points, points[:, 0] ** 2, ones, 2, np.random.RandomState(1))
    >>> sorted((chosen // 2).tolist())
    [0, 1]
    """
    trials = 2 + int(math.log(k))
    chosen = np.empty(k, dtype=np.int64)
    chosen[0] = random.choice(len(points), p=weights / weights.sum())
    left = _squared(points, squares, chosen[:1])[0]
    inertia = left @ weights
    for step in range(1, k):
        drawn = np.searchsorted(np.cumsum(left * weights), random.uniform(size=trials) * inertia)
        tried = np.minimum(drawn, len(points) - 1)
        remaining = _squared(points, squares, tried)
        np.minimum(remaining, left, out=remaining)
        inertias = remaining @ weights
        best = int(inertias.argmin())
        chosen[step], left, inertia = tried[best], remaining[best], inertias[best]
    return chosen


def _squared(
    points: NDArray[np.float64], squares: NDArray[np.float64], some: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the squared distances of some of the points to all, (some, n)."""
    found = -2.0 * points[some] @ points.T
    found += squares[some, None]
    found += squares
    return np.maximum(found, 0.0, out=found).astype(np.float32)
