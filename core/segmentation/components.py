"""Clustering on the first principal components of the prepared customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.scorer import round_significant
from core.segmentation.base import Algorithm, Clustering, Matrix
from core.segmentation.distances import inertia_of, nearest
from core.segmentation.principal_axes import principal_axes
from core.segmentation.subspace import Subspace, orthonormal

LEAST_SHARE = 1e-9  # of variance: a component below it is rounding
DIGITS = 10  # rounding must not make components differ between threads


def principal_subspace(matrix: Matrix, components: int) -> Subspace:
    """Return the first principal components (Pearson 1901), fewer where the rest do not vary.

    Parameters
    ----------
    matrix : (n, d) prepared customers
    components : how many are wanted

    Examples
    --------
    >>> rows = np.array([[0, 0], [1, 2], [2, 4]], dtype=np.float32)
    >>> found = principal_subspace(rows, 2)
    >>> found.origin.tolist(), found.components.round(3).tolist()
    ([1.0, 2.0], [[0.447, 0.894]])
    """
    axes = principal_axes(matrix)
    varying = max(1, int((axes.explained_variance > LEAST_SHARE).sum()))
    chosen = axes.components[: min(components, varying)]
    rounded = np.round(chosen, DIGITS) + 0.0  # to digits, not significant ones: noise becomes 0
    return Subspace(round_significant(axes.mean, DIGITS), orthonormal(rounded))


@dataclass(frozen=True, slots=True)
class OnComponents:
    """Another algorithm on the first principal components of whatever matrix it is given.

    Centroids are given in all columns of the matrix, so that customers are explained by them; the
    inertia is that of the components (scikit-learn's ``make_pipeline(PCA(m), KMeans(k))``).
    """

    algorithm: Algorithm
    components: int

    @property
    def name(self) -> str:
        """The name of the algorithm that clusters."""
        return self.algorithm.name

    @property
    def label(self) -> str:
        """How people call the algorithm that clusters."""
        return self.algorithm.label

    def fit(
        self, matrix: Matrix, k: int, *, seed: int, restarts: int, settled: bool = True
    ) -> Clustering:
        """Return k clusters of the rows' coordinates; `DataError` as the algorithm has it."""
        subspace = principal_subspace(matrix, self.components)
        coordinates = subspace.coordinates(matrix)
        found = self.algorithm.fit(
            np.ascontiguousarray(coordinates, dtype=np.float32),
            k,
            seed=seed,
            restarts=restarts,
            settled=settled,
        )
        centroids = subspace.lifted(found.centroids)
        places = subspace.coordinates(centroids)
        labels = nearest(coordinates, places)
        inertia = inertia_of(coordinates, labels, places)
        return Clustering(labels, centroids, inertia, subspace, found.start)
