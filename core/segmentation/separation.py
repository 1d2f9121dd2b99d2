"""How well clusters are told apart: silhouette, Calinski–Harabasz and Davies–Bouldin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.segmentation.base import Clustering, Matrix
from core.segmentation.distances import CHUNK_ROWS

_SILHOUETTE_CHUNK = 64  # rows whose distances to all others fit the cache


def silhouettes(
    rows: NDArray[np.floating], labelings: Sequence[NDArray[np.integer]]
) -> list[NDArray[np.float64]]:
    """Return the exact silhouette (Rousseeuw 1987) of every row under each labeling.

    The distances between all rows are computed once for all labelings, a block of rows at a time,
    so memory grows with n and not with n². Squares are added up in float64, so that near and equal
    customers stay as near as they are; their roots are summed by cluster in float32, for all
    labelings in one product, which leaves six digits.

    Parameters
    ----------
    rows : (n, d)
    labelings : one (n,) array of labels 0..k-1 per labeling

    Returns
    -------
    one (n,) array per labeling, -1..1; 0 for a row that is alone in its cluster

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [10.0], [11.0]])
    >>> silhouettes(rows, [np.array([0, 0, 1, 1])])[0].round(3).tolist()
    [0.905, 0.895, 0.895, 0.905]
    """
    points = rows.astype(np.float64) - rows.mean(axis=0, dtype=np.float64)
    squares = np.einsum("ij,ij->i", points, points)
    across = np.ascontiguousarray(-2 * points.T)
    counts = [np.bincount(labels).astype(np.float64) for labels in labelings]
    edges = np.cumsum([0, *map(len, counts)])
    members = _members(labelings, edges)
    result = [np.zeros(len(points)) for _ in labelings]
    for start in range(0, len(points), _SILHOUETTE_CHUNK):
        part = slice(start, start + _SILHOUETTE_CHUNK)
        squared = points[part] @ across
        squared += squares
        squared += squares[part, None]
        distances = np.maximum(squared, 0.0).astype(np.float32)
        np.sqrt(distances, out=distances)
        here = np.arange(len(distances))
        distances[here, start + here] = 0.0
        sums = (distances @ members).astype(np.float64)
        for i, (values, labels) in enumerate(zip(result, labelings, strict=True)):
            own = sums[:, edges[i] : edges[i + 1]]
            values[part] = _silhouette(own, labels[part], counts[i])
    return result


def _members(
    labelings: Sequence[NDArray[np.integer]], edges: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return which clusters each row is in, (n, clusters of all labelings), 0 or 1."""
    members = np.zeros((len(labelings[0]), edges[-1]), dtype=np.float32)
    for labels, first in zip(labelings, edges, strict=False):
        members[np.arange(len(labels)), first + labels] = 1.0
    return members


def calinski_harabasz(matrix: Matrix, clustering: Clustering) -> float:
    """Return variance between over variance within clusters (Caliński and Harabasz 1974).

    >>> rows = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)
    >>> calinski_harabasz(rows, Clustering(np.array([0, 0, 1, 1]), np.array([[0.5], [10.5]]), 1.0))
    200.0
    """
    n, k = len(matrix), clustering.k
    overall = clustering.sizes @ clustering.centroids / n
    between = float(clustering.sizes @ ((clustering.centroids - overall) ** 2).sum(axis=1))
    if clustering.inertia == 0:
        return 1.0  # as scikit-learn has it
    return between * (n - k) / (clustering.inertia * (k - 1))


def davies_bouldin(matrix: Matrix, clustering: Clustering) -> float:
    """Return the mean likeness of each cluster to the one most like it (Davies, Bouldin 1979).

    >>> rows = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)
    >>> davies_bouldin(rows, Clustering(np.array([0, 0, 1, 1]), np.array([[0.5], [10.5]]), 1.0))
    0.1
    """
    k, centroids = clustering.k, clustering.places
    totals = np.zeros(k)
    for start in range(0, len(matrix), CHUNK_ROWS):
        labels = clustering.labels[start : start + CHUNK_ROWS]
        rows = clustering.place(matrix[start : start + CHUNK_ROWS])
        away = rows.astype(np.float64) - centroids[labels]
        lengths = np.sqrt(np.einsum("ij,ij->i", away, away))
        totals += np.bincount(labels, weights=lengths, minlength=k)
    spread = totals / clustering.sizes
    apart = np.sqrt(((centroids[:, None] - centroids[None]) ** 2).sum(axis=2))
    likeness = np.divide(spread[:, None] + spread, apart, out=np.zeros_like(apart), where=apart > 0)
    return float(likeness.max(axis=1).mean())


def macro_mean(values: NDArray[np.float64], labels: NDArray[np.integer]) -> float:
    """Return the mean over clusters of their mean, so that small clusters count as much.

    >>> macro_mean(np.array([1.0, 1.0, 1.0, 0.0]), np.array([0, 0, 0, 1]))
    0.5
    """
    counts = np.bincount(labels)
    means = np.bincount(labels, weights=values)[counts > 0] / counts[counts > 0]
    return float(means.mean())


def _silhouette(
    sums: NDArray[np.float64], labels: NDArray[np.integer], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return silhouettes from each row's sum of distances to every cluster, (rows, k)."""
    rows = np.arange(len(sums))
    own = counts[labels]
    within = sums[rows, labels] / np.maximum(own - 1, 1)
    means = np.divide(sums, counts, out=np.full_like(sums, np.inf), where=counts > 0)
    means[rows, labels] = np.inf
    nearest = means.min(axis=1)
    larger = np.maximum(within, nearest)
    usable = (own > 1) & (larger > 0) & np.isfinite(nearest)
    width = np.divide(nearest - within, larger, out=np.zeros(len(sums)), where=usable)
    return np.asarray(width, dtype=np.float64)
