"""Each cluster in a few pieces of like customers: what a tree of thousands is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.segmentation.base import Clustering, Matrix, count_distinct
from core.segmentation.distances import centroids_of
from core.segmentation.kmeans import KMeans

PIECES = 30  # of all clusters together, about
MOST = 8  # of one cluster
STARTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """``centroids`` (m, d), ``sizes`` (m,) customers, ``cluster`` (m,) that each is a part of."""

    centroids: NDArray[np.float64]
    sizes: NDArray[np.float64]
    cluster: NDArray[np.int64]


def pieces_of(matrix: Matrix, clustering: Clustering, *, seed: int) -> Pieces:
    """Return every cluster divided by k-means, larger ones into more pieces, at least one each.

    Parameters
    ----------
    matrix : (n, d), the rows that the clustering labels
    clustering : none of its clusters empty
    seed : of k-means

    Examples
    --------
    >>> matrix = np.array([[0.0], [1.0], [10.0], [10.0]], dtype=np.float32)
    >>> found = Clustering(np.array([0, 0, 1, 1]), np.array([[0.5], [10.0]]), 0.5)
    >>> pieces = pieces_of(matrix, found, seed=1)
    >>> pieces.cluster.tolist(), pieces.sizes.tolist()
    ([0, 0, 1], [1.0, 1.0, 2.0])
    """
    placed = np.ascontiguousarray(clustering.place(matrix), dtype=np.float32)
    centroids, sizes, clusters = [], [], []
    for cluster, size in enumerate(clustering.sizes.tolist()):
        rows = np.ascontiguousarray(placed[clustering.labels == cluster])
        wanted = min(max(round(PIECES * size / len(matrix)), 2), MOST)
        k = min(wanted, count_distinct(rows, wanted))
        if k == 1:
            found = _whole(rows)
        else:
            found = KMeans().fit(rows, k, seed=seed, restarts=STARTS, settled=False)
        centroids.append(found.centroids)
        sizes.append(found.sizes)
        clusters.append(np.full(found.k, cluster))
    return Pieces(
        np.concatenate(centroids),
        np.concatenate(sizes).astype(np.float64),
        np.concatenate(clusters),
    )


def _whole(rows: Matrix) -> Clustering:
    """Return all rows, which are the same, as one piece."""
    labels = np.zeros(len(rows), dtype=np.int64)
    return Clustering(labels, centroids_of(rows, labels, 1), 0.0)
