"""Are the same segments found again in other draws of customers? Bootstrap Jaccard per segment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.segmentation.base import Algorithm, Clustering, Matrix
from core.segmentation.distances import nearest

# Bands of a segment's mean similarity (Hennig 2007); below, a segment is not to be trusted.
HIGHLY_STABLE = 0.85
STABLE = 0.75
UNCERTAIN = 0.60


def bootstrap_jaccards(
    matrix: Matrix,
    clustering: Clustering,
    algorithm: Algorithm,
    *,
    draws: int,
    starts: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return how well each cluster is found again in bootstrap samples (Hennig 2007).

    Every draw takes as many rows with replacement, clusters them anew, gives all rows to the new
    centroids, and asks of each original cluster: what is the Jaccard similarity to the new cluster
    most like it?

    Parameters
    ----------
    matrix : (n, d), the rows that were clustered, or a sample of them
    clustering : labels over the same rows, none of them unused
    draws : number of bootstrap samples
    starts : restarts of each refit

    Returns
    -------
    array of shape (draws, k), 0..1

    Examples
    --------
    >>> from core.segmentation.kmeans import KMeans
    >>> rows = np.repeat(np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32), 10, axis=0)
    >>> found = KMeans().fit(rows, 2, seed=1, restarts=3)
    >>> bootstrap_jaccards(rows, found, KMeans(), draws=2, starts=3, seed=1).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    rng = np.random.default_rng([seed, draws])
    found = np.zeros((draws, clustering.k))
    for draw in range(draws):
        rows = np.sort(rng.integers(0, len(matrix), len(matrix)))
        try:
            again = algorithm.fit(matrix[rows], clustering.k, seed=seed + draw + 1, restarts=starts)
        except DataError:
            continue  # too few different customers drawn for k clusters: none was found again
        found[draw] = best_jaccards(clustering.labels, nearest(matrix, again.centroids))
    return found


def best_jaccards(labels: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each label the Jaccard similarity to the most similar label of the others.

    >>> best_jaccards(np.array([0, 0, 1, 1]), np.array([1, 1, 1, 0])).round(3).tolist()
    [0.667, 0.5]
    """
    k, other_k = int(labels.max()) + 1, int(others.max()) + 1
    both = np.bincount(labels * other_k + others, minlength=k * other_k).reshape(k, other_k)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1), dtype=np.float64)
