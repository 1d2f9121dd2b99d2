"""The clusters of draws without groups stand in the order of how well they are told apart."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import silhouette_samples

from core.segmentation import nulls
from core.segmentation.kmeans import KMeans
from core.segmentation.null_reference import fit_copula, permuted
from core.segmentation.nulls import compare_with_nulls


def two_tight_and_a_loose_group(n: int = 240) -> np.ndarray:
    rng = np.random.default_rng(4)
    places = np.repeat([[0.0, 0.0], [8.0, 0.0], [4.0, 9.0]], n // 3, axis=0)
    spread = np.repeat([0.4, 0.4, 2.5], n // 3)[:, None]
    return np.asarray(places + spread * rng.normal(size=(n, 2)), dtype=np.float32)


def test_the_ranked_silhouettes_are_those_of_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nulls, "DRAWS", 3)
    matrix, blocks = two_tight_and_a_loose_group(), (slice(0, 1), slice(1, 2))
    found = compare_with_nulls(matrix, blocks, 3, KMeans(), seed=2, report=lambda _: None).copula
    # The same draws again, each clustered and measured with scikit-learn.
    rng = np.random.default_rng([2, 3])
    copula = fit_copula(matrix, blocks, rng)
    expected = []
    for draw in range(3):
        permuted(matrix, blocks, rng)
        rows = copula.draw(rng)
        labels = KMeans().fit(rows, 3, seed=2 + draw + 1, restarts=nulls.STARTS).labels
        widths = silhouette_samples(rows.astype(np.float64), labels)
        expected.append(sorted((widths[labels == i].mean() for i in range(3)), reverse=True))
    assert pytest.approx(np.array(expected), abs=1e-5) == np.array(found.null_ranked).T
    assert all(len(rank) == 3 for rank in found.null_ranked)
