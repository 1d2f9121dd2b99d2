"""What a clustering is, and what an algorithm promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.segmentation.distances import inertia_of, nearest
from core.segmentation.subspace import Subspace

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """Every row of a matrix given to one of k centroids, the nearest.

    ``labels``: (n,) int64, 0..k-1, none of them unused; ``centroids``: (k, d) float64;
    ``inertia``: sum of squared distances of all rows to their own centroid; ``subspace``: where
    distances are measured, if not in all columns; ``start``: where Lloyd's algorithm began on all
    rows, (k, m) in any order, if it was that which found them.
    """

    labels: NDArray[np.int64]
    centroids: NDArray[np.float64]
    inertia: float
    subspace: Subspace | None = None
    start: NDArray[np.float64] | None = None

    @property
    def k(self) -> int:
        """Number of clusters."""
        return len(self.centroids)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of rows per cluster, (k,)."""
        return np.asarray(np.bincount(self.labels, minlength=self.k), dtype=np.int64)

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the centroids lie as distances are measured, (k, m)."""
        return np.asarray(self.place(self.centroids), dtype=np.float64)

    def place(self, rows: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return rows (n, d) as distances between them are measured, (n, m)."""
        return rows if self.subspace is None else self.subspace.coordinates(rows)


class Algorithm(Protocol):
    """A matrix in, k centroids out.

    The same matrix, k and seed give the same answer, bit for bit. Clusters are in a canonical order
    (see `canonical`). Every row belongs to its nearest centroid, because that is how new customers
    are scored.
    """

    @property
    def name(self) -> str:
        """How specifications and the command line call it."""
        ...

    @property
    def label(self) -> str:
        """How people call it."""
        ...

    def fit(
        self, matrix: Matrix, k: int, *, seed: int, restarts: int, settled: bool = True
    ) -> Clustering:
        """Return k clusters; `DataError` where the rows do not allow as many.

        Not ``settled``, an algorithm may stop where going on would change little.
        """
        ...


def require_distinct(matrix: Matrix, k: int) -> None:
    """Raise `DataError` if there are fewer different rows than clusters asked for."""
    found = count_distinct(matrix, k)
    if found < k:
        raise DataError(
            f"There are only {found} different customers to cluster, fewer than the {k} segments "
            "asked for. Ask for fewer segments or give the lens more features."
        )


def count_distinct(matrix: Matrix, enough: int) -> int:
    """Return the number of different rows, or any number >= ``enough`` as soon as that is sure."""
    head = matrix[: 20 * enough]
    found = len(np.unique(head, axis=0))
    if found >= enough or len(head) == len(matrix):
        return found
    return len(np.unique(matrix, axis=0))


def canonical(matrix: Matrix, clustering: Clustering) -> Clustering:
    """Return the same clusters in an order that does not depend on how they were found.

    Every row has to belong to its nearest centroid.
    """
    order = canonical_order(clustering.sizes, clustering.centroids)
    if np.array_equal(order, np.arange(clustering.k)):
        return clustering
    centroids = clustering.centroids[order]
    # Assigned again: of equally near centroids the first one counts, and the order has changed.
    labels = nearest(matrix, centroids)
    return Clustering(labels, centroids, inertia_of(matrix, labels, centroids))


def canonical_order(sizes: NDArray[np.number], centroids: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the numbers of clusters, largest first; equal sizes by their centroids' coordinates.

    >>> canonical_order(np.array([2, 5, 2]), np.array([[1.0], [7.0], [0.0]])).tolist()
    [1, 2, 0]
    """
    keys = [(-int(size), tuple(at)) for size, at in zip(sizes, centroids, strict=True)]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def assign_to_means(matrix: Matrix, means: NDArray[np.floating], k: int, method: str) -> Clustering:
    """Return the clustering that gives every row to the nearest of the k means found."""
    centroids = np.asarray(means, dtype=np.float64)
    labels = nearest(matrix, centroids)
    found = len(np.unique(labels))
    if found < k:
        raise DataError(
            f"{method} found only {found} of the {k} segments asked for. "
            "Ask for fewer segments or choose the algorithm kmeans."
        )
    return canonical(matrix, Clustering(labels, centroids, inertia_of(matrix, labels, centroids)))
