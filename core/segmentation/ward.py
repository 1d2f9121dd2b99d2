"""Ward's hierarchical clustering on a sample; customers then go to the nearest mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from core.sampling import sample_rows
from core.segmentation.base import (
    Clustering,
    Matrix,
    assign_to_means,
    require_distinct,
)
from core.segmentation.distances import centroids_of

SAMPLE_ROWS = 4_000  # the tree needs all pairs of distances


@dataclass(frozen=True, slots=True)
class Ward:
    """Minimum-variance agglomeration (Ward 1963). No random start: restarts change nothing."""

    name: str = "ward"
    label: str = "Ward"
    sample_rows: int = SAMPLE_ROWS

    def fit(
        self,
        matrix: Matrix,
        k: int,
        *,
        seed: int,
        restarts: int,  # noqa: ARG002
        settled: bool = True,  # noqa: ARG002
    ) -> Clustering:
        """Return the k branches of the tree over at most 4,000 rows, all rows given to the nearest.

        Raises
        ------
        DataError
            If there are fewer than k different rows, or a branch attracts no customer.
        """
        require_distinct(matrix, k)
        rows = matrix[sample_rows(len(matrix), self.sample_rows, seed)].astype(np.float64)
        branches = fcluster(linkage(rows, method="ward"), t=k, criterion="maxclust")
        labels = np.asarray(branches, dtype=np.int64) - 1
        means = centroids_of(rows, labels, int(labels.max()) + 1)
        return assign_to_means(matrix, means, k, self.label)
