"""k-means at any size: many starts on a sample, then all rows from the best of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans as SklearnKMeans
from sklearn.exceptions import ConvergenceWarning

from core.errors import DataError
from core.sampling import sample_rows
from core.segmentation.base import Clustering, Matrix, canonical, require_distinct
from core.segmentation.distances import (
    centroids_of,
    inertia_of,
    nearest,
    squared_distances,
    sums_of,
)
from core.segmentation.threads import one_thread

SAMPLE_ROWS = 50_000
START_ROWS = 10_000  # on which starts are told apart
PROMISING = 3  # of them are run on the whole sample
MAX_ITERATIONS = 300
TOLERANCE = 1e-4  # of scikit-learn's Lloyd; settled exactly afterwards
SETTLED_ROWS = 20_000_000  # rows times rounds
LEAST_ROUNDS = 20
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class KMeans:
    """Lloyd's k-means (Lloyd 1982) from k-means++ starts (Arthur and Vassilvitskii 2007).

    ``restarts`` starts on at most 10,000 rows; the best of them go on with at most ``sample_rows``,
    and the best of those starts Lloyd's algorithm on all rows; then centroids and assignments are
    settled in float64 in the order of the rows, so that the answer does not depend on threads.
    """

    name: str = "kmeans"
    label: str = "k-means"
    sample_rows: int = SAMPLE_ROWS

    def fit(self, matrix: Matrix, k: int, *, seed: int, restarts: int) -> Clustering:
        """Return the best of ``restarts`` clusterings into k.

        Parameters
        ----------
        matrix : float32 array of shape (n, d), C-contiguous
        k : number of clusters
        seed : everything random comes from it
        restarts : number of k-means++ starts

        Raises
        ------
        DataError
            If there are fewer than k different rows.

        Examples
        --------
        >>> rows = np.array([[0.0], [0.1], [0.2], [5.0], [5.2]], dtype=np.float32)
        >>> found = KMeans().fit(rows, 2, seed=1, restarts=5)
        >>> found.labels.tolist(), found.centroids.round(2).tolist()
        ([0, 0, 0, 1, 1], [[0.1], [5.1]])
        """
        require_distinct(matrix, k)
        sampled = sample_rows(len(matrix), self.sample_rows, seed)
        with one_thread():
            start = _best_start(matrix[sampled], k, seed, restarts)
            if len(sampled) < len(matrix):
                start, _ = _lloyd(matrix, k, seed=seed, init=start)
        return canonical(matrix, settle(matrix, start))


def settle(matrix: Matrix, centroids: NDArray[np.float64]) -> Clustering:
    """Return the fixed point of Lloyd's algorithm in float64 that the centroids lead to.

    Centroids are the means of their rows and every row belongs to its nearest centroid. Rows are
    looked at again only once the centroids have moved far enough to change their assignment
    (Hamerly 2010). Very many rows are settled for a limited number of rounds.
    """
    rounds = max(LEAST_ROUNDS, min(MAX_ITERATIONS, SETTLED_ROWS // len(matrix)))
    while True:
        labels, rounds = _nearly_settled(matrix, centroids, rounds)
        centroids = centroids_of(matrix, labels, len(centroids))
        nearest_now = nearest(matrix, centroids)
        if rounds <= 0 or np.array_equal(nearest_now, labels):
            return Clustering(nearest_now, centroids, inertia_of(matrix, nearest_now, centroids))


def _nearly_settled(
    matrix: Matrix, centroids: NDArray[np.float64], rounds: int
) -> tuple[NDArray[np.int64], int]:
    """Return labels that no longer change, and how many rounds are left.

    Sums are kept and only corrected for rows that changed their cluster, so that centroids are
    right but for rounding.
    """
    k = len(centroids)
    labels, slack = _nearest_with_slack(matrix, centroids)
    totals, counts = sums_of(matrix, labels, k)
    for left in range(rounds - 1, -1, -1):
        if not counts.all():
            raise DataError(
                f"One of the {k} segments asked for was left without customers. "
                "Ask for fewer segments."
            )
        moved = totals / counts[:, None]
        steps = np.sqrt(((moved - centroids) ** 2).sum(axis=1))
        centroids = moved
        slack -= (steps + steps.max())[labels]
        doubtful = np.flatnonzero(slack <= ROUNDING * (1 + max(slack.max(), -slack.min())))
        again, slack[doubtful] = _nearest_with_slack(matrix[doubtful], centroids)
        differ = again != labels[doubtful]
        if not differ.any():
            return labels, left
        changed = doubtful[differ]
        gained, more = sums_of(matrix[changed], again[differ], k)
        lost, fewer = sums_of(matrix[changed], labels[changed], k)
        totals += gained - lost
        counts += more - fewer
        labels[changed] = again[differ]
    return labels, 0


def _nearest_with_slack(
    rows: Matrix, centroids: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return each row's nearest centroid and by how much the second nearest is further away."""
    squared = squared_distances(rows, centroids)
    labels = squared.argmin(axis=1)
    nearest_two = np.sqrt(np.partition(squared, 1, axis=1)[:, :2])
    return labels, nearest_two[:, 1] - nearest_two[:, 0]


def _best_start(sample: Matrix, k: int, seed: int, restarts: int) -> NDArray[np.float64]:
    """Return the centroids of the best of so many starts; many rows are looked at in two rounds."""
    few = sample[sample_rows(len(sample), START_ROWS, seed)]
    if len(few) == len(sample):
        return _lloyd(sample, k, seed=seed, restarts=restarts)[0]
    seeds = np.random.default_rng(seed).integers(2**32, size=restarts)
    tried = [_lloyd(few, k, seed=int(one)) for one in seeds]
    promising = sorted(range(restarts), key=lambda i: (tried[i][1], i))[:PROMISING]
    finished = [_lloyd(sample, k, seed=seed, init=tried[i][0]) for i in promising]
    return min(finished, key=lambda found: found[1])[0]


def _lloyd(
    matrix: Matrix,
    k: int,
    *,
    seed: int,
    restarts: int = 1,
    init: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float64], float]:
    """Return scikit-learn's centroids and inertia, from k-means++ starts or centroids given."""
    estimator = SklearnKMeans(
        n_clusters=k,
        init="k-means++" if init is None else init.astype(matrix.dtype),
        n_init=restarts if init is None else 1,
        max_iter=MAX_ITERATIONS,
        tol=TOLERANCE,
        random_state=seed % 2**32,
        algorithm="lloyd",
    )
    with warnings.catch_warnings():
        # Fewer different rows in the sample than clusters: told apart once all rows are settled.
        warnings.simplefilter("ignore", ConvergenceWarning)
        estimator.fit(matrix)
    centroids = np.asarray(estimator.cluster_centers_, dtype=np.float64)
    return centroids, float(estimator.inertia_)
