"""Squared distances to centroids in float64: the same bits for one row as for a million."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

CHUNK_ROWS = 2_048  # fits the cache
PRODUCT_ROWS = 4_096  # of a matrix product
FEW_ROWS = 16  # for which setting up chunks would take longer than the distances


def squared_distances(
    rows: NDArray[np.floating], centroids: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the squared Euclidean distance of every row to every centroid.

    A matrix product would be faster, but scores a row differently alone than in a batch. Here every
    distance is the sum of its own d squares, added one column after the other, whatever the number
    of rows.

    Parameters
    ----------
    rows : array of shape (n, d)
    centroids : array of shape (k, d)

    Returns
    -------
    array of shape (n, k), float64

    Examples
    --------
    >>> squared_distances(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [3.0, 0.0]]))
    array([[ 0.,  9.],
           [25., 16.]])
    """
    if len(rows) <= FEW_ROWS:
        return np.asarray(_of_few(rows, centroids), dtype=np.float64)
    result = np.empty((len(rows), len(centroids)), dtype=np.float64)
    for part, squared in _of_chunks(rows, centroids):
        result[part] = squared.T
    return result


def nearest(rows: NDArray[np.floating], centroids: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the index of each row's nearest centroid; of equally near ones, the first.

    They are the indices of the least of `squared_distances`, found by a matrix product wherever
    that leaves no doubt.
    """
    labels = np.empty(len(rows), dtype=np.int64)
    for part, closest, _ in _two_nearest(rows, centroids):
        labels[part] = closest
    return labels


def nearest_with_slack(
    rows: NDArray[np.floating], centroids: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return what `nearest` does, and how much further the second nearest is at least, (n,).

    >>> labels, slack = nearest_with_slack(np.array([[1.0], [5.0]]), np.array([[0.0], [10.0]]))
    >>> labels.tolist(), slack.round(6).tolist()
    ([0, 0], [8.0, 0.0])
    """
    labels, slack = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.float64)
    for part, closest, (first, second, doubt) in _two_nearest(rows, centroids):
        labels[part] = closest
        lead = np.sqrt(np.maximum(second - doubt, 0.0)) - np.sqrt(np.maximum(first + doubt, 0.0))
        slack[part] = np.maximum(lead, 0.0)
    return labels, slack


def _two_nearest(
    rows: NDArray[np.floating], centroids: NDArray[np.float64]
) -> Iterator[tuple[slice, NDArray[np.int64], tuple[NDArray[np.float64], ...]]]:
    """Yield for some rows at a time the nearest centroid, and how far the nearest two are, squared.

    The squared distances are those of a matrix product; the last array says by how much they may
    be wrong. Where the two are no further apart than that, distances are measured anew.
    """
    exact = np.asarray(centroids, dtype=np.float64)
    across, squares = -2.0 * exact, np.einsum("ij,ij->i", exact, exact)
    # Of |x|² - 2 xc + |c|² and of the sum of (x - c)², for both of the two, times |x|² + |c|².
    rounding = (4 * exact.shape[1] + 16) * np.finfo(np.float64).eps
    for start in range(0, len(rows), PRODUCT_ROWS):
        chunk = rows[start : start + PRODUCT_ROWS].astype(np.float64, copy=False)
        own = np.einsum("ij,ij->i", chunk, chunk)
        squared = across @ chunk.T
        squared += squares[:, None]
        closest = np.zeros(len(chunk), dtype=np.int64)
        first, second = squared[0].copy(), np.full(len(chunk), np.inf)
        for j in range(1, len(centroids)):
            np.putmask(closest, squared[j] < first, j)
            np.minimum(second, np.maximum(first, squared[j]), out=second)
            np.minimum(first, squared[j], out=first)
        doubt = rounding * (own + squares.max())
        unsure = np.flatnonzero(~(second - first > doubt))  # not a number is unsure too
        if len(unsure):
            closest[unsure] = squared_distances(chunk[unsure], centroids).argmin(axis=1)
        yield slice(start, start + len(chunk)), closest, (first + own, second + own, doubt)


def _of_few(rows: NDArray[np.floating], centroids: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared distances of a handful of rows, (n, k), with little to set up."""
    difference = rows[:, None, :].astype(np.float64) - centroids
    np.multiply(difference, difference, out=difference)
    # Not a sum, whose order numpy chooses: one column after the other, as for very many rows.
    return np.add.accumulate(difference, axis=2)[:, :, -1]


def _of_chunks(
    rows: NDArray[np.floating], centroids: NDArray[np.float64]
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield the squared distances of some rows at a time, (k, m): columns one after the other."""
    along = np.ascontiguousarray(centroids.T)[:, :, None]
    for start in range(0, len(rows), CHUNK_ROWS):
        columns = np.ascontiguousarray(rows[start : start + CHUNK_ROWS].T, dtype=np.float64)
        squared = columns[0] - along[0]
        np.multiply(squared, squared, out=squared)
        difference = np.empty_like(squared)
        for j in range(1, len(columns)):
            np.subtract(columns[j], along[j], out=difference)
            np.multiply(difference, difference, out=difference)
            np.add(squared, difference, out=squared)
        yield slice(start, start + columns.shape[1]), squared


def centroids_of(
    rows: NDArray[np.floating], labels: NDArray[np.integer], k: int
) -> NDArray[np.float64]:
    """Return the mean of each label's rows, summed in float64 in the order of the rows.

    A label without rows gets NaN.
    """
    totals, counts = sums_of(rows, labels, k)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(totals / counts[:, None], dtype=np.float64)


def sums_of(
    rows: NDArray[np.floating], labels: NDArray[np.integer], k: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the sum (k, d) and number (k,) of each label's rows, in float64 in their order."""
    counts = np.bincount(labels, minlength=k).astype(np.float64)
    totals = np.column_stack(
        [np.bincount(labels, weights=rows[:, j], minlength=k) for j in range(rows.shape[1])]
    )
    return np.asarray(totals, dtype=np.float64), counts


def inertia_of(
    rows: NDArray[np.floating], labels: NDArray[np.integer], centroids: NDArray[np.float64]
) -> float:
    """Return the sum of the squared distances of all rows to their own centroid."""
    total = 0.0
    for start in range(0, len(rows), CHUNK_ROWS):
        part = slice(start, start + CHUNK_ROWS)
        difference = rows[part].astype(np.float64) - centroids[labels[part]]
        total += float(np.einsum("ij,ij->", difference, difference))
    return total
