"""Gaussian mixture with diagonal covariances; customers then go to the nearest mean."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as SklearnMixture

from core.sampling import sample_rows
from core.segmentation.base import (
    Clustering,
    Matrix,
    assign_to_means,
    require_distinct,
)
from core.segmentation.threads import one_thread

SAMPLE_ROWS = 50_000
MAX_ITERATIONS = 200


@dataclass(frozen=True, slots=True)
class GaussianMixture:
    """Expectation maximisation (Dempster, Laird and Rubin 1977), one variance per input and group.

    The mixture finds the groups; each customer is then given to the nearest group mean, so that
    distance, margin and explanation mean the same as in every other segmentation.
    """

    name: str = "gmm"
    label: str = "Gaussian mixture"
    sample_rows: int = SAMPLE_ROWS

    def fit(
        self,
        matrix: Matrix,
        k: int,
        *,
        seed: int,
        restarts: int,
        settled: bool = True,  # noqa: ARG002
    ) -> Clustering:
        """Return the best of ``restarts`` mixtures of k groups, fitted on at most 50,000 rows.

        Raises
        ------
        DataError
            If there are fewer than k different rows, or a group attracts no customer.
        """
        require_distinct(matrix, k)
        rows = matrix[sample_rows(len(matrix), self.sample_rows, seed)].astype(np.float64)
        mixture = SklearnMixture(
            n_components=k,
            covariance_type="diag",
            n_init=max(1, restarts // 5),  # each of them starts from a k-means of its own
            max_iter=MAX_ITERATIONS,
            reg_covar=1e-4,
            random_state=seed % 2**32,
        )
        with warnings.catch_warnings(), one_thread():
            # A mixture that still improves by little after 200 rounds is good enough for its means.
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(rows)
        return assign_to_means(matrix, np.asarray(mixture.means_, dtype=np.float64), k, self.label)
