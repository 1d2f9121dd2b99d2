"""k-means at any size: many starts on a sample, then all rows from the best of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import check_random_state

from core.errors import DataError
from core.sampling import sample_rows
from core.segmentation.base import (
    Clustering,
    Matrix,
    canonical,
    canonical_order,
    require_distinct,
)
from core.segmentation.distances import centroids_of, inertia_of, nearest
from core.segmentation.lloyd import Reached, run_lloyd
from core.segmentation.repeats import Counted, counted
from core.segmentation.starts import spread_rows
from core.segmentation.threads import one_thread

SAMPLE_ROWS = 50_000
START_ROWS = 10_000  # on which starts are told apart
PROMISING = 3  # of them are run on the whole sample
MAX_ITERATIONS = 300
TOLERANCE = 1e-4  # of the mean variance, as scikit-learn has it; settled exactly afterwards
NEARLY_ROWS = 20_000_000  # rows times rounds, where it is enough to be nearly settled
NEARLY_ROUNDS = 20  # at least
MOST_ROUNDS = 20_000  # a million customers without any groups took 1,410


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

    def fit(
        self, matrix: Matrix, k: int, *, seed: int, restarts: int, settled: bool = True
    ) -> Clustering:
        """Return the best of ``restarts`` clusterings into k.

        Parameters
        ----------
        matrix : float32 array of shape (n, d), C-contiguous
        k : number of clusters
        seed : everything random comes from it
        restarts : number of k-means++ starts
        settled : whether Lloyd's algorithm goes on until no row changes its centroid; without that,
            very many rows are left where a few rounds more would change little

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
            start, tolerance = _best_start(matrix[sampled], k, seed, restarts)
            if settled or len(sampled) == len(matrix):
                found = settle(matrix, start)
            else:
                few = max(NEARLY_ROUNDS, min(MAX_ITERATIONS, NEARLY_ROWS // len(matrix)))
                found = settle(
                    matrix, start, rounds=MAX_ITERATIONS, tolerance=tolerance, afterwards=few
                )
        return replace(found, start=start)


def settle(
    matrix: Matrix,
    centroids: NDArray[np.float64],
    *,
    rounds: int = MOST_ROUNDS,
    tolerance: float = 0.0,
    afterwards: int = MOST_ROUNDS,
) -> Clustering:
    """Return the fixed point of Lloyd's algorithm in float64 that the centroids lead to.

    Centroids are the means of their rows and every row belongs to its nearest centroid, in the
    order of `canonical`: unless the rounds are over before (see `run_lloyd` for their number).
    """
    held = counted(matrix) if len(matrix) <= SAMPLE_ROWS else Counted(matrix)
    while True:
        reached = run_lloyd(
            held.rows,
            centroids,
            held.weights,
            rounds=rounds,
            tolerance=tolerance,
            afterwards=afterwards,
        )
        rounds = reached.left
        if not reached.counts.all():
            raise DataError(
                f"One of the {len(centroids)} segments asked for was left without customers. "
                "Ask for fewer segments."
            )
        before = held.of_all(reached.labels)
        centroids = centroids_of(matrix, before, len(centroids))
        order = canonical_order(reached.counts, centroids)
        centroids, before = centroids[order], np.argsort(order)[before]
        labels = nearest(matrix, centroids)
        if rounds <= 0 or np.array_equal(labels, before):
            inertia = inertia_of(matrix, labels, centroids)
            return canonical(matrix, Clustering(labels, centroids, inertia))


def _best_start(
    sample: Matrix, k: int, seed: int, restarts: int
) -> tuple[NDArray[np.float64], float]:
    """Return the centroids of the best of so many starts, and the tolerance of the sample.

    Many rows are looked at in two rounds.
    """
    if len(sample) <= START_ROWS:
        whole, random = _centred(sample), check_random_state(seed % 2**32)
        finished = [whole.run(whole.start(k, random)) for _ in range(restarts)]
    else:
        few = _centred(sample[sample_rows(len(sample), START_ROWS, seed)])
        seeds = np.random.default_rng(seed).integers(2**32, size=restarts)
        tried = [few.run(few.start(k, check_random_state(int(one)))) for one in seeds]
        promising = sorted(tried, key=few.inertia)[:PROMISING]
        whole = _centred(sample)
        finished = [whole.run(one.centroids + (few.mean - whole.mean)) for one in promising]
    return whole.mean + min(finished, key=whole.inertia).centroids, whole.tolerance


@dataclass(frozen=True, slots=True, eq=False)
class _Centred:
    """Rows around their mean, as scikit-learn's k-means takes them; how many each stands for."""

    mean: NDArray[np.float32]
    points: NDArray[np.float64]
    squares: NDArray[np.float64]
    weights: NDArray[np.float64]
    tolerance: float

    def start(self, k: int, random: np.random.RandomState) -> NDArray[np.float64]:
        chosen = spread_rows(self.points, self.squares, self.weights.astype("f4"), k, random)
        return self.points[chosen]

    def run(self, start: NDArray[np.float64]) -> Reached:
        return run_lloyd(
            self.points, start, self.weights, rounds=MAX_ITERATIONS, tolerance=self.tolerance
        )

    def inertia(self, reached: Reached) -> float:
        lengths = (reached.centroids**2).sum(axis=1)
        return float(self.weights @ self.squares - reached.counts @ lengths)


def _centred(matrix: Matrix) -> _Centred:
    mean = matrix.mean(axis=0)
    held = counted(matrix)
    points = (held.rows - mean).astype(np.float64)
    squares = np.einsum("ij,ij->i", points, points)
    weights = np.ones(len(points)) if held.weights is None else held.weights
    variance = float(weights @ squares) / matrix.size
    return _Centred(mean, points, squares, weights, TOLERANCE * variance)
